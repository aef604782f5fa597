package scenario

import (
	"context"
	"slices"

	"bazaar/internal/shop"
)

// visits say how the visitors of a shape come and go. Gaps are in requests.
type visits struct {
	returning  int    // percent who come back, soon enough to be known by any sensible store
	again      int    // percent of them who do so once more
	near       [2]int // least and most requests until then
	quick      int    // percent who load the page again at once
	far        int    // percent who come back when a bounded store has forgotten them
	refused    int    // percent of all requests
	pages      [2]int // least and most bytes of a page
	longest    int    // percent of visitors who stay for many pages; for them every gap is quick
	hardToRead bool   // pages with characters that have to be escaped
}

var (
	quickGap = [2]int{4, 15}
	farGap   = [2]int{1000, 1200}
)

var visitsOf = map[string]visits{
	Default: {returning: 45, again: 15, near: [2]int{150, 300}, quick: 5, far: 8, refused: 3, pages: [2]int{800, 1200}},
	Heldout: {returning: 60, again: 30, near: [2]int{75, 200}, quick: 10, refused: 3, pages: [2]int{100, 1200}},
	Small:   {returning: 45, again: 15, near: [2]int{150, 300}, quick: 5, pages: [2]int{250, 250}},
	Large:   {returning: 45, again: 15, near: [2]int{150, 300}, quick: 5, pages: [2]int{1000, 1000}},
}

// thoroughVisits meet everything that a session can get wrong within a thousand requests.
var thoroughVisits = map[string]visits{
	Default: {returning: 40, again: 50, near: [2]int{1, 60}, quick: 20, far: 6, longest: 12, refused: 15, pages: [2]int{1, 300}, hardToRead: true},
	Heldout: {returning: 40, again: 50, near: [2]int{1, 200}, quick: 30, longest: 20, refused: 15, pages: [2]int{1, 1200}, hardToRead: true},
}

// sessionsPlan is the traffic of the gateway's visitors. There is no end to them, so each
// is made when it is due.
type sessionsPlan struct {
	options Options
	model   *sessionsModel
	visits  visits
	classes []*class

	first, later, refused *class
}

func newSessions(o Options) Plan {
	p := &sessionsPlan{
		options: o, model: newSessionsModel(shop.New(o.ShopSeed)), visits: visitsOf[o.Shape],
		first:   &class{id: "sessions-first", title: "Every new visitor gets a session of their own"},
		later:   &class{id: "sessions-later", title: "Every visitor who is back goes on with the session, or begins a new one"},
		refused: &class{id: "sessions-refusals", title: "Every forged token and bad page is refused by its code"},
	}
	if v, ok := thoroughVisits[o.Shape]; ok && o.Thorough {
		p.visits = v
	}
	p.classes = classes(p.first, p.later, p.refused)
	return p
}

func (p *sessionsPlan) Judge(context.Context, Access) (Judge, error) { return newSessionsJudge(p), nil }

func (p *sessionsPlan) Stream() Stream {
	seed := p.options.Seed
	return &visitStream{plan: p, dice: newDice(seed, "sessions/"+p.options.Shape)}
}

// visitStream is what visitors ask, in the order of their turns.
type visitStream struct {
	plan   *sessionsPlan
	dice   dice
	turn   int           // requests so far
	due    []visit       // who comes back, as a heap by turn
	recent []*webVisitor // some who were here lately, for those who pretend to be them
}

// visit is one page of a visitor, and the turn that it is due at.
type visit struct {
	turn    int
	visitor *webVisitor
	index   int // into the visitor's pages
}

const keptRecent = 64

func (s *visitStream) Next() *Request {
	s.turn++
	if s.dice.chance(s.plan.visits.refused) {
		return s.plan.refusal(&s.dice, s.recent)
	}
	next := visit{}
	if len(s.due) > 0 && s.due[0].turn <= s.turn {
		next = s.pop()
	} else {
		next.visitor = s.plan.model.newVisitor(&s.dice, s.plan.visits)
		s.remember(next.visitor)
	}
	if after := next.index + 1; after < len(next.visitor.pages) {
		s.push(visit{turn: s.turn + next.visitor.gaps[next.index], visitor: next.visitor, index: after})
	}
	return s.plan.ask(next.visitor, next.index)
}

func (s *visitStream) Clone() Stream {
	clone := *s
	clone.due, clone.recent = slices.Clone(s.due), slices.Clone(s.recent)
	return &clone
}

func (s *visitStream) remember(v *webVisitor) {
	if len(s.recent) < keptRecent {
		s.recent = append(s.recent, v)
	} else {
		s.recent[s.turn%keptRecent] = v
	}
}

func (s *visitStream) push(v visit) {
	s.due = append(s.due, v)
	for at := len(s.due) - 1; at > 0; {
		parent := (at - 1) / 2
		if s.due[parent].turn <= s.due[at].turn {
			break
		}
		s.due[parent], s.due[at] = s.due[at], s.due[parent]
		at = parent
	}
}

func (s *visitStream) pop() visit {
	first, last := s.due[0], len(s.due)-1
	s.due[0], s.due[last] = s.due[last], visit{}
	s.due = s.due[:last]
	for at := 0; ; {
		least := at
		for child := 2*at + 1; child <= 2*at+2 && child < last; child++ {
			if s.due[child].turn < s.due[least].turn {
				least = child
			}
		}
		if least == at {
			return first
		}
		s.due[at], s.due[least] = s.due[least], s.due[at]
		at = least
	}
}
