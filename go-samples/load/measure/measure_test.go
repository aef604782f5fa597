package measure

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"bazaar/load/event"
	"bazaar/load/lane"
	"bazaar/load/scenario"
)

// service counts as internal/serve does; its counters are read in between.
type service struct {
	url      string
	requests atomic.Int64
	inFlight atomic.Int64
	mostBusy atomic.Int64 // requests in flight while the counters were read

	collections atomic.Int64
	mostAtOnce  atomic.Int64
}

func newService(t *testing.T, work func(*service)) *service {
	s := &service{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/debug/flamelab/counters":
			busy := s.inFlight.Load()
			s.mostBusy.Store(max(s.mostBusy.Load(), busy))
			fmt.Fprintf(w, `{"requests":%d,"inFlight":%d,"bytes":18446744073709551615}`, s.requests.Load(), busy)
		case "/debug/flamelab/gc":
			s.collections.Add(1)
			w.WriteHeader(http.StatusNoContent)
		case "/debug/flamelab/metrics":
			fmt.Fprintf(w, `{"runtime":{"/gc/heap/live:bytes":%d}}`, s.collections.Load()<<20)
		case "/ledger":
			fmt.Fprint(w, `{"maxInFlight":16}`)
		case "/ledger/reset":
			w.WriteHeader(http.StatusNoContent)
		default:
			s.mostAtOnce.Store(max(s.mostAtOnce.Load(), s.inFlight.Add(1)))
			work(s)
			s.requests.Add(1)
			s.inFlight.Add(-1)
		}
	}))
	t.Cleanup(server.Close)
	s.url = server.URL
	return s
}

func TestSlicesAlternateAndCountExactlyTheirOwnRequests(t *testing.T) {
	fast := newService(t, func(*service) {})
	slow := newService(t, func(*service) { time.Sleep(15 * time.Millisecond) })
	slices, done := measure(t, Options{
		Pairs: 4, Warmup: 1, Rate: 500,
		Targets: []lane.Endpoint{{Name: "base", URL: fast.url}, {Name: "candidate", URL: slow.url}},
	}, nil)
	order, offered := "", map[string][]uint64{}
	for i, s := range slices {
		order += s.Target[:1]
		offered[s.Target] = append(offered[s.Target], s.Offered)
		if s.Index != i || s.Pair != i/2 {
			t.Errorf("slice %d has index %d, pair %d", i, s.Index, s.Pair)
		}
		if s.Completed != s.Offered || s.Errors != 0 || requestsIn(t, s) != s.Offered {
			t.Errorf("slice %d: offered %d, completed %d, errors %d, the service counts %d", i, s.Offered, s.Completed, s.Errors, requestsIn(t, s))
		}
		if s.EndMillis-s.StartMillis < 40 || s.StartMillis < time.Now().Add(-time.Minute).UnixMilli() {
			t.Errorf("slice %d lasts from %d to %d", i, s.StartMillis, s.EndMillis)
		}
	}
	// The warm-up round was A B, so the first that counts is B A.
	if order != "cbbccbbc" {
		t.Errorf("targets take turns as %s", order)
	}
	if fmt.Sprint(offered["base"]) != fmt.Sprint(offered["candidate"]) {
		t.Errorf("the targets were offered %v", offered)
	}
	if done.Pairs != 4 {
		t.Errorf("%d pairs done, want 4", done.Pairs)
	}
	if slow.mostBusy.Load() != 0 || fast.mostBusy.Load() != 0 {
		t.Error("counters were read while requests were in flight")
	}
	if !strings.Contains(string(slices[0].After), "18446744073709551615") {
		t.Errorf("counters lost digits: %s", slices[0].After)
	}
}

func TestTheDownstreamsMaximumIsInEachSlice(t *testing.T) {
	s := newService(t, func(*service) {})
	slices, _ := measure(t, Options{
		Pairs: 2, Rate: 200, Targets: []lane.Endpoint{{Name: "a", URL: s.url, Payments: s.url}},
	}, nil)
	for _, slice := range slices {
		if slice.Downstream == nil || *slice.Downstream != 16 {
			t.Errorf("calls in flight downstream: %v, want 16", slice.Downstream)
		}
	}
}

