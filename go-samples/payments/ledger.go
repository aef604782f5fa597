package main

import (
	"fmt"
	"maps"
	"sync"
)

// ledgerLimit is how many orders the ledger lists. It counts all of them.
const ledgerLimit = 20_000

// ledger is what the bank remembers.
type ledger struct {
	mu      sync.Mutex
	charges int // approved since the start; numbers the charges, survives a reset
	entries ledgerJSON

	refunded map[string]bool // by order of the archive
}

type ledgerJSON struct {
	InFlight        int            `json:"inFlight"`
	MaxInFlight     int            `json:"maxInFlight"`
	Approved        map[string]int `json:"approved"` // order → cents
	ApprovedOmitted int            `json:"approvedOmitted"`
	ApprovedCount   int            `json:"approvedCount"`
	ApprovedCents   int            `json:"approvedCents"`
	DeclinedCount   int            `json:"declinedCount"`
	LookupCount     int            `json:"lookupCount"`
}

func newLedger() *ledger {
	return &ledger{entries: ledgerJSON{Approved: map[string]int{}}, refunded: map[string]bool{}}
}

func (l *ledger) begin() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries.InFlight++
	l.entries.MaxInFlight = max(l.entries.MaxInFlight, l.entries.InFlight)
}

func (l *ledger) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries.InFlight--
}

// approve writes down a charge and returns its number.
func (l *ledger) approve(order string, cents int) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.charges++
	e := &l.entries
	e.ApprovedCount++
	e.ApprovedCents += cents
	if _, listed := e.Approved[order]; listed || len(e.Approved) < ledgerLimit {
		e.Approved[order] += cents
	} else {
		e.ApprovedOmitted++
	}
	return fmt.Sprintf("ch-%06d", l.charges)
}

func (l *ledger) decline() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries.DeclinedCount++
}

func (l *ledger) countLookup() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries.LookupCount++
}

func (l *ledger) refund(order string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.refunded[order] = true
}

func (l *ledger) isRefunded(order string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.refunded[order]
}

func (l *ledger) read() ledgerJSON {
	l.mu.Lock()
	defer l.mu.Unlock()
	copied := l.entries
	copied.Approved = maps.Clone(l.entries.Approved)
	return copied
}

// reset forgets everything but what is in flight.
func (l *ledger) reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	running := l.entries.InFlight
	l.entries = ledgerJSON{InFlight: running, MaxInFlight: running, Approved: map[string]int{}}
	l.refunded = map[string]bool{}
}
