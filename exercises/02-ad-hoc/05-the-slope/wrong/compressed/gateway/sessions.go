package main

import (
	"bytes"
	"compress/flate"
	"io"
	"sync"
)

const (
	keptPages     = 12
	offersPerView = 6
)

// sessions are the visitors of the shop.
type sessions struct {
	offers *offers

	mu   sync.Mutex // guards what follows, and every session in it
	byID map[string]*session
}

func newSessions(o *offers) *sessions {
	return &sessions{offers: o, byID: map[string]*session{}}
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
	current.add(page)
	return current.home()
}

// session is what the gateway knows of a visitor.
type session struct {
	visitor visitor
	views   int
	trail   [][]byte // the last pages, oldest first, compressed
	offers  *offers
}

func newSession(v visitor, o *offers) *session {
	return &session{visitor: v, offers: o}
}

// add notes a page.
func (s *session) add(page string) {
	s.views++
	if len(s.trail) == keptPages {
		copy(s.trail, s.trail[1:])
		s.trail = s.trail[:keptPages-1]
	}
	s.trail = append(s.trail, compress(page))
}

// home is a snapshot: the session goes on changing.
func (s *session) home() home {
	h := home{Visitor: s.visitor.id, Region: s.visitor.region, Views: s.views}
	for i := len(s.trail) - 1; i >= 0; i-- {
		h.Trail = append(h.Trail, expand(s.trail[i]))
	}
	ranking := s.offers.rank(s.visitor)
	first := (s.views - 1) * offersPerView
	for i := range offersPerView {
		product := ranking[(first+i)%len(ranking)].product
		h.Offers = append(h.Offers, offer{SKU: product.SKU, Title: product.Title, PriceCents: product.PriceCents})
	}
	return h
}

func compress(page string) []byte {
	var packed bytes.Buffer
	w, _ := flate.NewWriter(&packed, flate.BestSpeed) // the level is valid
	_, _ = io.WriteString(w, page)                    // a Buffer doesn't fail
	_ = w.Close()
	return bytes.Clone(packed.Bytes())
}

func expand(packed []byte) string {
	page, _ := io.ReadAll(flate.NewReader(bytes.NewReader(packed))) // compress made it
	return string(page)
}
