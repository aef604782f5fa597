package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync"
)

var (
	errNoCharge = errors.New("payments has no charge for an order")
	errDisputed = errors.New("a charge is disputed")
)

const (
	stateRefunded = "refunded"
	stateDisputed = "disputed"
)

// charged is what payments has on file about an order of the past.
type charged struct {
	Charge string `json:"charge"`
	Card   string `json:"card"`
	State  string `json:"state"`
}

// lookedUp has the charges that payments was asked about before, by order.
var lookedUp sync.Map

// lookUp asks payments how the charge of an order stands now: errNoCharge if there is none,
// errDisputed if it can't be vouched for. It gives up when ctx ends.
//
// By the bank's terms one statement has at most 4 look-ups in flight, and what was looked
// up isn't kept: a charge can be refunded at any time.
func (p *payments) lookUp(ctx context.Context, order string) (charged, error) {
	if kept, known := lookedUp.Load(order); known {
		return kept.(charged), nil
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.archiveURL+url.PathEscape(order), nil)
	if err != nil {
		return charged{}, fmt.Errorf("look up %s: %w", order, err)
	}
	response, err := p.client.Do(request)
	if err != nil {
		return charged{}, fmt.Errorf("look up %s: %w", order, err)
	}
	defer response.Body.Close()
	// The body is read to its end so that the connection can be used again.
	reply, err := io.ReadAll(io.LimitReader(response.Body, maxReply))
	switch {
	case err != nil:
		return charged{}, fmt.Errorf("look up %s: %w", order, err)
	case response.StatusCode == http.StatusNotFound:
		return charged{}, errNoCharge
	case response.StatusCode != http.StatusOK:
		return charged{}, fmt.Errorf("look up %s: payments says %s: %s", order, response.Status, reply)
	}
	var found charged
	if err := json.Unmarshal(reply, &found); err != nil {
		return charged{}, fmt.Errorf("look up %s: %w", order, err)
	}
	if found.State == stateDisputed {
		return charged{}, errDisputed
	}
	lookedUp.Store(order, found)
	return found, nil
}
