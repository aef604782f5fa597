package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"bazaar/internal/push"
	"bazaar/internal/shop"
)

// errBusy says that there is no room for an announcement now; nobody was told.
var errBusy = errors.New("too many announcements are under way")

// subscriber is a customer's device.
type subscriber struct {
	customer string // ID
	token    string
}

// announcer answers for the lists of one shop.
type announcer struct {
	lists func() map[string][]subscriber // by ID, longest subscribed first; made when first asked for
}

func newAnnouncer(s *shop.Shop) *announcer {
	return &announcer{lists: sync.OnceValue(func() map[string][]subscriber {
		lists := map[string][]subscriber{}
		for _, list := range s.Lists() {
			for _, sub := range list.Subscribers {
				lists[list.ID] = append(lists[list.ID], subscriber{sub.CustomerID, sub.Token})
			}
		}
		return lists
	})}
}

// outcome is what became of one subscriber's message.
type outcome struct {
	receipt string // of the push provider
	failed  string // why there is none
}

// announce tells all subscribers with one call, and returns what became of their messages, in
// the order of the subscribers.
func (a *announcer) announce(ctx context.Context, text string, to []subscriber) ([]outcome, error) {
	tokens := make([]string, len(to))
	for i := range to {
		tokens[i] = to[i].token
	}
	told, err := tell(ctx, text, subscriber{customer: "all", token: strings.Join(tokens, ",")})
	outcomes := make([]outcome, len(to))
	for i := range outcomes {
		outcomes[i] = told
	}
	return outcomes, err
}

// tell sends one subscriber's message. A device that is gone is an outcome, not an error.
func tell(ctx context.Context, text string, to subscriber) (outcome, error) {
	receipt, err := push.Send(ctx, to.token, text)
	switch {
	case errors.Is(err, push.ErrUnregistered):
		return outcome{failed: "unregistered"}, nil
	case err != nil:
		return outcome{}, fmt.Errorf("tell %s: %w", to.customer, err)
	}
	return outcome{receipt: receipt}, nil
}
