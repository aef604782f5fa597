package serve

import (
	"context"
	"errors"
	"sync"
	"time"
)

var errInUse = errors.New("somebody else is taking one of this process")

// rightOfWay shares out what a process can take one of at a time. Requests for the
// standard endpoint ("foreign": a person with go tool pprof, some other scraper) have
// right of way. A window ends early for them, and none begins while one runs:
//
//	window   |■■■■■■■■■·····|              cut short, delivered, marked as interrupted
//	foreign            |■■■■■■■■■■|        complete
//	window                  409   |■■■■■   asked for in between: refused
type rightOfWay struct {
	mu      sync.Mutex
	foreign int     // foreign ones that run or are about to
	window  *window // the running one, nil if none
}

type window struct {
	interrupt chan struct{} // closed when a foreign one wants to begin
	ended     chan struct{}
	cut       sync.Once // guards closing interrupt
}

// take runs start, and stop after the given time, or when ctx ends, or when interrupted.
func (o *rightOfWay) take(ctx context.Context, length time.Duration, start func() error, stop func()) (interrupted bool, err error) {
	w, err := o.begin(start)
	if err != nil {
		return false, err
	}
	timer := time.NewTimer(length)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	case <-w.interrupt:
		interrupted = true
	}
	stop()
	o.mu.Lock()
	o.window = nil
	o.mu.Unlock()
	close(w.ended)
	return interrupted, nil
}

func (o *rightOfWay) begin(start func() error) (*window, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.foreign > 0 || o.window != nil {
		return nil, errInUse
	}
	if err := start(); err != nil {
		return nil, errInUse // somebody took one without asking us
	}
	o.window = &window{interrupt: make(chan struct{}), ended: make(chan struct{})}
	return o.window, nil
}

// yield ends the running window, if any, and keeps new ones away until done is called.
func (o *rightOfWay) yield() (done func()) {
	o.mu.Lock()
	o.foreign++
	w := o.window
	o.mu.Unlock()
	if w != nil {
		w.cut.Do(func() { close(w.interrupt) })
		<-w.ended
	}
	return func() {
		o.mu.Lock()
		o.foreign--
		o.mu.Unlock()
	}
}
