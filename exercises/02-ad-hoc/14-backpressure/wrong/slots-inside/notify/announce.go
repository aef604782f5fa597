package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
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
	slots chan struct{}                  // one place for each message that is under way
}

func newAnnouncer(s *shop.Shop) *announcer {
	lists := sync.OnceValue(func() map[string][]subscriber {
		lists := map[string][]subscriber{}
		for _, list := range s.Lists() {
			for _, sub := range list.Subscribers {
				lists[list.ID] = append(lists[list.ID], subscriber{sub.CustomerID, sub.Token})
			}
		}
		return lists
	})
	return &announcer{lists: lists, slots: make(chan struct{}, push.Slots)}
}

// outcome is what became of one subscriber's message.
type outcome struct {
	receipt string // of the push provider
	failed  string // why there is none
}

// announce tells all subscribers, as many at once as the provider takes, and returns what
// became of each message, in the order of the subscribers. An announcement fails as a whole
// when its caller is gone before everybody was told.
func (a *announcer) announce(ctx context.Context, text string, to []subscriber) ([]outcome, error) {
	outcomes := make([]outcome, len(to))
	errs := make([]error, len(to))
	var sends sync.WaitGroup
	for i := range to {
		sends.Add(1)
		go func() {
			defer sends.Done()
			a.slots <- struct{}{}
			defer func() { <-a.slots }()
			outcomes[i], errs[i] = tell(ctx, text, to[i])
		}()
	}
	sends.Wait()
	return outcomes, cmp.Or(errs...)
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
