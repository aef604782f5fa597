package scenario

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"
)

// keptFor is how long a session is promised to be kept. A machine that is busy makes visitors
// stay away for longer than they should, and then nothing is promised.
const keptFor = time.Second

// homeAsk expects a visitor's home page. A store may have forgotten the visitor, so more
// than one answer is right; which ones, also depends on what else was in flight.
type homeAsk struct {
	model   *sessionsModel
	visitor *webVisitor
	index   int
}

type homeAnswer struct {
	Visitor string   `json:"visitor"`
	Region  string   `json:"region"`
	Views   int      `json:"views"`
	Trail   []string `json:"trail"`
	Offers  []struct {
		SKU        string `json:"sku"`
		Title      string `json:"title"`
		PriceCents int    `json:"priceCents"`
	} `json:"offers"`
}

// read checks all that doesn't depend on other requests.
func (h *homeAsk) read(a Answer) (homeAnswer, *Fault) {
	var got homeAnswer
	rule := wrongHead(a, mediaJSON)
	if rule == "" && json.Unmarshal(a.Body, &got) != nil {
		rule = ruleNotJSON
	}
	if rule == "" {
		rule = h.explain(got)
	}
	if rule == "" {
		return got, nil
	}
	return got, &Fault{Rule: rule, Expected: h.String()}
}

func (h *homeAsk) check(a Answer) *Fault {
	_, fault := h.read(a)
	return fault
}

func (h *homeAsk) explain(got homeAnswer) string {
	w := h.visitor
	switch {
	case got.Visitor != w.id || got.Region != w.region:
		return "session-visitor"
	case slices.ContainsFunc(got.Trail, func(page string) bool { return !slices.Contains(w.pages, page) }):
		return "session-visitor"
	case len(got.Trail) == 0 || got.Trail[0] != w.pages[h.index] || len(got.Trail) != min(got.Views, keptPages):
		return "session-trail"
	case !h.hasOffers(got):
		return "session-offers"
	}
	return ""
}

func (h *homeAsk) hasOffers(got homeAnswer) bool {
	want := h.model.offersOf(h.visitor, got.Views)
	if len(got.Offers) != len(want) {
		return false
	}
	for i, sku := range want {
		product, _ := h.model.shop.Product(sku)
		if o := got.Offers[i]; o.SKU != sku || o.Title != product.Title || o.PriceCents != product.PriceCents {
			return false
		}
	}
	return true
}

func (h *homeAsk) String() string {
	w := h.visitor
	return fmt.Sprintf(`200 {"visitor":%q,"region":%q,"views":1 to %d,"trail":[%q, and the visitor's pages before it],"offers":[…]}`,
		w.id, w.region, h.index+1, cut(w.pages[h.index], 40))
}

// sessionsJudge follows one target. Who was here before can be known or forgotten: a trail
// that goes on with what the visitor did is evidence that only a kept session has.
type sessionsJudge struct {
	plan  *sessionsPlan
	tally *tally

	mu      sync.Mutex
	seen    map[string]*visitorRecord // by ID, until the last visit has ended
	clock   int64                     // counts beginnings and ends
	returns Returns
}

// visitorRecord has, for each page of a visitor, when its request began and ended; 0: not yet.
type visitorRecord struct {
	began, ended []int64
	sent         []time.Time
	left         int
}

func newSessionsJudge(p *sessionsPlan) *sessionsJudge {
	return &sessionsJudge{plan: p, tally: newTally(p.classes), seen: map[string]*visitorRecord{}}
}

func (j *sessionsJudge) Begin(r *Request) Ticket {
	if ask, ok := r.expect.(*homeAsk); ok {
		j.mu.Lock()
		defer j.mu.Unlock()
		record := j.seen[ask.visitor.id]
		if record == nil {
			n := len(ask.visitor.pages)
			record = &visitorRecord{began: make([]int64, n), ended: make([]int64, n), sent: make([]time.Time, n), left: n}
			j.seen[ask.visitor.id] = record
		}
		j.clock++
		record.began[ask.index] = j.clock
		record.sent[ask.index] = time.Now()
	}
	return Ticket{}
}

