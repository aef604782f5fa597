package serve

import (
	"net/http"
	"net/http/httptest"
	"runtime/pprof"
	"testing"
)

func TestStandardProfilesAreThere(t *testing.T) {
	server := startServer(t)
	for _, kind := range []string{"allocs", "heap", "goroutine", "mutex", "block"} {
		if status, body := get(t, server.URL+"/debug/pprof/"+kind); status != 200 || !isGzip([]byte(body)) {
			t.Errorf("%s: %d, %d bytes", kind, status, len(body))
		}
	}
	if status, _ := get(t, server.URL+"/debug/pprof/"); status != 200 {
		t.Errorf("index: %d", status)
	}
}

func TestLeakProfileIsThereIfTheRuntimeHasIt(t *testing.T) {
	want := http.StatusNotFound
	if pprof.Lookup("goroutineleak") != nil {
		want = http.StatusOK
	}
	if status, _ := get(t, startServer(t).URL+"/debug/pprof/goroutineleak"); status != want {
		t.Errorf("%d, want %d", status, want)
	}
}

func TestCollectForcesOneCycle(t *testing.T) {
	server := startServer(t)
	before := countersOf(t, server)
	response, err := http.Post(server.URL+"/debug/flamelab/gc", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	after := countersOf(t, server)
	if response.StatusCode != 204 || after.GCCyclesForced != before.GCCyclesForced+1 {
		t.Errorf("%d, forced cycles %d → %d", response.StatusCode, before.GCCyclesForced, after.GCCyclesForced)
	}
	if status, _ := get(t, server.URL+"/debug/flamelab/gc"); status != http.StatusMethodNotAllowed {
		t.Errorf("GET: %d", status)
	}
}

func TestCountersCountAllocations(t *testing.T) {
	handler := NewHandler([]Route{{"GET /allocate", func(w http.ResponseWriter, _ *http.Request) {
		for range 10_000 {
			sink = make([]byte, 4096)
		}
	}}})
	server := httptest.NewServer(handler)
	defer server.Close()
	before := countersOf(t, server)
	get(t, server.URL+"/allocate")
	after := countersOf(t, server)
	if n := after.Objects - before.Objects; n < 10_000 || n > 12_000 {
		t.Errorf("%d objects for 10,000 allocations", n)
	}
	if n := after.Bytes - before.Bytes; n < 4096*10_000 || n > 4200*10_000 {
		t.Errorf("%d bytes for 10,000 allocations of 4096", n)
	}
	if after.CPUNanos <= 0 || after.CPUNanos < before.CPUNanos {
		t.Errorf("CPU went from %d to %d ns", before.CPUNanos, after.CPUNanos)
	}
}

var sink []byte
