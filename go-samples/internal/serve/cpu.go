package serve

import (
	"bytes"
	"context"
	"errors"
	"runtime/pprof"
	"sync"
	"time"
)

var errCPUInUse = errors.New("a CPU profile is already being taken of this process")

// cpuProfile shares out the one CPU profile that a process can take at a time. Requests
// for /debug/pprof/profile ("foreign": a person with go tool pprof, some other scraper)
// have right of way. A window ends early for them, and none begins while one runs:
//
//	window   |■■■■■■■■■·····|              cut short, delivered, marked as interrupted
//	foreign            |■■■■■■■■■■|        complete
//	window                  409   |■■■■■   asked for in between: refused
type cpuProfile struct {
	mu      sync.Mutex
	foreign int     // foreign profiles that run or are about to
	window  *window // the running one, nil if none
}

type window struct {
	profile   bytes.Buffer  // to be read once ended is closed
	interrupt chan struct{} // closed when a foreign profile wants to begin
	ended     chan struct{}
	cut       sync.Once // guards closing interrupt
}

// takeWindow profiles for the given time, or until ctx ends, or until interrupted.
func (c *cpuProfile) takeWindow(ctx context.Context, length time.Duration) (profile []byte, interrupted bool, err error) {
	w, err := c.beginWindow()
	if err != nil {
		return nil, false, err
	}
	timer := time.NewTimer(length)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	case <-w.interrupt:
		interrupted = true
	}
	c.endWindow(w)
	return w.profile.Bytes(), interrupted, nil
}

func (c *cpuProfile) beginWindow() (*window, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.foreign > 0 || c.window != nil {
		return nil, errCPUInUse
	}
	w := &window{interrupt: make(chan struct{}), ended: make(chan struct{})}
	if err := pprof.StartCPUProfile(&w.profile); err != nil {
		return nil, errCPUInUse // somebody called StartCPUProfile without asking us
	}
	c.window = w
	return w, nil
}

func (c *cpuProfile) endWindow(w *window) {
	pprof.StopCPUProfile()
	c.mu.Lock()
	c.window = nil
	c.mu.Unlock()
	close(w.ended)
}

// yield ends the running window, if any, and keeps new ones away until done is called.
func (c *cpuProfile) yield() (done func()) {
	c.mu.Lock()
	c.foreign++
	w := c.window
	c.mu.Unlock()
	if w != nil {
		w.cut.Do(func() { close(w.interrupt) })
		<-w.ended
	}
	return func() {
		c.mu.Lock()
		c.foreign--
		c.mu.Unlock()
	}
}
