package serve

import (
	"errors"
	"fmt"
	"net/http"
	httppprof "net/http/pprof"
	"strconv"
	"time"
)

func (d *instruments) addTraces(mux *http.ServeMux) {
	mux.HandleFunc("GET /debug/pprof/trace", d.foreignTrace)
	mux.HandleFunc("GET /debug/flamelab/trace", d.windowTrace)
	mux.HandleFunc("GET /debug/flamelab/flight", d.flightSnapshot)
	mux.HandleFunc("POST /debug/flamelab/flight", d.driveFlight)
	mux.HandleFunc("GET /debug/flamelab/flight/state", d.flightState)
	mux.HandleFunc("GET /debug/flamelab/flight/slow/{id}", d.slowSnapshot)
}

func (d *instruments) foreignTrace(w http.ResponseWriter, r *http.Request) {
	defer d.trace.yield()()
	httppprof.Trace(w, r)
}

// windowTrace sends the trace while it is taken, which is why a trailer says that it was interrupted.
func (d *instruments) windowTrace(w http.ResponseWriter, r *http.Request) {
	length, ok := windowLength(w, r)
	if !ok {
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Trailer", "X-Flamelab-Interrupted")
	interrupted, err := d.trace.takeWindow(r.Context(), length, w)
	if err != nil {
		w.Header().Del("Trailer")
		WriteError(w, http.StatusConflict, "trace-in-use", err.Error())
		return
	}
	if interrupted {
		w.Header().Set("X-Flamelab-Interrupted", "foreign")
	}
}

func (d *instruments) flightSnapshot(w http.ResponseWriter, _ *http.Request) {
	trace, err := d.requests.flight.snapshot()
	if err != nil {
		writeFlightError(w, err)
		return
	}
	writeTrace(w, trace)
}

// driveFlight switches the recorder on for some seconds, or off with 0.
func (d *instruments) driveFlight(w http.ResponseWriter, r *http.Request) {
	seconds, ok := wholeNumber(w, r, "seconds", 0, int(maxFlight.Seconds()))
	if !ok {
		return
	}
	slow := 0
	if r.FormValue("slowMillis") != "" {
		if slow, ok = wholeNumber(w, r, "slowMillis", 0, 60_000); !ok {
			return
		}
	}
	flight := d.requests.flight
	if seconds == 0 {
		flight.switchOff()
	} else if err := flight.switchOn(time.Duration(seconds)*time.Second, time.Duration(slow)*time.Millisecond); err != nil {
		writeFlightError(w, err)
		return
	}
	WriteJSON(w, http.StatusOK, flight.state())
}

func (d *instruments) flightState(w http.ResponseWriter, _ *http.Request) {
	WriteJSON(w, http.StatusOK, d.requests.flight.state())
}

func (d *instruments) slowSnapshot(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.Atoi(r.PathValue("id"))
	trace := d.requests.flight.find(id)
	if err != nil || trace == nil {
		WriteError(w, http.StatusNotFound, "no-snapshot", "there is no snapshot of that slow request, or a newer one took its place")
		return
	}
	writeTrace(w, trace)
}

func writeTrace(w http.ResponseWriter, trace []byte) {
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Length", strconv.Itoa(len(trace)))
	w.Write(trace)
}

func writeFlightError(w http.ResponseWriter, err error) {
	switch {
	case errors.Is(err, errNoRecorder):
		WriteError(w, http.StatusNotImplemented, "no-flight-recorder", err.Error())
	case errors.Is(err, errRecorderOff):
		WriteError(w, http.StatusConflict, "flight-recorder-off", err.Error())
	case errors.Is(err, errOtherFlight):
		WriteError(w, http.StatusConflict, "flight-recorder-in-use", err.Error())
	default:
		WriteError(w, http.StatusInternalServerError, "internal", err.Error())
	}
}

// wholeNumber reads a parameter; when it is not what it must be, the request is answered.
func wholeNumber(w http.ResponseWriter, r *http.Request, name string, least, most int) (n int, ok bool) {
	n, err := strconv.Atoi(r.FormValue(name))
	if err != nil || n < least || n > most {
		WriteError(w, http.StatusBadRequest, "bad-"+name,
			fmt.Sprintf("%s is %q, must be %d to %d", name, r.FormValue(name), least, most))
		return 0, false
	}
	return n, true
}
