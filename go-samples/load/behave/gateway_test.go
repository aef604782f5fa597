package behave

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"strconv"
	"sync"
	"testing"

	"bazaar/load/scenario"
)

// logFaults are the ways in which the log of these tests can be wrong.
type logFaults struct {
	none, sampled, late, twice, noFields, short, sorted, joined, noCodes bool
	noBodies, alwaysBodies, raw, unnumbered                              bool
}

// gateway answers as the model says and keeps a plain right log, except for its faults.
type gateway struct {
	logFaults
	spoil   func(*http.Request, *scenario.Answer)
	answers map[string]scenario.Answer // by path and body

	mu    sync.Mutex
	debug bool
	lines []map[string]any
}

// newGateway starts a gateway; spoil, if there is one, changes answers after they were logged.
func newGateway(t *testing.T, plan scenario.Plan, f logFaults, spoil func(*http.Request, *scenario.Answer)) string {
	g := &gateway{logFaults: f, spoil: spoil, answers: map[string]scenario.Answer{}}
	stream := plan.Stream()
	for range 6000 {
		request := stream.Next()
		if a, ok := request.Example(); ok {
			g.answers[request.Path+string(request.Body)] = a
		}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /log", g.read)
	mux.HandleFunc("PUT /log/level", g.setLevel)
	mux.HandleFunc("POST /", g.ask)
	return serve(t, mux.ServeHTTP)
}

func (g *gateway) ask(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	a := g.answers[r.URL.Path+string(body)]
	g.add(r, body, a)
	if g.spoil != nil {
		g.spoil(r, &a)
	}
	w.Header().Set("Content-Type", a.ContentType)
	w.WriteHeader(a.Status)
	_, _ = w.Write(a.Body)
}

func (g *gateway) read(w http.ResponseWriter, r *http.Request) {
	last, err := strconv.Atoi(r.FormValue("last"))
	if err != nil || last < 1 || last > 2048 {
		refuse(w, 400, "bad-log")
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	lines := g.lines
	if g.late {
		lines = lines[:max(0, len(lines)-5)]
	}
	answer(w, 200, map[string]any{"lines": append([]map[string]any{}, lines[max(0, len(lines)-last):]...)})
}

func (g *gateway) setLevel(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	g.mu.Lock()
	defer g.mu.Unlock()
	switch string(body) {
	case `{"level":"debug"}`:
		g.debug = true
	case `{"level":"info"}`:
		g.debug = false
	default:
		refuse(w, 400, "bad-level")
		return
	}
	answer(w, 200, map[string]string{"level": "set"})
}

func (g *gateway) add(r *http.Request, body []byte, a scenario.Answer) {
	g.mu.Lock()
	defer g.mu.Unlock()
	line := map[string]any{"method": r.Method, "path": r.URL.Path, "tenant": r.Header.Get("X-Tenant"), "status": a.Status}
	g.describe(line, body, a)
	if g.debug && !g.noBodies || g.alwaysBodies {
		line["request"], line["response"] = g.hide(body), g.hide(a.Body)
	}
	if g.none || g.sampled && len(body)%2 == 0 {
		return
	}
	line["number"] = len(g.lines) + 1
	if g.unnumbered {
		line["number"] = 2*len(g.lines) + 1
	}
	g.lines = append(g.lines, line)
	if g.twice {
		again := maps.Clone(line)
		again["number"] = len(g.lines) + 1
		g.lines = append(g.lines, again)
	}
}

// describe fills in what a line says of an accepted or a refused request.
func (g *gateway) describe(line map[string]any, body []byte, a scenario.Answer) {
	var sent struct {
		Customer, Reference string
		Items               []json.RawMessage
	}
	var answered struct {
		Lines             []json.RawMessage
		Units, TotalCents int
		Error             struct{ Code string }
	}
	_ = json.Unmarshal(a.Body, &answered)
	if a.Status != 200 {
		if !g.noCodes {
			line["code"] = answered.Error.Code
		}
		return
	}
	_ = json.Unmarshal(body, &sent)
	items := len(sent.Items)
	if g.joined {
		items = len(answered.Lines)
	}
	if g.noFields || g.short && items > 60 || g.sorted && !bytes.HasPrefix(body, []byte(`{"customer":"`)) {
		return
	}
	line["customer"], line["reference"], line["items"] = sent.Customer, sent.Reference, items
	line["units"], line["totalCents"] = answered.Units, answered.TotalCents
}

func (g *gateway) hide(body []byte) any {
	var fields map[string]any
	if json.Unmarshal(body, &fields) != nil {
		return nil
	}
	for _, name := range []string{"card", "email"} {
		if _, there := fields[name]; there && !g.raw {
			fields[name] = "***"
		}
	}
	return fields
}

func TestARightGatewayHasNothingWrong(t *testing.T) {
	plan := planOf(t, "gateway")
	mustBeRight(t, behave(t, plan, newGateway(t, plan, logFaults{}, nil), ""))
}

func TestEveryWrongLogIsCaughtByARuleWithAName(t *testing.T) {
	cases := map[string]struct {
		logFaults
		rules []string
	}{
		"writes no lines":                {logFaults{none: true}, []string{"log-kept", "log-most", "log-lines"}},
		"writes some lines":              {logFaults{sampled: true}, []string{"log-most", "log-lines", "log-last"}},
		"holds the last lines back":      {logFaults{late: true}, []string{"log-lines"}},
		"writes lines twice":             {logFaults{twice: true}, []string{"log-lines"}},
		"says nothing of requests":       {logFaults{noFields: true}, []string{"log-fields", "log-long", "log-spelling"}},
		"says nothing of long requests":  {logFaults{short: true}, []string{"log-long"}},
		"knows one order of fields only": {logFaults{sorted: true}, []string{"log-spelling"}},
		"counts lines for items":         {logFaults{joined: true}, []string{"log-items"}},
		"forgets codes":                  {logFaults{noCodes: true}, []string{"log-codes"}},
		"has no bodies at debug":         {logFaults{noBodies: true}, []string{"log-debug"}},
		"has bodies at info":             {logFaults{alwaysBodies: true}, []string{"log-quiet", "log-quiet-again"}},
		"shows cards":                    {logFaults{raw: true}, []string{"log-private"}},
		"leaves numbers out":             {logFaults{unnumbered: true}, []string{"log-numbers"}},
	}
	plan := planOf(t, "gateway")
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // most of it is waiting for late lines
			result := behave(t, plan, newGateway(t, plan, c.logFaults, nil), "")
			if result.Wrong != 0 || result.Errors != 0 {
				t.Errorf("wrong %d, errors %d: %+v", result.Wrong, result.Errors, result.Examples)
			}
			for _, rule := range c.rules {
				mustBreak(t, result, rule)
			}
		})
	}
}

func TestEveryWrongPriceIsCaughtByARuleWithAName(t *testing.T) {
	plan := planOf(t, "gateway")
	for name, c := range map[string]struct {
		spoil func(r *http.Request, a *scenario.Answer)
		rule  string
	}{
		"adds up wrongly":       {replace(200, `"totalCents":`, `"totalCents":1`), "cart-lines"},
		"ships for free":        {replace(200, `"shippingCents":490`, `"shippingCents":0`), "cart-fields"},
		"shows the whole card":  {replace(200, `TEST-****`, `TEST-0000`), "cart-private"},
		"forgets a reference":   {replace(200, `"reference":"PO`, `"reference":"`), "cart-lines"},
		"accepts anything":      {func(_ *http.Request, a *scenario.Answer) { a.Status = 200 }, "must-refuse"},
		"calls all of it bad":   {replace(404, `unknown-`, `bad-`), "error-code"},
		"breaks down with much": {func(_ *http.Request, a *scenario.Answer) { a.Status += 100 * (len(a.Body) >> 14) * 3 }, "server-error"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := newGateway(t, plan, logFaults{}, c.spoil)
			mustBreak(t, behave(t, plan, url, ""), c.rule)
		})
	}
}
