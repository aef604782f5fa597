package lane

import (
	"context"
	"math"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"bazaar/load/arrival"
	"bazaar/load/scenario"
)

// A server that answers nobody for two seconds makes everyone wait who is due
// meanwhile, each for what is left of it. A generator that waits for answers
// before it sends more would see one slow request.
func TestAStallOfTwoSecondsIsSeenByEveryRequestThatWasDueInIt(t *testing.T) {
	const rate, stall = 500, 2 * time.Second
	open := make(chan struct{})
	target := start(t, func(http.ResponseWriter, *http.Request) { <-open })
	track := NewTrack(openLane(t, target), 1, rate)
	began := time.Now()
	drive(track, stall)
	time.Sleep(time.Until(began.Add(stall)))
	ended := time.Now()
	close(open)
	track.Wait()
	answered := time.Now()

	// Who was due at d waited until the stall's end at least, and at most
	// until the last answer: between the two lies only the machine.
	latencies := track.recorder.latencies
	for wait := time.Duration(0); wait < stall; wait += stall / 8 {
		atLeast := rate * min(ended.Sub(began)-wait, stall).Seconds()
		atMost := rate * min(answered.Sub(began)-wait, stall).Seconds()
		spread := 4 * math.Sqrt(rate*stall.Seconds()) // of a Poisson process
		if got := float64(latencies.Above(wait.Microseconds())); got < atLeast-spread || got > atMost+spread {
			t.Errorf("%.0f requests waited more than %v, want %.0f to %.0f", got, wait, atLeast, atMost)
		}
	}
	due := uint64(0)
	for arrivals := arrival.NewProcess(1, rate, 0); arrivals.Take() < stall; {
		due++
	}
	if counts := track.Take(); counts.Sent != due || counts.Completed != due || counts.Errors != 0 {
		t.Errorf("sent %d, completed %d, errors %d of %d", counts.Sent, counts.Completed, counts.Errors, due)
	}
}

func TestWhatCannotBeSentIsCountedAsAnError(t *testing.T) {
	open := make(chan struct{})
	target := start(t, func(http.ResponseWriter, *http.Request) { <-open })
	l := openLane(t, target)
	l.limit = 20
	for range 50 {
		l.Offer(time.Now())
	}
	if l.InFlight() != 20 {
		t.Errorf("%d in flight, want 20", l.InFlight())
	}
	close(open)
	l.Wait()
	if counts := l.Take(); counts.Sent != 50 || counts.Errors != 30 || counts.Refused != 30 || counts.Completed != 20 {
		t.Errorf("counts %+v, want 50 sent, 20 completed and 30 refused errors", counts)
	}
}

func TestARequestWithoutAnAnswerIsAnErrorAndNotALatency(t *testing.T) {
	target := start(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	l := openLane(t, target)
	for range 10 {
		l.Offer(time.Now())
	}
	l.Wait()
	if counts := l.Take(); counts.Errors != 10 || counts.Completed != 0 || counts.Max != 0 {
		t.Errorf("counts %+v, want 10 errors and nothing else", counts)
	}
}

func TestTargetsGetTheSameRequestsInTheirSlices(t *testing.T) {
	const slice = 50 * time.Millisecond
	paths := make([][]string, 2)
	tracks := make([]*Track, 2)
	var mu sync.Mutex
	for i := range tracks {
		target := start(t, func(_ http.ResponseWriter, r *http.Request) {
			mu.Lock()
			defer mu.Unlock()
			paths[i] = append(paths[i], r.URL.RawQuery)
		})
		tracks[i] = NewTrack(openLane(t, target), 4, 400)
	}
	for range 5 {
		for i, track := range tracks {
			before := len(paths[i])
			for {
				if _, any := track.Due(slice); !any {
					break
				}
				track.Fire(time.Now())
				track.Wait() // one at a time: the order is then the stream's
			}
			track.EndSlice(slice)
			if len(paths[i]) == before {
				t.Errorf("target %d got nothing in a slice of 20 requests", i)
			}
		}
	}
	if len(paths[0]) != len(paths[1]) {
		t.Fatalf("%d and %d requests", len(paths[0]), len(paths[1]))
	}
	for i := range paths[0] {
		if paths[0][i] != paths[1][i] {
			t.Fatalf("request %d was %q and %q", i, paths[0][i], paths[1][i])
		}
	}
}

func TestABurstComesOnTop(t *testing.T) {
	const slice = time.Second
	count := func(burst int) (n int) {
		target := start(t, func(http.ResponseWriter, *http.Request) {})
		track := NewTrack(openLane(t, target), 4, 200)
		if burst > 0 {
			track.Burst(9, burst, 100*time.Millisecond)
		}
		for {
			if _, any := track.Due(slice); !any {
				break
			}
			track.Fire(time.Now())
			n++
		}
		track.Wait()
		return n
	}
	if with, without := count(300), count(0); with != without+300 {
		t.Errorf("%d requests with a burst of 300, %d without", with, without)
	}
}

// drive is one long slice.
func drive(track *Track, slice time.Duration) {
	began := time.Now()
	for {
		offset, any := track.Due(slice)
		if !any {
			return
		}
		due := began.Add(offset)
		time.Sleep(time.Until(due))
		track.Fire(due)
	}
}

// anything is a plan whose every answer is right.
type anything struct{ scenario.Plan }

func (anything) Judge(context.Context, scenario.Access) (scenario.Judge, error) {
	return content{}, nil
}

type content struct{}

func (content) Begin(*scenario.Request) scenario.Ticket                                 { return scenario.Ticket{} }
func (content) End(scenario.Ticket, *scenario.Request, scenario.Answer) *scenario.Fault { return nil }
func (content) Lost(scenario.Ticket, *scenario.Request)                                 {}
func (content) Close(context.Context) ([]scenario.Invariant, error)                     { return nil, nil }

var somePlan = sync.OnceValue(func() scenario.Plan {
	plan, err := scenario.New(scenario.Options{Name: "search", Seed: 1, ShopSeed: 1, Shape: scenario.Default})
	if err != nil {
		panic(err)
	}
	return anything{plan}
})

func openLane(t *testing.T, url string) *Lane {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	l, err := Open(ctx, Options{Endpoint: Endpoint{Name: "a", URL: url}, Plan: somePlan()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	return l
}

func start(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}
