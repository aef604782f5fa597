package probe

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"bazaar/load/event"
	"bazaar/load/lane"
	"bazaar/load/scenario"
)

// target answers all requests of a plan rightly, with so many calls for each,
// and refuses the ledger to none.
type target struct {
	answers map[string]scenario.Answer
	calls   int

	mu     sync.Mutex
	made   int
	paths  []string
	inside int
	most   int
}

func (g *target) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	g.made += g.calls
	g.paths = append(g.paths, r.URL.RequestURI())
	g.inside++
	g.most = max(g.most, g.inside)
	g.mu.Unlock()
	a := g.answers[r.URL.RequestURI()]
	w.Header().Set("Content-Type", a.ContentType)
	w.WriteHeader(a.Status)
	_, _ = w.Write(a.Body)
	g.mu.Lock()
	g.inside--
	g.mu.Unlock()
}

func (g *target) ledger(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if r.Method == http.MethodPost {
		g.made = 0
		w.WriteHeader(http.StatusNoContent)
		return
	}
	fmt.Fprintf(w, `{"maxInFlight":%d,"approvedCount":1,"declinedCount":1,"lookupCount":%d}`, g.calls, g.made)
}

func serve(t *testing.T, handler http.HandlerFunc) string {
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

func TestProbesTakeTurnsOneAtATimeAndCountTheCallsOfEach(t *testing.T) {
	plan, err := scenario.New(scenario.Options{Name: "search", Seed: 5, ShopSeed: 1, Shape: scenario.Small})
	if err != nil {
		t.Fatal(err)
	}
	answers := map[string]scenario.Answer{}
	for stream := plan.Stream(); len(answers) < 50; {
		request := stream.Next()
		answers[request.Path], _ = request.Example()
	}
	targets := map[string]*target{"a": {answers: answers, calls: 3}, "b": {answers: answers, calls: 7}}
	var endpoints []lane.Endpoint
	for _, name := range []string{"a", "b"} {
		g := targets[name]
		endpoints = append(endpoints, lane.Endpoint{Name: name, URL: serve(t, g.ServeHTTP), Payments: serve(t, g.ledger)})
	}
	var out bytes.Buffer
	if err := Run(context.Background(), Options{Plan: plan, Requests: 4, Targets: endpoints}, event.NewWriter(&out)); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	var order []string
	for _, line := range lines[:len(lines)-1] {
		var p event.Probed
		if err := json.Unmarshal([]byte(line), &p); err != nil {
			t.Fatal(err)
		}
		order = append(order, fmt.Sprint(p.Round, p.Target))
		calls := int64(targets[p.Target].calls)
		if !p.OK || p.Calls == nil || *p.Calls != calls+2 || *p.MaxInFlight != calls || p.Millis <= 0 {
			t.Errorf("%s", line)
		}
	}
	if want := strings.Fields("0a 0b 1b 1a 2a 2b 3b 3a"); !slices.Equal(order, want) {
		t.Errorf("order %v, want %v", order, want)
	}
	if !strings.Contains(lines[len(lines)-1], `"event":"done"`) {
		t.Errorf("the last line is %s", lines[len(lines)-1])
	}
	a, b := targets["a"], targets["b"]
	if a.most != 1 || !slices.Equal(a.paths, b.paths) || len(a.paths) != 6 {
		t.Errorf("%d at a time; a was asked %v, b %v", a.most, a.paths, b.paths)
	}
	for i := 0; i < len(a.paths); i += 2 {
		if a.paths[i] != a.paths[i+1] {
			t.Errorf("%s wasn't asked twice", a.paths[i])
		}
	}
}

func TestAWrongAnswerIsNotOKAndATargetThatIsGoneNeither(t *testing.T) {
	plan, err := scenario.New(scenario.Options{Name: "search", Seed: 5, ShopSeed: 1, Shape: scenario.Small})
	if err != nil {
		t.Fatal(err)
	}
	wrong := serve(t, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "hello") })
	for _, url := range []string{wrong, "http://127.0.0.1:1"} {
		var out bytes.Buffer
		o := Options{Plan: plan, Requests: 1, Targets: []lane.Endpoint{{Name: "a", URL: url}}}
		if err := Run(context.Background(), o, event.NewWriter(&out)); err != nil {
			t.Fatal(err)
		}
		if line := out.String(); !strings.Contains(line, `"ok":false`) || strings.Contains(line, "calls") {
			t.Errorf("%s", line)
		}
	}
}
