package serve

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// The runtime keeps about this much of what happened last, and about these bytes at most.
	flightAge   = 4 * time.Second
	flightBytes = 4 << 20

	maxSnapshot = 16 << 20 // the newest second is in a snapshot whatever its bytes
	maxFlight   = time.Hour

	// slowEvery is the least time between two snapshots of slow requests: in an overload
	// every request is slow, and making a snapshot is work, too.
	slowEvery = time.Minute
)

var (
	errNoRecorder  = errors.New("this Go has no flight recorder: it came with Go 1.25")
	errRecorderOff = errors.New("the flight recorder is off")
	errOtherFlight = errors.New("another flight recorder runs in this process")
)

// recorder is runtime/trace's FlightRecorder.
type recorder interface {
	Start() error
	Stop()
	WriteTo(w io.Writer) (int64, error)
}

// flight is the process's flight recorder: off until somebody asks for it, and off again
// after the time asked for, since tracing costs a busy service some per cent of its CPU time.
// While it is on, a request slower than a threshold leaves one snapshot of what led to it.
type flight struct {
	slowNanos atomic.Int64 // 0: no request is slow
	fresh     func() recorder
	available bool

	mu      sync.Mutex
	running recorder // nil: off
	since   time.Time
	until   time.Time
	off     *time.Timer
	kept    *slowRequest // the newest, nil if none
	taken   time.Time    // when a snapshot of a slow request was last begun
	number  int          // of the newest slow request

	writing sync.Mutex // taken before mu: one snapshot, start or stop of the recorder at a time
}

type slowRequest struct {
	ID         int    `json:"id"`
	UnixMillis int64  `json:"unixMillis"` // when the request ended
	Endpoint   string `json:"endpoint"`
	Millis     int64  `json:"millis"` // how long it took
	Bytes      int    `json:"bytes"`
	trace      []byte
}

type flightJSON struct {
	Available   bool         `json:"available"`
	On          bool         `json:"on"`
	UntilMillis int64        `json:"untilMillis"` // 0 while it is off
	SlowMillis  int64        `json:"slowMillis"`  // 0: no request is slow
	Kept        *slowRequest `json:"kept"`
}

func newFlight(fresh func() recorder) *flight {
	return &flight{fresh: fresh, available: fresh() != nil}
}

// switchOn starts the recorder, or lets the running one run on, for the given time.
func (f *flight) switchOn(length, slow time.Duration) error {
	f.writing.Lock()
	defer f.writing.Unlock()
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.available {
		return errNoRecorder
	}
	if f.running == nil {
		r := f.fresh()
		if err := r.Start(); err != nil {
			return errOtherFlight
		}
		f.running = r
		f.since = time.Now()
		f.off = time.AfterFunc(length, f.expire)
	}
	f.until = time.Now().Add(length)
	f.off.Reset(length)
	f.slowNanos.Store(slow.Nanoseconds())
	return nil
}

func (f *flight) switchOff() {
	f.stopIf(func() bool { return true })
}

// expire switches off unless the time was made longer meanwhile.
func (f *flight) expire() {
	f.stopIf(func() bool { return !time.Now().Before(f.until) })
}

// stopIf keeps the recorder's Stop away from its WriteTo, for which it doesn't wait, and from
// mu, since it waits for whoever reads a trace.
func (f *flight) stopIf(due func() bool) {
	f.writing.Lock()
	defer f.writing.Unlock()
	f.mu.Lock()
	running := f.running
	if running == nil || !due() {
		f.mu.Unlock()
		return
	}
	f.off.Stop()
	f.running = nil
	f.slowNanos.Store(0)
	f.mu.Unlock()
	running.Stop()
}

// snapshot is a trace of the last seconds.
func (f *flight) snapshot() ([]byte, error) {
	f.writing.Lock()
	defer f.writing.Unlock()
	f.mu.Lock()
	running := f.running
	f.mu.Unlock()
	if running == nil {
		return nil, errRecorderOff
	}
	var out bounded
	if _, err := running.WriteTo(&out); err != nil {
		return nil, fmt.Errorf("flight recorder: %w", err)
	}
	return out.Bytes(), nil
}

// notice is called at the end of each request of the service. One that began before the
// recorder did leaves nothing: its own beginning would be missing.
func (f *flight) notice(endpoint string, took time.Duration) {
	slow := f.slowNanos.Load()
	if slow == 0 || took.Nanoseconds() < slow {
		return
	}
	now := time.Now()
	f.mu.Lock()
	due := now.Add(-took).After(f.since) && (f.taken.IsZero() || now.Sub(f.taken) >= slowEvery)
	if due {
		f.taken = now
	}
	f.mu.Unlock()
	if due {
		go f.keep(slowRequest{UnixMillis: now.UnixMilli(), Endpoint: endpoint, Millis: took.Milliseconds()})
	}
}

func (f *flight) keep(request slowRequest) {
	trace, err := f.snapshot()
	if err != nil {
		slog.Warn("no snapshot of a slow request", "endpoint", request.Endpoint, "error", err)
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.number++
	request.ID, request.Bytes, request.trace = f.number, len(trace), trace
	f.kept = &request
}

// find is nil for a slow request whose snapshot isn't there, or isn't any more.
func (f *flight) find(id int) []byte {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.kept == nil || f.kept.ID != id {
		return nil
	}
	return f.kept.trace
}

func (f *flight) state() flightJSON {
	f.mu.Lock()
	defer f.mu.Unlock()
	state := flightJSON{
		Available:  f.available,
		On:         f.running != nil,
		SlowMillis: time.Duration(f.slowNanos.Load()).Milliseconds(),
		Kept:       f.kept,
	}
	if state.On {
		state.UntilMillis = f.until.UnixMilli()
	}
	return state
}

// bounded takes maxSnapshot bytes and then fails.
type bounded struct{ bytes.Buffer }

func (b *bounded) Write(p []byte) (int, error) {
	if b.Len()+len(p) > maxSnapshot {
		return 0, fmt.Errorf("a snapshot has more than %d bytes", maxSnapshot)
	}
	return b.Buffer.Write(p)
}
