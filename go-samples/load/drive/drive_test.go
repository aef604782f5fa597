package drive

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"bazaar/load/event"
	"bazaar/load/lane"
	"bazaar/load/scenario"
)

// running is a drive whose events are read as they come.
type running struct {
	t        *testing.T
	commands chan Command
	lines    chan map[string]any
}

func begin(t *testing.T, rate float64, targets ...lane.Endpoint) *running {
	t.Helper()
	plan, err := somePlan()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	reader, writer := io.Pipe()
	r := &running{t: t, commands: make(chan Command), lines: make(chan map[string]any, 1000)}
	ended := make(chan error, 1)
	go func() {
		o := Options{Plan: plan, Seed: 1, Rate: rate, Slice: 20 * time.Millisecond, Targets: targets}
		ended <- Run(ctx, o, r.commands, event.NewWriter(writer))
		writer.Close()
	}()
	go func() {
		defer close(r.lines)
		for scanner := bufio.NewScanner(reader); scanner.Scan(); {
			var line map[string]any
			if json.Unmarshal(scanner.Bytes(), &line) == nil {
				r.lines <- line
			}
		}
	}()
	t.Cleanup(func() {
		cancel()
		for range r.lines {
		}
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return r
}

// do sends one line of stdin.
func (r *running) do(line string) {
	r.t.Helper()
	command, err := ParseCommand([]byte(line))
	if err != nil {
		r.t.Fatal(err)
	}
	r.commands <- command
}

// until reads events until one satisfies; it fails when the run ends first.
func (r *running) until(what string, satisfies func(line map[string]any) bool) map[string]any {
	r.t.Helper()
	deadline := time.After(30 * time.Second)
	for {
		select {
		case line, open := <-r.lines:
			if !open {
				r.t.Fatalf("the run ended before %s", what)
			}
			if satisfies(line) {
				return line
			}
		case <-deadline:
			r.t.Fatalf("no %s in 30 s", what)
		}
	}
}

// stats reads the next figures of a target.
func (r *running) stats(target string) map[string]any {
	r.t.Helper()
	return r.until("stats of "+target, func(line map[string]any) bool {
		return line["event"] == "stats" && line["target"] == target
	})
}

func TestFiguresComeForEachTargetAndAddUp(t *testing.T) {
	a, b := newTarget(t), newTarget(t)
	r := begin(t, 400, a.endpoint("a"), b.endpoint("b"))
	for range 2 {
		for _, name := range []string{"a", "b"} {
			// On a busy machine the first answers may come after the first figures.
			s := r.until("answers of "+name, func(line map[string]any) bool {
				return line["event"] == "stats" && line["target"] == name && line["completed"].(float64) > 0
			})
			if s["sent"].(float64) == 0 || s["errors"].(float64) != 0 || s["p50Micros"].(float64) <= 0 || s["maxMicros"].(float64) < s["p999Micros"].(float64) {
				t.Errorf("figures %v", s)
			}
		}
	}
}

func TestWrongAnswersAreShownAndCounted(t *testing.T) {
	r := begin(t, 400, newTarget(t).endpoint("a"))
	wrong := r.until("a wrong answer", func(line map[string]any) bool { return line["event"] == "wrong" })
	if wrong["target"] != "a" || wrong["rule"] == "" || wrong["expected"] == "" || wrong["request"].(map[string]any)["path"] == "" {
		t.Errorf("wrong answer %v", wrong)
	}
	shown := 1
	r.until("stats with wrong answers", func(line map[string]any) bool {
		if line["event"] == "wrong" {
			shown++
		}
		return line["event"] == "stats" && line["wrong"].(float64) > 20
	})
	if shown > 2*wrongPerSecond {
		t.Errorf("%d wrong answers were shown in half a second", shown)
	}
}

func TestPauseStopsTheTrafficAndResumeGoesOn(t *testing.T) {
	r := begin(t, 400, newTarget(t).endpoint("a"))
	r.stats("a")
	r.do(`{"do":"pause"}`)
	isEmpty := func(line map[string]any) bool { return line["sent"].(float64) == 0 && line["completed"].(float64) == 0 }
	r.until("silence", func(line map[string]any) bool { return line["event"] == "stats" && isEmpty(line) })
	time.Sleep(3 * statsEvery) // intervals of nothing, of which nobody needs to hear
	r.do(`{"do":"one"}`)
	empty := 0
	r.until("one", func(line map[string]any) bool {
		if line["event"] == "stats" {
			// The one itself counts, and a slow machine may say once that it waits for its answer.
			if line["sent"].(float64) > 1 {
				t.Errorf("figures in the pause: %v", line)
			}
			if isEmpty(line) {
				empty++
			}
		}
		return line["event"] == "one"
	})
	if empty > 1 {
		t.Errorf("%d times that nothing happened, want none", empty)
	}
	r.do(`{"do":"resume"}`)
	r.until("traffic", func(line map[string]any) bool { return line["event"] == "stats" && line["sent"].(float64) > 0 })
}

func TestABurstIsSentOnTop(t *testing.T) {
	target := newTarget(t)
	r := begin(t, 20, target.endpoint("a"))
	r.do(`{"do":"burst","requests":300}`)
	sent := 0.0
	r.until("300 requests and more", func(line map[string]any) bool {
		if line["event"] == "stats" {
			sent += line["sent"].(float64)
		}
		return sent >= 300
	})
}

func TestTheRateCanBeChanged(t *testing.T) {
	r := begin(t, 1, newTarget(t).endpoint("a"))
	r.stats("a")
	r.do(`{"do":"rate","value":800}`)
	r.until("a high rate", func(line map[string]any) bool {
		return line["event"] == "stats" && line["sent"].(float64) > 200
	})
	r.do(`{"do":"rate","value":0}`)
	r.until("no rate", func(line map[string]any) bool {
		return line["event"] == "stats" && line["sent"].(float64) == 0
	})
}

func TestOneRequestIsShownInFullForEachTarget(t *testing.T) {
	r := begin(t, 1, newTarget(t).endpoint("a"), newTarget(t).endpoint("b"))
	r.do(`{"do":"one"}`)
	shown := map[any]any{}
	for len(shown) < 2 {
		line := r.until("one", func(line map[string]any) bool { return line["event"] == "one" })
		shown[line["target"]] = line["request"]
		if line["status"].(float64) != 200 || line["body"] != "hello" || line["ok"] != false || line["expected"] == "" || line["millis"].(float64) <= 0 {
			t.Errorf("shown %v", line)
		}
	}
	if fmt.Sprint(shown["a"]) != fmt.Sprint(shown["b"]) {
		t.Errorf("the targets were asked different things: %v", shown)
	}
}

func TestATargetIsReplacedWhileTheOtherGoesOn(t *testing.T) {
	base, first, second := newTarget(t), newTarget(t), newTarget(t)
	r := begin(t, 300, base.endpoint("baseline"), first.endpoint("candidate"))
	r.stats("candidate")
	r.do(fmt.Sprintf(`{"do":"targets","targets":{"baseline":%q,"candidate":%q}}`, base.url, second.url))
	r.until("traffic at the new candidate", func(map[string]any) bool { return second.requests.Load() > 50 })
	old := first.requests.Load()
	before := base.requests.Load()
	r.until("more traffic", func(map[string]any) bool {
		return base.requests.Load() > before+100 && second.requests.Load() > 150
	})
	if now := first.requests.Load(); now != old {
		t.Errorf("%d requests went to the candidate that was replaced", now-old)
	}
	r.do(`{"do":"targets","targets":{"candidate":"ftp://nowhere"}}`)
	r.stats("baseline") // the old set goes on
}

func TestCommandsThatCannotBeDoneAreRefused(t *testing.T) {
	for _, line := range []string{
		``, `{`, `[]`, `{"do":"dance"}`, `{"do":"rate","value":-1}`, `{"do":"rate","value":1e9}`, `{"do":"rate","value":"fast"}`,
		`{"do":"burst"}`, `{"do":"burst","requests":-5}`, `{"do":"burst","requests":100000000}`, `{"do":"targets"}`, `{"do":"targets","targets":{}}`,
	} {
		if c, err := ParseCommand([]byte(line)); err == nil {
			t.Errorf("%s was understood as %+v", line, c)
		}
	}
}

type target struct {
	url      string
	requests atomic.Int64
}

func (s *target) endpoint(name string) lane.Endpoint { return lane.Endpoint{Name: name, URL: s.url} }

// newTarget answers "hello" to everything, which is always wrong.
func newTarget(t *testing.T) *target {
	s := &target{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		s.requests.Add(1)
		_, _ = io.WriteString(w, "hello")
	}))
	t.Cleanup(server.Close)
	s.url = server.URL
	return s
}

var somePlan = sync.OnceValues(func() (scenario.Plan, error) {
	return scenario.New(scenario.Options{Name: "search", Seed: 1, ShopSeed: 1, Shape: scenario.Default})
})
