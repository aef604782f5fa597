package serve

import (
	"context"
	"net/http"
	httppprof "net/http/pprof"
	"runtime"
	"strconv"
	"time"
)

const (
	minWindowMillis = 50
	maxWindowMillis = 30_000
)

// instruments answers what isn't the service's own work.
type instruments struct {
	stopping context.Context
	started  time.Time
	requests *tally
	cpu      cpuProfile
	trace    executionTrace
}

func newInstruments(stopping context.Context, requests *tally) http.Handler {
	d := &instruments{stopping: stopping, started: time.Now(), requests: requests}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", d.health)
	mux.HandleFunc("GET /debug/pprof/", httppprof.Index) // also every profile by its name
	mux.HandleFunc("GET /debug/pprof/cmdline", httppprof.Cmdline)
	mux.HandleFunc("GET /debug/pprof/profile", d.foreignCPU)
	mux.HandleFunc("GET /debug/pprof/symbol", httppprof.Symbol)
	mux.HandleFunc("POST /debug/pprof/symbol", httppprof.Symbol)
	mux.HandleFunc("GET /debug/flamelab/cpu", d.windowCPU)
	mux.HandleFunc("GET /debug/flamelab/counters", d.counters)
	mux.HandleFunc("GET /debug/flamelab/metrics", d.metrics)
	mux.HandleFunc("POST /debug/flamelab/gc", d.collect)
	d.addTraces(mux)
	mux.HandleFunc("GET /debug/flamelab/vars/{name}", d.vars)
	return d.endWithProcess(d.countWindow(mux))
}

// countWindow says in X-Flamelab-Requests how many requests ended while a profile was taken.
func (d *instruments) countWindow(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(&windowAnswer{ResponseWriter: w, requests: d.requests, before: d.requests.requests.Load()}, r)
	})
}

// windowAnswer reads the tally when the answer begins: for a profile when it is complete, for a
// trace, which is sent while it is taken, too early to mean anything.
type windowAnswer struct {
	http.ResponseWriter
	requests *tally
	before   int64
	begun    bool
}

func (a *windowAnswer) Write(body []byte) (int, error) {
	a.begin()
	return a.ResponseWriter.Write(body)
}

func (a *windowAnswer) WriteHeader(status int) {
	a.begin()
	a.ResponseWriter.WriteHeader(status)
}

func (a *windowAnswer) begin() {
	if a.begun {
		return
	}
	a.begun = true
	a.Header().Set("X-Flamelab-Requests", strconv.FormatInt(a.requests.requests.Load()-a.before, 10))
}

// Unwrap is for http.ResponseController.
func (a *windowAnswer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// endWithProcess keeps a profile of 30 s from holding up the stop.
func (d *instruments) endWithProcess(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithCancel(r.Context())
		defer cancel()
		defer context.AfterFunc(d.stopping, cancel)()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

func (d *instruments) health(w http.ResponseWriter, _ *http.Request) {
	WriteJSON(w, http.StatusOK, map[string]bool{"ok": true})
}

func (d *instruments) foreignCPU(w http.ResponseWriter, r *http.Request) {
	defer d.cpu.yield()()
	httppprof.Profile(w, r)
}

func (d *instruments) windowCPU(w http.ResponseWriter, r *http.Request) {
	length, ok := windowLength(w, r)
	if !ok {
		return
	}
	profile, interrupted, err := d.cpu.takeWindow(r.Context(), length)
	if err != nil {
		WriteError(w, http.StatusConflict, "cpu-profile-in-use", err.Error())
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	if interrupted {
		w.Header().Set("X-Flamelab-Interrupted", "foreign")
	}
	w.Write(profile)
}

// windowLength reads how long a window is asked for, and gives its answer the time that it takes;
// it has answered the request if that is no length.
func windowLength(w http.ResponseWriter, r *http.Request) (time.Duration, bool) {
	millis, ok := wholeNumber(w, r, "millis", minWindowMillis, maxWindowMillis)
	if !ok {
		return 0, false
	}
	length := time.Duration(millis) * time.Millisecond
	// A deadline that can't be set is the server's own, which is good for most windows.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(length + writeTimeout))
	return length, true
}

func (d *instruments) counters(w http.ResponseWriter, _ *http.Request) {
	c, err := readCounters(d.requests)
	if err != nil {
		WriteError(w, http.StatusInternalServerError, "internal", err.Error())
		return
	}
	WriteJSON(w, http.StatusOK, c)
}

func (d *instruments) metrics(w http.ResponseWriter, _ *http.Request) {
	m, err := readMetrics(d.started, d.requests)
	if err != nil {
		WriteError(w, http.StatusInternalServerError, "internal", err.Error())
		return
	}
	WriteJSON(w, http.StatusOK, m)
}

func (d *instruments) collect(w http.ResponseWriter, _ *http.Request) {
	runtime.GC()
	w.WriteHeader(http.StatusNoContent)
}
