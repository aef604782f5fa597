package main

import (
	"context"
	"errors"
	"fmt"

	"bazaar/internal/shop"
)

const (
	maxOrderBytes  = 64
	maxAmountCents = 100_000_000
)

var errDeclined = errors.New("the bank declined the card")

// charge is what a shop asks for.
type charge struct {
	Order       string `json:"order"`
	Card        string `json:"card"`
	AmountCents int    `json:"amountCents"`
}

func (c charge) validate() error {
	if !isOrder(c.Order) {
		return fmt.Errorf("order %q is not 1 to %d of a-z, 0-9 and dash", c.Order, maxOrderBytes)
	}
	if !shop.IsCard(c.Card) {
		return errors.New("the card is not a test card")
	}
	if c.AmountCents < 1 || c.AmountCents > maxAmountCents {
		return fmt.Errorf("amountCents %d is not 1 to %d", c.AmountCents, maxAmountCents)
	}
	return nil
}

func isOrder(order string) bool {
	for _, c := range []byte(order) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return len(order) >= 1 && len(order) <= maxOrderBytes
}

// take asks the bank, which needs its time, and returns the number of the charge. A caller
// that is gone by then, as ctx tells, isn't charged.
func (s *service) take(ctx context.Context, c charge) (string, error) {
	s.ledger.begin()
	defer s.ledger.end()
	if err := s.sitOut(ctx); err != nil {
		return "", err
	}
	if shop.IsDeclined(c.Card) {
		s.ledger.decline()
		return "", errDeclined
	}
	return s.ledger.approve(c.Order, c.AmountCents), nil
}
