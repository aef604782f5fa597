package main

import (
	"maps"
	"strings"
	"sync"
	"time"

	"bazaar/internal/shop"
)

const (
	keptPages     = 12
	offersPerView = 6

	// idleTimeout is how long a visitor may stay away. It is looked at sweepEvery.
	idleTimeout = 1100 * time.Millisecond
	sweepEvery  = 100 * time.Millisecond
)

// sessions are the visitors of the shop.
type sessions struct {
	offers *offers

	mu   sync.Mutex // guards what follows, and every session in it
	byID map[string]*session
}

func newSessions(o *offers) *sessions {
	s := &sessions{offers: o, byID: map[string]*session{}}
	go s.sweep(time.Tick(sweepEvery))
	return s
}

// sweep forgets at every tick who looked at one page and has been away for too long.
func (s *sessions) sweep(ticks <-chan time.Time) {
	for now := range ticks {
		s.mu.Lock()
		maps.DeleteFunc(s.byID, func(_ string, kept *session) bool {
			return kept.views == 1 && now.Sub(kept.seen) > idleTimeout
		})
		s.mu.Unlock()
	}
}

// visit adds a page to the visitor's session and returns what the home page shows.
func (s *sessions) visit(v visitor, page string) home {
	s.mu.Lock()
	defer s.mu.Unlock()
	current, known := s.byID[v.id]
	if !known {
		current = newSession(v, s.offers)
		s.byID[v.id] = current
	}
	current.seen = time.Now()
	current.add(page)
	return current.home()
}

// session is what the gateway knows of a visitor.
type session struct {
	visitor visitor
	seen    time.Time // the last visit
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