func (j *sessionsJudge) End(_ Ticket, r *Request, a Answer) *Fault {
	ask, ok := r.expect.(*homeAsk)
	if !ok {
		fault := r.expect.check(a)
		j.tally.count(r, fault)
		return fault
	}
	got, fault := ask.read(a)
	j.mu.Lock()
	if record := j.seen[ask.visitor.id]; record != nil {
		j.clock++
		if fault == nil && j.plan.options.Thorough {
			fault = record.explain(ask, got)
		}
		j.count(record, ask, got, fault)
		record.ended[ask.index] = j.clock
		j.leave(record, ask)
	}
	j.mu.Unlock()
	j.tally.count(r, fault)
	return fault
}

// Lost leaves the visit without an end: the session may have it or not.
func (j *sessionsJudge) Lost(_ Ticket, r *Request) {
	if ask, ok := r.expect.(*homeAsk); ok {
		j.mu.Lock()
		defer j.mu.Unlock()
		if record := j.seen[ask.visitor.id]; record != nil {
			j.leave(record, ask)
		}
	}
}

func (j *sessionsJudge) leave(record *visitorRecord, ask *homeAsk) {
	record.left--
	if record.left == 0 {
		delete(j.seen, ask.visitor.id)
	}
}

// count says whether a visitor who was here before, and had left, was known.
func (j *sessionsJudge) count(record *visitorRecord, ask *homeAsk, got homeAnswer, fault *Fault) {
	if ask.index == 0 || !record.isBefore(ask.index-1, ask.index) {
		return
	}
	known := uint64(0)
	if fault == nil && slices.Contains(got.Trail[1:], ask.visitor.pages[ask.index-1]) {
		known = 1
	}
	switch {
	case ask.visitor.gaps[ask.index-1] >= farGap[0]:
		j.returns.Late++
		j.returns.LateKnown += known
	case time.Since(record.sent[ask.index-1]) <= keptFor:
		j.returns.Soon++
		j.returns.SoonKnown += known
	}
}

// Returns implements Returning.
func (j *sessionsJudge) Returns() Returns {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.returns
}

func (j *sessionsJudge) Close(context.Context) ([]Invariant, error) { return j.tally.invariants(), nil }

// isBefore says whether visit a had ended when b began.
func (v *visitorRecord) isBefore(a, b int) bool {
	return v.ended[a] != 0 && v.ended[a] < v.began[b]
}

// explain compares a trail with what the visitor did. Visits in flight at the same time may
// stand in either order, and a session may begin anew with any visit; but nothing is left out
// of a trail that reaches further back, and there is no order that never was:
//
//	visits     1 ├──┤  2 ├──┤  3 ├──┤          4 ├──┤
//	trail of 4                 [4], [4 3], [4 3 2], [4 3 2 1]; not [4 2], [4 2 3]
func (v *visitorRecord) explain(ask *homeAsk, got homeAnswer) *Fault {
	trail := make([]int, 0, len(got.Trail))
	for _, page := range got.Trail {
		at := v.placeOf(ask, page, trail)
		if at < 0 {
			return &Fault{Rule: "session-trail", Expected: ask.String()}
		}
		trail = append(trail, at)
	}
	for i := 1; i < len(trail); i++ {
		if v.isBefore(trail[i-1], trail[i]) {
			return &Fault{Rule: "session-trail", Expected: ask.String()}
		}
	}
	if got.Views > v.count() || v.leavesOut(ask, trail) {
		return &Fault{Rule: "session-trail", Expected: ask.String()}
	}
	return nil
}

// placeOf finds the visit of a page that isn't in the trail yet, the newest if there are more.
func (v *visitorRecord) placeOf(ask *homeAsk, page string, trail []int) int {
	for at := len(v.began) - 1; at >= 0; at-- {
		if v.began[at] != 0 && ask.visitor.pages[at] == page && !slices.Contains(trail, at) {
			return at
		}
	}
	return -1
}

// count is how many visits have begun.
func (v *visitorRecord) count() int {
	n := 0
	for _, began := range v.began {
		if began != 0 {
			n++
		}
	}
	return n
}

// leavesOut says whether a visit is missing that ended before this one began, and began
// when the oldest of the trail had ended.
func (v *visitorRecord) leavesOut(ask *homeAsk, trail []int) bool {
	oldest := trail[len(trail)-1]
	for at := range v.began {
		if !slices.Contains(trail, at) && v.isBefore(oldest, at) && v.isBefore(at, ask.index) {
			return true
		}
	}
	return false
}
