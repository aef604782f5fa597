package serve

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"
)

// No test in this file may run in parallel: there is one CPU profile per process.

func TestWindowGivesWayToForeignProfile(t *testing.T) {
	server := startServer(t)
	type result struct {
		status      int
		interrupted string
		body        []byte
		err         error
	}
	answered := make(chan result, 1)
	askForWindow := func() result {
		response, err := http.Get(server.URL + "/debug/flamelab/cpu?millis=30000")
		if err != nil {
			return result{err: err}
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		return result{response.StatusCode, response.Header.Get("X-Flamelab-Interrupted"), body, err}
	}
	go func() {
		window := askForWindow()
		for window.status == http.StatusConflict { // one of the short windows below was there first
			window = askForWindow()
		}
		answered <- window
	}()
	// A short window is refused from the moment that the long one runs.
	for {
		if status, _ := get(t, server.URL+"/debug/flamelab/cpu?millis=50"); status == http.StatusConflict {
			break
		}
	}
	status, foreign := get(t, server.URL+"/debug/pprof/profile?seconds=1")
	if status != 200 || !isGzip([]byte(foreign)) {
		t.Errorf("foreign profile: %d, %d bytes", status, len(foreign))
	}
	window := <-answered
	if window.err != nil || window.status != 200 || window.interrupted != "foreign" || !isGzip(window.body) {
		t.Errorf("window: %d, interrupted %q, %d bytes, %v", window.status, window.interrupted, len(window.body), window.err)
	}
	if status, _ := get(t, server.URL+"/debug/flamelab/cpu?millis=50"); status != 200 {
		t.Errorf("window after the foreign profile: %d", status)
	}
}

func TestNoWindowWhileForeignProfileRuns(t *testing.T) {
	var cpu cpuProfile
	done := cpu.yield()
	if _, _, err := cpu.takeWindow(context.Background(), time.Millisecond); err != errCPUInUse {
		t.Errorf("window beside a foreign profile: %v", err)
	}
	done()
	if _, interrupted, err := cpu.takeWindow(context.Background(), time.Millisecond); err != nil || interrupted {
		t.Errorf("window afterwards: interrupted %v, %v", interrupted, err)
	}
}

func TestStopEndsWindow(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	recorder := httptest.NewRecorder()
	newHandler(ctx, nil).ServeHTTP(recorder, localRequest("/debug/flamelab/cpu?millis=30000"))
	if recorder.Code != 200 || !isGzip(recorder.Body.Bytes()) {
		t.Errorf("%d, %d bytes", recorder.Code, recorder.Body.Len())
	}
}

func TestWindowCountsItsRequests(t *testing.T) {
	server := startServer(t, Route{"GET /thing", ok})
	get(t, server.URL+"/thing")
	for _, path := range []string{"/debug/flamelab/cpu?millis=300", "/debug/pprof/allocs?seconds=1"} {
		asked := make(chan *http.Response, 1)
		go func() {
			response, err := http.Get(server.URL + path)
			if err != nil {
				t.Error(err)
			}
			asked <- response
		}()
		var response *http.Response
		for n := int64(0); response == nil; n++ {
			select {
			case response = <-asked:
				response.Body.Close()
				counted, err := strconv.ParseInt(response.Header.Get("X-Flamelab-Requests"), 10, 64)
				if err != nil || counted == 0 || counted > n {
					t.Errorf("%s: %d of %d requests, %v", path, counted, n, err)
				}
			default:
				get(t, server.URL+"/thing")
			}
		}
	}
}

func TestWindowLengthIsChecked(t *testing.T) {
	for _, query := range []string{"", "?millis=49", "?millis=30001", "?millis=1e3", "?millis=-300"} {
		recorder := httptest.NewRecorder()
		NewHandler(nil).ServeHTTP(recorder, localRequest("/debug/flamelab/cpu"+query))
		if recorder.Code != http.StatusBadRequest {
			t.Errorf("%q: %d", query, recorder.Code)
		}
	}
}

func localRequest(path string) *http.Request {
	return httptest.NewRequest("GET", "http://127.0.0.1"+path, nil)
}

func isGzip(b []byte) bool {
	unzipped, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return false
	}
	n, err := io.Copy(io.Discard, unzipped)
	return err == nil && n > 0
}
