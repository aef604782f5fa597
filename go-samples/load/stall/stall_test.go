package stall

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"bazaar/load/event"
	"bazaar/load/lane"
	"bazaar/load/scenario"
)

// plan has one small request that writes, one that reads, and a job.
type plan struct{ scenario.Plan }

var (
	read  = &scenario.Request{Method: http.MethodGet, Path: "/read"}
	write = &scenario.Request{Method: http.MethodPost, Path: "/write"}
	job   = &scenario.Request{Method: http.MethodPost, Path: "/job"}
)

func (plan) Job() *scenario.Request { return job }

func (plan) Small() scenario.Stream { return &turns{} }

func (plan) Judge(context.Context, scenario.Access) (scenario.Judge, error) { return judge{}, nil }

type turns struct{ n int }

func (s *turns) Next() *scenario.Request {
	s.n++
	if s.n%2 == 0 {
		return read
	}
	return write
}

func (s *turns) Clone() scenario.Stream { clone := *s; return &clone }

// judge finds teapots wrong.
type judge struct{}

func (judge) Begin(*scenario.Request) scenario.Ticket { return scenario.Ticket{} }

func (judge) End(_ scenario.Ticket, _ *scenario.Request, a scenario.Answer) *scenario.Fault {
	if a.Status == http.StatusTeapot {
		return &scenario.Fault{Rule: "teapot"}
	}
	return nil
}

func (judge) Lost(scenario.Ticket, *scenario.Request) {}

func (judge) Close(context.Context) ([]scenario.Invariant, error) { return nil, nil }

// till ends its job after so many writes have come meanwhile; until then readers wait.
type till struct {
	during int
	status int // of the job's answer

	mu   sync.Mutex
	ends chan struct{} // closed when the job may end; nil when there is none
	left int
	jobs int
}

func (g *till) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	switch r.URL.Path {
	case "/job":
		g.jobs++
		g.left, g.ends = g.during, make(chan struct{})
		w.WriteHeader(g.status)
	case "/write":
		if g.left--; g.left == 0 && g.ends != nil {
			close(g.ends)
			g.ends = nil
		}
		g.mu.Unlock()
		return
	}
	ends := g.ends
	g.mu.Unlock()
	if ends != nil {
		<-ends
	}
}

func stallsOf(t *testing.T, jobs int, targets ...*till) []event.Stalled {
	t.Helper()
	endpoints := make([]lane.Endpoint, len(targets))
	for i, g := range targets {
		server := httptest.NewServer(g)
		t.Cleanup(server.Close)
		endpoints[i] = lane.Endpoint{Name: string(rune('a' + i)), URL: server.URL}
	}
	var out bytes.Buffer
	o := Options{Plan: plan{}, Seed: 3, Rate: 1000, Jobs: jobs, Targets: endpoints}
	if err := Run(context.Background(), o, event.NewWriter(&out)); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if last := lines[len(lines)-1]; !strings.Contains(last, `"event":"done"`) {
		t.Errorf("the last line is %s", last)
	}
	var all []event.Stalled
	for _, line := range lines[:len(lines)-1] {
		var s event.Stalled
		if err := json.Unmarshal([]byte(line), &s); err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	return all
}

func TestSmallRequestsKeepComingWhileAJobRuns(t *testing.T) {
	targets := []*till{{during: 60, status: 201}, {during: 20, status: 201}}
	order := ""
	for _, s := range stallsOf(t, 2, targets...) {
		order += s.Target
		during := targets[s.Target[0]-'a'].during
		small := uint64(len(s.ReadMicros) + len(s.WriteMicros))
		if s.Offered != small+1 || s.Completed != s.Offered || s.Errors != 0 || s.Wrong != 0 {
			t.Errorf("%d offered, %d completed, %d small, %d errors, %d wrong", s.Offered, s.Completed, small, s.Errors, s.Wrong)
		}
		if len(s.WriteMicros) < during || len(s.ReadMicros) < during-1 {
			t.Errorf("%d writes and %d reads, the job ends after %d writes", len(s.WriteMicros), len(s.ReadMicros), during)
		}
		// The first reader of the job waited for nearly all of it, and no write for the job.
		slow := 0
		for _, wait := range s.ReadMicros {
			if float64(wait) > 1000*s.JobMillis/4 {
				slow++
			}
		}
		if slow == 0 {
			t.Errorf("no reader waited a quarter of %v ms: %v", s.JobMillis, s.ReadMicros)
		}
	}
	if order != "abba" || targets[0].jobs != 2 || targets[1].jobs != 2 {
		t.Errorf("turns %s, %d and %d jobs", order, targets[0].jobs, targets[1].jobs)
	}
}

func TestAWrongJobIsCounted(t *testing.T) {
	for _, s := range stallsOf(t, 1, &till{during: 5, status: http.StatusTeapot}) {
		if s.Wrong != 1 || s.Errors != 0 {
			t.Errorf("%d wrong, %d errors, want 1 wrong job", s.Wrong, s.Errors)
		}
	}
}

func TestOnlyPlansWithAJobStall(t *testing.T) {
	search, err := scenario.New(scenario.Options{Name: "search", Seed: 1, ShopSeed: 1, Shape: scenario.Default})
	if err != nil {
		t.Fatal(err)
	}
	if err := Run(context.Background(), Options{Plan: search, Jobs: 1}, event.NewWriter(&bytes.Buffer{})); !errors.Is(err, ErrNoJob) {
		t.Errorf("%v", err)
	}
}

func TestATargetThatIsGoneIsAnError(t *testing.T) {
	o := Options{Plan: plan{}, Rate: 100, Jobs: 1, Targets: []lane.Endpoint{{Name: "a", URL: "http://127.0.0.1:1"}}}
	if err := Run(context.Background(), o, event.NewWriter(&bytes.Buffer{})); err == nil {
		t.Error("no error")
	}
}
