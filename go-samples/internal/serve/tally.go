package serve

import (
	"log/slog"
	"net/http"
	"runtime/debug"
	"sync/atomic"
	"time"
)

// unmatched is where requests count that belong to no route.
const unmatched = "unmatched"

// tally counts the requests of a service. An error is an answer of 500 or above; a
// refusal with 4xx is an answer.
type tally struct {
	requests  atomic.Int64 // finished
	errors    atomic.Int64
	inFlight  atomic.Int64
	latency   latency
	endpoints map[string]*endpoint // by pattern; the map itself never changes
	flight    *flight              // sees how long each request took
}

type endpoint struct {
	requests atomic.Int64
	errors   atomic.Int64
}

func newTally(routes []Route) *tally {
	t := &tally{endpoints: map[string]*endpoint{unmatched: {}}, flight: newFlight(newRecorder)}
	for _, route := range routes {
		t.endpoints[route.Pattern] = &endpoint{}
	}
	return t
}

// count wraps the service's mux, which notes in the request the pattern that it matched.
func (t *tally) count(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := time.Now()
		answer := &answer{ResponseWriter: w}
		t.inFlight.Add(1)
		defer func() {
			cause := recover()
			if cause != nil {
				answer.fail(r, cause)
			}
			t.finish(r.Pattern, answer.status >= 500, time.Since(started))
			if cause == http.ErrAbortHandler {
				panic(cause)
			}
		}()
		mux.ServeHTTP(answer, r)
	})
}

func (t *tally) finish(pattern string, failed bool, took time.Duration) {
	at, ok := t.endpoints[pattern]
	if !ok {
		pattern, at = unmatched, t.endpoints[unmatched]
	}
	if failed {
		t.errors.Add(1)
		at.errors.Add(1)
	}
	t.requests.Add(1)
	at.requests.Add(1)
	t.latency.add(took)
	t.inFlight.Add(-1)
	t.flight.notice(pattern, took)
}

// answer remembers the status that was sent.
type answer struct {
	http.ResponseWriter
	status int // 0 until the header is written
}

// WriteHeader implements http.ResponseWriter.
func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (a *answer) Write(p []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	return a.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController through.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// fail answers for a handler that panicked, if it is not too late.
func (a *answer) fail(r *http.Request, cause any) {
	if cause != http.ErrAbortHandler {
		slog.Error("handler panicked", "endpoint", r.Pattern, "cause", cause, "stack", string(debug.Stack()))
	}
	if a.status == 0 {
		WriteError(a, http.StatusInternalServerError, "internal", "the request failed")
	}
	a.status = http.StatusInternalServerError
}
