package behave

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"bazaar/internal/shop"
	"bazaar/load/scenario"
)

// sessionFaults are the ways in which the sessions of these tests can be wrong, or, for the
// first two, right in another way.
type sessionFaults struct {
	forgetful, bounded                                        bool
	shared, replicas, oldestFirst, short, repeated, miscounts bool
	sameOffers, wrongPrices, anyToken, anyPage, moved, broken bool
}

// sessionStore answers plainly and rightly, except for its faults.
type sessionStore struct {
	sessionFaults
	*sessionTruth

	mu     sync.Mutex
	trails map[string][]string // newest first
	order  []string
	turn   int
}

// sessionTruth is what all stores agree about.
type sessionTruth struct {
	categories [][]shop.Product
	tokens     map[string]bool // that are the login service's
	ranked     sync.Map        // ID → []shop.Product
}

func newSessionStore(t *testing.T, truth *sessionTruth, f sessionFaults) string {
	s := &sessionStore{sessionFaults: f, sessionTruth: truth, trails: map[string][]string{}}
	return serve(t, s.ask)
}

// truthOf has the tokens in a plan that nobody is to be refused with.
func truthOf(plan scenario.Plan) *sessionTruth {
	truth := &sessionTruth{tokens: map[string]bool{}}
	byName := map[string][]shop.Product{}
	for _, p := range shop.New(1).Products {
		byName[p.Category] = append(byName[p.Category], p)
	}
	for _, name := range []string{"bathroom", "bedroom", "garden", "kitchen", "nursery", "office", "outdoor", "workshop"} {
		truth.categories = append(truth.categories, byName[name])
	}
	stream := plan.Stream()
	for range 2600 {
		request := stream.Next()
		if a, refused := request.Example(); !refused || a.Status == 400 {
			at, _ := url.Parse(request.Path)
			truth.tokens[at.Query().Get("session")] = true
		}
	}
	return truth
}

var control = regexp.MustCompile(`[\x00-\x1f\x7f\x{80}-\x{9f}]`)

func (s *sessionStore) ask(w http.ResponseWriter, r *http.Request) {
	token, page := r.FormValue("session"), r.FormValue("page")
	bad := page == "" || len(page) > 1200 || strings.ToValidUTF8(page, "") != page || control.MatchString(page)
	parts := strings.Split(token, ".")
	switch {
	case !s.tokens[token] && !(s.anyToken && len(parts) == 3):
		refuse(w, 401, "bad-session")
		return
	case bad && !s.anyPage:
		refuse(w, 400, "bad-page")
		return
	case s.broken && len(page) > 200:
		refuse(w, 500, "internal")
		return
	}
	trail, views := s.visit(parts[0], parts[1], page)
	region := parts[1]
	if s.moved {
		region = "north"
	}
	answer(w, 200, map[string]any{
		"visitor": parts[0], "region": region, "views": views, "trail": trail, "offers": s.offers(parts[0], views),
	})
}

func (s *sessionStore) visit(id, region, page string) (trail []string, views int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.turn++
	key := id
	switch {
	case s.forgetful:
		delete(s.trails, key)
	case s.shared:
		key = region
	case s.replicas:
		key += string(rune('0' + s.turn%2))
	case s.bounded && s.trails[key] == nil:
		if s.order = append(s.order, key); len(s.order) > 40 {
			delete(s.trails, s.order[0])
			s.order = s.order[1:]
		}
	}
	s.trails[key] = slices.Insert(s.trails[key], 0, page)
	views = len(s.trails[key])
	trail = slices.Clone(s.trails[key][:min(views, 12)])
	switch {
	case s.oldestFirst:
		slices.Reverse(trail)
	case s.short:
		trail = trail[:min(views, 3)]
	case s.repeated && views > 2:
		trail[2] = trail[1]
	case s.miscounts:
		views = max(views, 3)
	}
	return trail, views
}

func (s *sessionStore) offers(id string, views int) []map[string]any {
	category := s.rank(id)
	if s.sameOffers {
		views = 1
	}
	var list []map[string]any
	for i := range 6 {
		p := category[(6*(views-1)+i)%len(category)]
		if s.wrongPrices {
			p.PriceCents--
		}
		list = append(list, map[string]any{"sku": p.SKU, "title": p.Title, "priceCents": p.PriceCents})
	}
	return list
}

func (s *sessionTruth) rank(id string) []shop.Product {
	if ranked, known := s.ranked.Load(id); known {
		return ranked.([]shop.Product)
	}
	category := slices.Clone(s.categories[hashOf(id)%uint32(len(s.categories))])
	scores := map[string]int{}
	for _, p := range category {
		scores[p.SKU] = p.Popularity + int(hashOf(id+p.SKU)%1000)
	}
	slices.SortStableFunc(category, func(a, b shop.Product) int { return scores[b.SKU] - scores[a.SKU] })
	s.ranked.Store(id, category)
	return category
}

func hashOf(text string) uint32 {
	h := uint32(0x811c9dc5)
	for _, c := range []byte(text) {
		h ^= uint32(c)
		h *= 0x01000193
	}
	return h
}

func TestRightSessionsHaveNothingWrongWhoeverTheyForget(t *testing.T) {
	plan := planOf(t, "sessions")
	truth := truthOf(plan)
	for name, f := range map[string]sessionFaults{
		"everybody is known": {}, "nobody is known": {forgetful: true}, "some are known": {bounded: true},
	} {
		t.Run(name, func(t *testing.T) {
			mustBeRight(t, behave(t, plan, newSessionStore(t, truth, f), ""))
		})
	}
}

func TestEveryWrongSessionIsCaughtByARuleWithAName(t *testing.T) {
	plan := planOf(t, "sessions")
	truth := truthOf(plan)
	for name, c := range map[string]struct {
		sessionFaults
		rule string
	}{
		"one session for a region":        {sessionFaults{shared: true}, "session-visitor"},
		"another region":                  {sessionFaults{moved: true}, "session-visitor"},
		"two replicas that don't share":   {sessionFaults{replicas: true}, "session-trail"},
		"trails the other way round":      {sessionFaults{oldestFirst: true}, "session-trail"},
		"trails that are too short":       {sessionFaults{short: true}, "session-trail"},
		"trails with a page twice":        {sessionFaults{repeated: true}, "session-trail"},
		"more views than there were":      {sessionFaults{miscounts: true}, "session-trail"},
		"the same offers for every view":  {sessionFaults{sameOffers: true}, "session-offers"},
		"offers that are a cent too dear": {sessionFaults{wrongPrices: true}, "session-offers"},
		"tokens that nobody checked":      {sessionFaults{anyToken: true}, "must-refuse"},
		"pages that nobody checked":       {sessionFaults{anyPage: true}, "must-refuse"},
		"long pages that break it":        {sessionFaults{broken: true}, "server-error"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := newSessionStore(t, truth, c.sessionFaults)
			mustBreak(t, behaveFor(t, 500, plan, url, ""), c.rule)
		})
	}
}
