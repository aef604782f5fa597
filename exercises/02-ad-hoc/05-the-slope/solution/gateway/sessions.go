package main

import (
	"container/list"
	"strings"
	"sync"

	"bazaar/internal/shop"
)

const (
	keptPages     = 12
	offersPerView = 6

	// maxSessions is what there is room for.
	maxSessions = 500
)

// sessions are the visitors of the shop who were here last.
type sessions struct {
	offers *offers

	mu     sync.Mutex // guards what follows, and every session in it
	byID   map[string]*list.Element
	recent *list.List // of *session, the last visitor first
}

func newSessions(o *offers) *sessions {
	return &sessions{offers: o, byID: map[string]*list.Element{}, recent: list.New()}
}

// visit adds a page to the visitor's session and returns what the home page shows.
func (s *sessions) visit(v visitor, page string) home {
	s.mu.Lock()
	defer s.mu.Unlock()
	element, known := s.byID[v.id]
	if known {
		s.recent.MoveToFront(element)
	} else {
		element = s.recent.PushFront(newSession(v, s.offers))
		s.byID[v.id] = element
		s.evict()
	}
	current := element.Value.(*session)
	current.add(page)
	return current.home()
}

// evict forgets who hasn't been here for the longest time.
func (s *sessions) evict() {
	for len(s.byID) > maxSessions {
		oldest := s.recent.Remove(s.recent.Back()).(*session)
		delete(s.byID, oldest.visitor.id)
	}
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
