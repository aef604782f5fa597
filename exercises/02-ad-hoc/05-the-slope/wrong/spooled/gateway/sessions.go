package main

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"

	"bazaar/internal/shop"
)

const (
	keptPages     = 12
	offersPerView = 6
)

// sessions are the visitors of the shop. What is known of them lies in a file.
type sessions struct {
	offers *offers

	mu    sync.Mutex // guards what follows
	spool *os.File
	end   int64
	byID  map[string]span // the newest record of each visitor
}

// span is where a record lies in the spool.
type span struct {
	at     int64
	length int
}

// record is what a visitor has done so far.
type record struct {
	Views int      `json:"views"`
	Trail []string `json:"trail"`
}

func newSessions(o *offers) *sessions {
	spool, err := os.CreateTemp("", "sessions-")
	if err != nil {
		panic(fmt.Errorf("sessions: %w", err)) // a gateway without sessions is of no use
	}
	_ = os.Remove(spool.Name()) // where that works it is gone with the process
	return &sessions{offers: o, spool: spool, byID: map[string]span{}}
}

// visit adds a page to the visitor's session and returns what the home page shows.
func (s *sessions) visit(v visitor, page string) home {
	s.mu.Lock()
	defer s.mu.Unlock()
	current := newSession(v, s.offers)
	if err := s.load(current); err != nil {
		slog.Warn("session lost", "visitor", v.id, "error", err)
	}
	current.add(page)
	if err := s.save(current); err != nil {
		slog.Warn("session not kept", "visitor", v.id, "error", err)
	}
	return current.home()
}

func (s *sessions) load(current *session) error {
	place, known := s.byID[current.visitor.id]
	if !known {
		return nil
	}
	text := make([]byte, place.length)
	if _, err := s.spool.ReadAt(text, place.at); err != nil {
		return err
	}
	var kept record
	if err := json.Unmarshal(text, &kept); err != nil {
		return err
	}
	current.views, current.trail = kept.Views, kept.Trail
	return nil
}

func (s *sessions) save(current *session) error {
	text, err := json.Marshal(record{current.views, current.trail})
	if err != nil {
		return err
	}
	if _, err := s.spool.WriteAt(text, s.end); err != nil {
		return err
	}
	s.byID[current.visitor.id] = span{s.end, len(text)}
	s.end += int64(len(text))
	return nil
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
