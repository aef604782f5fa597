package main

import (
	"strings"
	"sync"

	"bazaar/internal/shop"
)

const (
	keptPages     = 12
	offersPerView = 6

	// generation is half of the sessions that there is room for.
	generation = 250
)

// sessions are the visitors of the shop in two generations: when the young one is full, the
// old one is forgotten and the young one takes its place.
type sessions struct {
	offers *offers

	mu    sync.Mutex // guards what follows, and every session in it
	young map[string]*session
	old   map[string]*session
}

func newSessions(o *offers) *sessions {
	return &sessions{offers: o, young: make(map[string]*session, generation)}
}

// visit adds a page to the visitor's session and returns what the home page shows.
func (s *sessions) visit(v visitor, page string) home {
	s.mu.Lock()
	defer s.mu.Unlock()
	current := s.find(v)
	current.add(page)
	return current.home()
}

// find returns the visitor's session, which is young from now on.
func (s *sessions) find(v visitor) *session {
	if current, known := s.young[v.id]; known {
		return current
	}
	current, known := s.old[v.id]
	if known {
		delete(s.old, v.id)
	} else {
		current = newSession(v, s.offers)
	}
	if len(s.young) == generation {
		s.old, s.young = s.young, make(map[string]*session, generation)
	}
	s.young[v.id] = current
	return current
}

// session is what the gateway knows of a visitor.
type session struct {
	visitor visitor
	views   int
	trail   []string        // the last pages, oldest first
	offers  []*shop.Product // in the order in which they are shown
}

func newSession(v visitor, o *offers) *session {
	ranking := o.rank(v)
	s := &session{visitor: v, offers: make([]*shop.Product, len(ranking))}
	for i, r := range ranking {
		s.offers[i] = r.product
	}
	return s
}

// add notes a page. The copy doesn't keep the request in memory.
func (s *session) add(page string) {
	s.views++
	if len(s.trail) == keptPages {
		copy(s.trail, s.trail[1:])
		s.trail = s.trail[:keptPages-1]
	}
	s.trail = append(s.trail, strings.Clone(page))
}

// home is a snapshot: the session goes on changing.
func (s *session) home() home {
	h := home{Visitor: s.visitor.id, Region: s.visitor.region, Views: s.views}
	for i := len(s.trail) - 1; i >= 0; i-- {
		h.Trail = append(h.Trail, s.trail[i])
	}
	first := (s.views - 1) * offersPerView
	for i := range offersPerView {
		product := s.offers[(first+i)%len(s.offers)]
		h.Offers = append(h.Offers, offer{SKU: product.SKU, Title: product.Title, PriceCents: product.PriceCents})
	}
	return h
}
