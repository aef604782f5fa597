package main

import (
	"fmt"
	"slices"
)

const (
	defaultLimit = 50
	maxLimit     = 50
	maxNote      = 240
)

var events = []string{"back-in-stock", "price-drop", "last-pieces"}

// alert is what happened to a product, as sent.
type alert struct {
	Event string `json:"event"`
	SKU   string `json:"sku"`
	Limit *int   `json:"limit"`
	Note  string `json:"note"`
}

// validate checks everything that needs no catalogue.
func (a *alert) validate() error {
	switch {
	case !slices.Contains(events, a.Event):
		return fmt.Errorf("event %q is none of %v", a.Event, events)
	case !isSKU(a.SKU):
		return fmt.Errorf("sku %q is not like KT-0042", a.SKU)
	case a.Limit != nil && (*a.Limit < 1 || *a.Limit > maxLimit):
		return fmt.Errorf("limit %d is not 1 to %d", *a.Limit, maxLimit)
	case len(a.Note) > maxNote:
		return fmt.Errorf("note is longer than %d characters", maxNote)
	}
	for _, c := range []byte(a.Note) {
		if c < ' ' || c > '~' {
			return fmt.Errorf("note %q has more than printable ASCII", a.Note)
		}
	}
	return nil
}

func (a *alert) limit() int {
	if a.Limit == nil {
		return defaultLimit
	}
	return *a.Limit
}

// isSKU says whether sku is two capital letters, a dash and four digits.
func isSKU(sku string) bool {
	if len(sku) != 7 || sku[2] != '-' {
		return false
	}
	for i, c := range []byte(sku) {
		if i < 2 && (c < 'A' || c > 'Z') || i > 2 && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}
