package serve

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime/pprof"
	"strings"
	"testing"
)

// startServer serves routes; get asks for a path and fails the test unless it is answered.
func startServer(t *testing.T, routes ...Route) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(NewHandler(routes))
	t.Cleanup(server.Close)
	return server
}

func get(t *testing.T, url string) (status int, body string) {
	t.Helper()
	response, err := http.Get(url)
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

func countersOf(t *testing.T, server *httptest.Server) counters {
	t.Helper()
	_, body := get(t, server.URL+"/debug/flamelab/counters")
	var c counters
	if err := json.Unmarshal([]byte(body), &c); err != nil {
		t.Fatal(err)
	}
	return c
}

func ok(w http.ResponseWriter, _ *http.Request) { WriteJSON(w, http.StatusOK, "fine") }

func TestOnlyServiceRequestsCount(t *testing.T) {
	server := startServer(t,
		Route{"GET /thing", ok},
		Route{"GET /broken", func(w http.ResponseWriter, _ *http.Request) { WriteError(w, 503, "down", "down") }})
	for path, want := range map[string]int{
		"/thing": 200, "/thing?x=1": 200, "/broken": 503, "/nothing": 404,
		"/healthz": 200, "/debug/flamelab/metrics": 200, "/debug/nothing": 404,
	} {
		if status, body := get(t, server.URL+path); status != want {
			t.Errorf("GET %s: %d %s", path, status, body)
		}
	}
	if c := countersOf(t, server); c.Requests != 4 || c.Errors != 1 || c.InFlight != 0 {
		t.Errorf("counters after 4 requests, 1 error: %+v", c)
	}
	var m metricsJSON
	_, body := get(t, server.URL+"/debug/flamelab/metrics")
	if err := json.Unmarshal([]byte(body), &m); err != nil {
		t.Fatal(err)
	}
	if m.Endpoints["GET /thing"].Requests != 2 || m.Endpoints["GET /broken"].Errors != 1 || m.Endpoints[unmatched].Requests != 1 {
		t.Errorf("endpoints: %+v", m.Endpoints)
	}
	sum := int64(0)
	for _, n := range m.Latency.Counts {
		sum += n
	}
	if sum != 4 || len(m.Latency.Counts) != len(m.Latency.BoundsSeconds)+1 {
		t.Errorf("latency has %d requests in %d buckets", sum, len(m.Latency.Counts))
	}
	if _, ok := m.Runtime["/gc/heap/live:bytes"]; !ok || m.Rates.MemProfile != 512*1024 {
		t.Errorf("runtime %v, rates %+v", m.Runtime, m.Rates)
	}
}

func TestRequestInFlightIsSeen(t *testing.T) {
	entered, leave := make(chan struct{}), make(chan struct{})
	server := startServer(t, Route{"GET /slow", func(w http.ResponseWriter, _ *http.Request) {
		close(entered)
		<-leave
	}})
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		if response, err := http.Get(server.URL + "/slow"); err == nil {
			response.Body.Close()
		}
	}()
	<-entered
	if c := countersOf(t, server); c.InFlight != 1 || c.Requests != 0 {
		t.Errorf("while it runs: %+v", c)
	}
	close(leave)
	<-finished
	if c := countersOf(t, server); c.InFlight != 0 || c.Requests != 1 {
		t.Errorf("afterwards: %+v", c)
	}
}

func TestPanicIsAnErrorAndNotTheEnd(t *testing.T) {
	server := startServer(t, Route{"GET /bug", func(http.ResponseWriter, *http.Request) { panic("a bug") }})
	status, body := get(t, server.URL+"/bug")
	if status != 500 || !strings.Contains(body, `"code":"internal"`) || strings.Contains(body, "a bug") {
		t.Errorf("%d %s", status, body)
	}
	if c := countersOf(t, server); c.Requests != 1 || c.Errors != 1 || c.InFlight != 0 {
		t.Errorf("%+v", c)
	}
}

func TestWorkIsLabelled(t *testing.T) {
	server := startServer(t, Route{"GET /labels", func(w http.ResponseWriter, r *http.Request) {
		labels := map[string]string{}
		pprof.ForLabels(r.Context(), func(key, value string) bool { labels[key] = value; return true })
		WriteJSON(w, http.StatusOK, labels)
	}})
	for tenant, want := range map[string]string{
		"":                      `{"endpoint":"GET /labels"}`,
		"shop-7":                `{"endpoint":"GET /labels","tenant":"shop-7"}`,
		"<script>":              `{"endpoint":"GET /labels","tenant":"other"}`,
		strings.Repeat("a", 33): `{"endpoint":"GET /labels","tenant":"other"}`,
	} {
		request := httptest.NewRequest("GET", server.URL+"/labels", nil)
		if tenant != "" {
			request.Header.Set("X-Tenant", tenant)
		}
		recorder := httptest.NewRecorder()
		server.Config.Handler.ServeHTTP(recorder, request)
		if got := strings.TrimSpace(recorder.Body.String()); got != want {
			t.Errorf("tenant %q: %s", tenant, got)
		}
	}
}

func TestWebPagesAreRefused(t *testing.T) {
	handler := NewHandler([]Route{{"GET /thing", ok}})
	for _, c := range []struct {
		host, header, value string
		want                int
	}{
		{"127.0.0.1:80", "", "", 200},
		{"[::1]:80", "", "", 200},
		{"localhost:80", "", "", 200},
		{"10.0.0.7", "", "", 200},
		{"evil.example", "", "", 403},
		{"127.0.0.1.evil.example:80", "", "", 403},
		{"", "", "", 403},
		{"127.0.0.1:80", "Origin", "http://evil.example", 403},
		{"127.0.0.1:80", "Origin", "null", 403},
		{"127.0.0.1:80", "Sec-Fetch-Site", "cross-site", 403},
	} {
		for _, path := range []string{"/thing", "/healthz", "/debug/flamelab/counters"} {
			request := httptest.NewRequest("GET", path, nil)
			request.Host = c.host
			if c.header != "" {
				request.Header.Set(c.header, c.value)
			}
			recorder := httptest.NewRecorder()
			handler.ServeHTTP(recorder, request)
			if recorder.Code != c.want {
				t.Errorf("%s with host %q, %s %q: %d", path, c.host, c.header, c.value, recorder.Code)
			}
		}
	}
}
