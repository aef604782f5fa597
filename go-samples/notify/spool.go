package main

import (
	"strings"
	"sync"
)

const (
	spooled   = 256
	idPrefix  = "m-"
	idDigits  = 16
	idLetters = len(idPrefix) + idDigits
)

// spool keeps the newest messages for the relays.
type spool struct {
	mu     sync.Mutex
	newest [spooled]*message
	next   int
}

func newSpool() *spool { return &spool{} }

func (s *spool) add(m *message) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.newest[s.next] = m
	s.next = (s.next + 1) % spooled
}

func (s *spool) find(id string) (*message, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.newest {
		if m != nil && m.id == id {
			return m, true
		}
	}
	return nil, false
}

func isMessageID(id string) bool {
	return len(id) == idLetters && strings.HasPrefix(id, idPrefix) && isHex(id[len(idPrefix):])
}
