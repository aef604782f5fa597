package drive

import (
	"sync"
	"time"

	"bazaar/load/event"
	"bazaar/load/lane"
	"bazaar/load/scenario"
)

const (
	wrongPerSecond = 5
	maxShown       = 4_000
)

// reporter turns what lanes tell into events.
type reporter struct {
	out    *event.Writer
	mu     sync.Mutex
	second int64 // the second that told counts
	told   int
	quiet  map[*lane.Lane]bool // whether its last interval was empty; not guarded by mu
}

func newReporter(out *event.Writer) *reporter {
	return &reporter{out: out, quiet: map[*lane.Lane]bool{}}
}

// stats reports a lane's interval and returns whether anything happened in
// it. That nothing does any more is said once.
func (r *reporter) stats(l *lane.Lane) bool {
	i := l.Take()
	empty := i == lane.Interval{}
	if empty && r.quiet[l] {
		return false
	}
	r.quiet[l] = empty
	if i.Refused > 0 {
		r.out.Write(event.Overload{Event: "overload", Target: l.Name, Refused: i.Refused, InFlight: l.InFlight()})
	}
	r.out.Write(event.Stats{
		Event: "stats", UnixMillis: time.Now().UnixMilli(), Target: l.Name,
		Sent: i.Sent, Completed: i.Completed, Errors: i.Errors, Wrong: i.Wrong,
		P50Micros: i.P50, P90Micros: i.P90, P99Micros: i.P99, P999Micros: i.P999, MaxMicros: i.Max,
	})
	return !empty
}

// forget drops what is known of a lane that is gone.
func (r *reporter) forget(l *lane.Lane) { delete(r.quiet, l) }

func (r *reporter) wrong(l *lane.Lane, request *scenario.Request, a scenario.Answer, f *scenario.Fault) {
	if r.mayTell(time.Now().Unix()) {
		r.out.Write(event.Wrong{Event: "wrong", Target: l.Name, Example: event.NewExample(request, a, f)})
	}
}

func (r *reporter) mayTell(second int64) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if second != r.second {
		r.second, r.told = second, 0
	}
	r.told++
	return r.told <= wrongPerSecond
}

func (r *reporter) one(l *lane.Lane, s lane.Shown) {
	shown := event.One{
		Event: "one", Target: l.Name, Request: event.NewRequest(s.Request),
		Status: s.Answer.Status, Body: event.Trim(string(s.Answer.Body), maxShown),
		Millis:   float64(s.Took.Microseconds()) / 1000,
		OK:       s.Err == nil && s.Fault == nil,
		Expected: event.Trim(s.Request.Expected(), event.MaxText),
	}
	if s.Fault != nil {
		shown.Expected = event.Trim(s.Fault.Expected, event.MaxText)
	}
	if s.Err != nil {
		shown.Error = s.Err.Error()
	}
	r.out.Write(shown)
}
