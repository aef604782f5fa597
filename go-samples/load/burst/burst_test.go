package burst

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"bazaar/load/event"
	"bazaar/load/lane"
	"bazaar/load/scenario"
)

// target answers announcements rightly, or as answer does, and has its own instruments.
type target struct {
	answers    map[string]scenario.Answer
	answer     func(n int64, a scenario.Answer) scenario.Answer
	goroutines int
	asked      atomic.Int64
	sent       atomic.Int64
}

func (g *target) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/debug/flamelab/vars/push":
		fmt.Fprintf(w, `{"sent":%d,"slotNanos":%d,"nanos":%d,"mostInFlight":32,"mostInLine":5}`,
			g.sent.Load(), g.sent.Load()*10_000_000, g.sent.Load()*10_000_000/16+1)
		return
	case "/debug/flamelab/counters":
		fmt.Fprintf(w, `{"goroutines":%d,"inFlight":0}`, g.goroutines)
		return
	case "/debug/flamelab/metrics":
		fmt.Fprint(w, `{"runtime":{"/memory/classes/heap/stacks:bytes":4096}}`)
		return
	}
	var body bytes.Buffer
	_, _ = body.ReadFrom(r.Body)
	a := g.answers[body.String()]
	if g.answer != nil {
		a = g.answer(g.asked.Add(1), a)
	}
	if a.Status == http.StatusOK {
		g.sent.Add(50)
	}
	w.Header().Set("Content-Type", a.ContentType)
	w.Header().Set("Retry-After", a.RetryAfter)
	w.WriteHeader(a.Status)
	_, _ = w.Write(a.Body)
}

func mustPlan(t *testing.T) (scenario.Plan, map[string]scenario.Answer) {
	t.Helper()
	plan, err := scenario.New(scenario.Options{Name: "announcements", Seed: 5, ShopSeed: 1, Shape: scenario.Burst})
	if err != nil {
		t.Fatal(err)
	}
	answers := map[string]scenario.Answer{}
	for stream, n := plan.Stream(), 0; n < 5000; n++ {
		request := stream.Next()
		answers[string(request.Body)], _ = request.Example()
	}
	return plan, answers
}

func burstOf(t *testing.T, handler http.Handler, plan scenario.Plan) event.Burst {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	var out bytes.Buffer
	o := Options{
		Plan: plan, Seed: 3, Rate: 50, Base: 200 * time.Millisecond, Burst: 300 * time.Millisecond,
		Targets: []lane.Endpoint{{Name: "a", URL: server.URL}},
	}
	if err := Run(context.Background(), o, event.NewWriter(&out)); err != nil {
		t.Fatal(err)
	}
	var seen event.Burst
	if err := json.Unmarshal([]byte(strings.Split(out.String(), "\n")[0]), &seen); err != nil {
		t.Fatal(err)
	}
	return seen
}

func TestABurstIsTenTimesTheBaseAndEachAnswerIsCountedWhereItWasAskedFor(t *testing.T) {
	plan, answers := mustPlan(t)
	seen := burstOf(t, &target{answers: answers, goroutines: 700}, plan)
	base, crowd := seen.Base, seen.Burst
	if base.Offered == 0 || crowd.Offered < 5*base.Offered || base.Accepted != base.Offered || crowd.Accepted != crowd.Offered {
		t.Errorf("base %+v, burst %+v", base, crowd)
	}
	if seen.Sent != 50*int64(base.Accepted+crowd.Accepted) || seen.Each != 50 || seen.MostInLine != 5 || seen.StackBytes != 4096 {
		t.Errorf("%+v", seen)
	}
	if seen.CapacityUsed < 0.45 || seen.CapacityUsed > 0.55 {
		t.Errorf("capacity used %v, want half", seen.CapacityUsed)
	}
}

func TestRefusalsAreNoWrongAnswers(t *testing.T) {
	plan, answers := mustPlan(t)
	busy := scenario.Answer{Status: 429, ContentType: "application/json", RetryAfter: "1", Body: []byte(`{"error":{"code":"busy","message":"later"}}`)}
	seen := burstOf(t, &target{answers: answers, answer: func(n int64, a scenario.Answer) scenario.Answer {
		switch n % 4 {
		case 1:
			return busy
		case 2:
			rude := busy
			rude.RetryAfter = ""
			return rude
		}
		return a
	}}, plan)
	sum := func(read func(event.BurstPhase) uint64) uint64 { return read(seen.Base) + read(seen.Burst) }
	offered := sum(func(p event.BurstPhase) uint64 { return p.Offered })
	refused := sum(func(p event.BurstPhase) uint64 { return p.Refused })
	wrong := sum(func(p event.BurstPhase) uint64 { return p.Wrong })
	accepted := sum(func(p event.BurstPhase) uint64 { return p.Accepted })
	if refused != (offered+3)/4 || wrong != (offered+2)/4 || accepted+refused+wrong != offered || len(seen.Examples) == 0 {
		t.Errorf("of %d: %d accepted, %d refused, %d wrong, %d examples", offered, accepted, refused, wrong, len(seen.Examples))
	}
}

func TestWhatIsNotAnsweredInTimeIsGivenUp(t *testing.T) {
	plan, answers := mustPlan(t)
	g := &target{answers: answers}
	seen := burstOf(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost && g.asked.Add(1) > 20 {
			_, _ = io.Copy(io.Discard, r.Body) // or the caller's end isn't seen
			<-r.Context().Done()
			return
		}
		g.ServeHTTP(w, r)
	}), plan)
	if unanswered := seen.Base.Unanswered + seen.Burst.Unanswered; unanswered != seen.Base.Offered+seen.Burst.Offered-20 {
		t.Errorf("%+v, %+v", seen.Base, seen.Burst)
	}
}

func TestWhatLastsForAMomentOnlyIsNotTheMost(t *testing.T) {
	every := func(step time.Duration, counts ...int) (samples []sample) {
		for i, n := range counts {
			samples = append(samples, sample{time.Duration(i) * step, n})
		}
		return samples
	}
	for want, samples := range map[int][]sample{
		405: every(25*time.Millisecond, 130, 900, 410, 405, 420, 430),
		131: every(20*time.Millisecond, 131, 131, 900, 131, 131, 131, 131, 130),
		300: every(60*time.Millisecond, 300, 310, 320),
		0:   every(20*time.Millisecond, 900, 900),
	} {
		if got := mostOf(samples); got != want {
			t.Errorf("%v: %d, want %d", samples, got, want)
		}
	}
}
