package serve

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// No test in this file may run in parallel: there is one flight recorder per process, and
// one execution trace.

func post(t *testing.T, url string) (status int, body string) {
	t.Helper()
	response, err := http.Post(url, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	read, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(read)
}

// needRecorder ends the test where the runtime has no flight recorder.
func needRecorder(t *testing.T) {
	t.Helper()
	if newRecorder() == nil {
		t.Skip("the flight recorder came with Go 1.25")
	}
}

func flightState(t *testing.T, server *httptest.Server) flightJSON {
	t.Helper()
	_, body := get(t, server.URL+"/debug/flamelab/flight/state")
	var state flightJSON
	if err := json.Unmarshal([]byte(body), &state); err != nil {
		t.Fatal(err)
	}
	return state
}

// slow routes wait for whatever is sent on leave.
func slow(leave <-chan time.Time) Route {
	return Route{"GET /slow", func(w http.ResponseWriter, r *http.Request) { <-leave; ok(w, r) }}
}

func isTrace(body string) bool { return strings.HasPrefix(body, "go 1.") }

func TestRecorderIsOffUntilAskedFor(t *testing.T) {
	needRecorder(t)
	server := startServer(t)
	if status, body := get(t, server.URL+"/debug/flamelab/flight"); status != 409 || !strings.Contains(body, "flight-recorder-off") {
		t.Errorf("snapshot while it is off: %d %s", status, body)
	}
	if state := flightState(t, server); !state.Available || state.On || state.UntilMillis != 0 {
		t.Errorf("at first: %+v", state)
	}
	if status, body := post(t, server.URL+"/debug/flamelab/flight?seconds=60&slowMillis=100"); status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	if state := flightState(t, server); !state.On || state.SlowMillis != 100 || state.UntilMillis < time.Now().UnixMilli() {
		t.Errorf("when it is on: %+v", state)
	}
	if status, body := get(t, server.URL+"/debug/flamelab/flight"); status != 200 || !isTrace(body) {
		t.Errorf("snapshot: %d, %d bytes", status, len(body))
	}
	post(t, server.URL+"/debug/flamelab/flight?seconds=0")
	if state := flightState(t, server); state.On || state.SlowMillis != 0 {
		t.Errorf("switched off: %+v", state)
	}
}

func TestRecorderGoesOffByItself(t *testing.T) {
	stopped := make(chan struct{})
	f := newFlight(func() recorder { return fakeRecorder{stopped: stopped} })
	if err := f.switchOn(time.Millisecond, 0); err != nil {
		t.Fatal(err)
	}
	<-stopped
	if _, err := f.snapshot(); err != errRecorderOff {
		t.Errorf("snapshot afterwards: %v", err)
	}
}

func TestRecorderRunsOnWhenAskedAgain(t *testing.T) {
	stopped := make(chan struct{})
	f := newFlight(func() recorder { return fakeRecorder{stopped: stopped} })
	f.switchOn(time.Hour, 0)
	f.switchOn(time.Hour, 0)
	f.expire() // of the first
	select {
	case <-stopped:
		t.Error("it stopped")
	default:
	}
	f.switchOff()
	<-stopped
}

func TestSlowRequestLeavesASnapshot(t *testing.T) {
	needRecorder(t)
	leave := make(chan time.Time)
	server := startServer(t, slow(leave), Route{"GET /thing", ok})
	post(t, server.URL+"/debug/flamelab/flight?seconds=60&slowMillis=30")
	t.Cleanup(func() { post(t, server.URL+"/debug/flamelab/flight?seconds=0") })
	get(t, server.URL+"/thing")
	for range 2 { // the second comes within a minute of the first
		go func() { leave <- <-time.After(40 * time.Millisecond) }()
		get(t, server.URL+"/slow")
	}
	var kept *slowRequest
	for kept == nil {
		kept = flightState(t, server).Kept
	}
	if kept.ID != 1 || kept.Endpoint != "GET /slow" || kept.Millis < 30 || kept.Bytes == 0 {
		t.Errorf("kept: %+v", kept)
	}
	status, body := get(t, fmt.Sprintf("%s/debug/flamelab/flight/slow/%d", server.URL, kept.ID))
	if status != 200 || !isTrace(body) || len(body) != kept.Bytes {
		t.Errorf("its snapshot: %d, %d bytes of %d", status, len(body), kept.Bytes)
	}
	for _, other := range []string{"2", "0", "-1", "x"} {
		if status, _ := get(t, server.URL+"/debug/flamelab/flight/slow/"+other); status != 404 {
			t.Errorf("snapshot %s: %d", other, status)
		}
	}
	if state := flightState(t, server); state.Kept.ID != 1 {
		t.Errorf("a second snapshot within the minute: %+v", state.Kept)
	}
}

func TestARequestFromBeforeTheRecorderLeavesNothing(t *testing.T) {
	f := newFlight(func() recorder { return fakeRecorder{} })
	f.switchOn(time.Hour, time.Millisecond)
	f.notice("GET /old", time.Minute)
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.taken.IsZero() {
		t.Error("a snapshot was begun")
	}
}

func TestOnlyTheNewestSlowRequestIsKept(t *testing.T) {
	f := newFlight(func() recorder { return fakeRecorder{} })
	f.switchOn(time.Hour, time.Millisecond)
	f.keep(slowRequest{Endpoint: "GET /first"})
	f.keep(slowRequest{Endpoint: "GET /second"})
	if f.find(1) != nil || f.find(2) == nil || f.state().Kept.Endpoint != "GET /second" {
		t.Errorf("kept: %+v", f.state().Kept)
	}
}

func TestASnapshotThatIsTooLargeIsNotKept(t *testing.T) {
	f := newFlight(func() recorder { return fakeRecorder{bytes: maxSnapshot + 1} })
	f.switchOn(time.Hour, time.Millisecond)
	if _, err := f.snapshot(); err == nil {
		t.Error("the snapshot came")
	}
	f.keep(slowRequest{})
	if f.state().Kept != nil {
		t.Errorf("kept: %+v", f.state().Kept)
	}
}

func TestWithoutARecorderItIsAbsent(t *testing.T) {
	requests := newTally(nil)
	requests.flight = newFlight(func() recorder { return nil })
	debug := newInstruments(context.Background(), requests)
	answer := httptest.NewRecorder()
	debug.ServeHTTP(answer, httptest.NewRequest("POST", "/debug/flamelab/flight?seconds=5", nil))
	if answer.Code != http.StatusNotImplemented {
		t.Errorf("%d %s", answer.Code, answer.Body)
	}
	if state := requests.flight.state(); state.Available || state.On {
		t.Errorf("%+v", state)
	}
}

func TestFlightParametersAreChecked(t *testing.T) {
	server := startServer(t)
	for _, query := range []string{"", "?seconds=-1", "?seconds=3601", "?seconds=1.5", "?seconds=5&slowMillis=-1", "?seconds=5&slowMillis=x"} {
		if status, body := post(t, server.URL+"/debug/flamelab/flight"+query); status != 400 {
			t.Errorf("%q: %d %s", query, status, body)
		}
	}
}

func TestTraceGivesWayToForeignTrace(t *testing.T) {
	server := startServer(t)
	type result struct {
		status      int
		interrupted string
		body        string
		err         error
	}
	answered := make(chan result, 1)
	askForWindow := func() result {
		response, err := http.Get(server.URL + "/debug/flamelab/trace?millis=30000")
		if err != nil {
			return result{err: err}
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		return result{response.StatusCode, response.Trailer.Get("X-Flamelab-Interrupted"), string(body), err}
	}
	go func() {
		window := askForWindow()
		for window.status == http.StatusConflict { // one of the short windows below was there first
			window = askForWindow()
		}
		answered <- window
	}()
	for {
		if status, _ := get(t, server.URL+"/debug/flamelab/trace?millis=50"); status == http.StatusConflict {
			break
		}
	}
	status, foreign := get(t, server.URL+"/debug/pprof/trace?seconds=0.1")
	if status != 200 || !isTrace(foreign) {
		t.Errorf("foreign trace: %d, %d bytes", status, len(foreign))
	}
	window := <-answered
	if window.err != nil || window.status != 200 || window.interrupted != "foreign" || !isTrace(window.body) {
		t.Errorf("window: %d, interrupted %q, %d bytes, %v", window.status, window.interrupted, len(window.body), window.err)
	}
}

func TestTraceRunsBesideTheRecorder(t *testing.T) {
	needRecorder(t)
	server := startServer(t)
	post(t, server.URL+"/debug/flamelab/flight?seconds=60")
	t.Cleanup(func() { post(t, server.URL+"/debug/flamelab/flight?seconds=0") })
	for _, path := range []string{"/debug/flamelab/trace?millis=100", "/debug/pprof/trace?seconds=0.1", "/debug/flamelab/flight"} {
		if status, body := get(t, server.URL+path); status != 200 || !isTrace(body) {
			t.Errorf("%s: %d, %d bytes", path, status, len(body))
		}
	}
}

// fakeRecorder writes zeros; it tells stopped when it is stopped.
type fakeRecorder struct {
	bytes   int
	stopped chan struct{}
}

func (fakeRecorder) Start() error { return nil }

func (f fakeRecorder) Stop() {
	if f.stopped != nil {
		close(f.stopped)
	}
}

func (f fakeRecorder) WriteTo(w io.Writer) (int64, error) {
	n, err := w.Write(bytes.Repeat([]byte{0}, f.bytes+1))
	return int64(n), err
}
