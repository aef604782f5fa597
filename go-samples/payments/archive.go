package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

var errUnknownCharge = errors.New("the bank has no charge for this order")

const (
	stateSettled  = "settled"
	stateRefunded = "refunded"
	stateDisputed = "disputed"
)

// entry is a charge of the archive as it stands now.
type entry struct {
	Charge string `json:"charge"`
	Card   string `json:"card"`
	State  string `json:"state"`
}

// find looks an order up in the archive, which takes as long as a charge.
func (s *service) find(ctx context.Context, order string) (entry, error) {
	s.ledger.countLookup()
	s.ledger.begin()
	defer s.ledger.end()
	if err := s.sitOut(ctx); err != nil {
		return entry{}, err
	}
	return s.entryOf(order)
}

func (s *service) entryOf(order string) (entry, error) {
	filed, known := s.shop.Settlement(order)
	switch {
	case !known:
		return entry{}, errUnknownCharge
	case filed.Disputed:
		return entry{filed.Charge, filed.Card, stateDisputed}, nil
	case s.ledger.isRefunded(order):
		return entry{filed.Charge, filed.Card, stateRefunded}, nil
	}
	return entry{filed.Charge, filed.Card, stateSettled}, nil
}

// refund gives the money of a settled charge back; again changes nothing.
func (s *service) refund(order string) error {
	e, err := s.entryOf(order)
	if err != nil {
		return err
	}
	if e.State == stateDisputed {
		return fmt.Errorf("%s is disputed", order)
	}
	s.ledger.refund(order)
	return nil
}

// sitOut waits as the bank does; a caller that is gone, as ctx tells, is not waited for.
func (s *service) sitOut(ctx context.Context) error {
	timer := time.NewTimer(s.wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
