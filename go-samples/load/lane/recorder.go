package lane

import (
	"sync"
	"time"

	"bazaar/load/hdr"
)

// Interval is what happened on a lane since the last Take.
type Interval struct {
	Sent      uint64 // due, whether or not they could be sent
	Completed uint64 // answered in full, rightly or wrongly
	Errors    uint64 // no answer: refused connection, reset, timeout, overload
	Wrong     uint64 // answered, and the model disagrees
	Refused   uint64 // of Errors: too many in flight already
	P50, P90  int64  // microseconds, of the completed ones
	P99, P999 int64
	Max       int64
}

type recorder struct {
	mu        sync.Mutex
	counts    Interval
	latencies *hdr.Histogram
}

func newRecorder() *recorder { return &recorder{latencies: hdr.New()} }

func (r *recorder) sent() {
	r.mu.Lock()
	r.counts.Sent++
	r.mu.Unlock()
}

func (r *recorder) refused() {
	r.mu.Lock()
	r.counts.Errors++
	r.counts.Refused++
	r.mu.Unlock()
}

func (r *recorder) failed() {
	r.mu.Lock()
	r.counts.Errors++
	r.mu.Unlock()
}

func (r *recorder) completed(latency time.Duration, right bool) {
	r.mu.Lock()
	r.counts.Completed++
	if !right {
		r.counts.Wrong++
	}
	r.latencies.Record(latency.Microseconds())
	r.mu.Unlock()
}

// take returns the interval and begins the next.
func (r *recorder) take() Interval {
	r.mu.Lock()
	defer r.mu.Unlock()
	interval := r.counts
	q := r.latencies.Quantiles(0.5, 0.9, 0.99, 0.999)
	interval.P50, interval.P90, interval.P99, interval.P999 = q[0], q[1], q[2], q[3]
	interval.Max = r.latencies.Max()
	r.counts = Interval{}
	r.latencies.Reset()
	return interval
}