func TestStopEndsAfterTheSliceWithDone(t *testing.T) {
	s, stop, once := newService(t, func(*service) {}), make(chan struct{}), sync.Once{}
	counting := newService(t, func(*service) { once.Do(func() { close(stop) }) })
	slices, done := measure(t, Options{
		Pairs: 1000, Rate: 500, Targets: []lane.Endpoint{{Name: "a", URL: s.url}, {Name: "b", URL: counting.url}},
	}, stop)
	if len(slices) > 3 || done.Pairs > 1 {
		t.Errorf("%d slices and %d pairs after an early stop", len(slices), done.Pairs)
	}
}

func TestATargetThatCannotBeReadIsAnError(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	o := Options{Plan: plan(t), Rate: 100, Slice: 20 * time.Millisecond, Pairs: 1, Targets: []lane.Endpoint{{Name: "a", URL: server.URL}}}
	err := Run(context.Background(), o, nil, event.NewWriter(&bytes.Buffer{}))
	if err == nil || !strings.Contains(err.Error(), "target a") {
		t.Errorf("error %v, want one about target a", err)
	}
}

func requestsIn(t *testing.T, s event.Slice) uint64 {
	t.Helper()
	var before, after struct{ Requests uint64 }
	if err := errors.Join(json.Unmarshal(s.Before, &before), json.Unmarshal(s.After, &after)); err != nil {
		t.Fatal(err)
	}
	return after.Requests - before.Requests
}

func measure(t *testing.T, o Options, stop <-chan struct{}) ([]event.Slice, event.Done) {
	t.Helper()
	var out bytes.Buffer
	o.Plan, o.Seed, o.Slice = plan(t), 3, 50*time.Millisecond
	if err := Run(context.Background(), o, stop, event.NewWriter(&out)); err != nil {
		t.Fatal(err)
	}
	var slices []event.Slice
	var done event.Done
	for _, line := range strings.Split(strings.TrimSpace(out.String()), "\n") {
		var s event.Slice
		if err := json.Unmarshal([]byte(line), &s); err != nil {
			t.Fatal(err)
		}
		if s.Event == "slice" {
			slices = append(slices, s)
		} else if err := json.Unmarshal([]byte(line), &done); err != nil || done.Event != "done" {
			t.Fatalf("unexpected line %s", line)
		}
	}
	return slices, done
}

var plan = func() func(t *testing.T) scenario.Plan {
	made := sync.OnceValues(func() (scenario.Plan, error) {
		return scenario.New(scenario.Options{Name: "search", Seed: 1, ShopSeed: 1, Shape: scenario.Default})
	})
	return func(t *testing.T) scenario.Plan {
		t.Helper()
		p, err := made()
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
}()

func TestTheHeapIsReadAfterACollectionAndHasNoCrowdInIt(t *testing.T) {
	service := newService(t, func(*service) { time.Sleep(20 * time.Millisecond) })
	targets := []lane.Endpoint{{Name: "candidate", URL: service.url}}
	slices, _ := measure(t, Options{Pairs: 3, Rate: 800, Heap: true, Targets: targets}, nil)
	for i, s := range slices {
		if s.Heap == nil || s.Heap.LiveBytes != int64(i+1)<<20 {
			t.Errorf("slice %d: %+v, want %d MiB live", i, s.Heap, i+1)
		}
		if s.Completed != s.Offered || s.Errors != 0 {
			t.Errorf("slice %d: offered %d, completed %d", i, s.Offered, s.Completed)
		}
	}
	if most := service.mostAtOnce.Load(); most > heapInFlight {
		t.Errorf("%d requests at once, want at most %d", most, heapInFlight)
	}
	if plain, _ := measure(t, Options{Pairs: 1, Rate: 100, Targets: targets}, nil); plain[0].Heap != nil {
		t.Errorf("nobody asked for %+v", plain[0].Heap)
	}
}
