package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

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
	lists    func() map[string][]subscriber // by ID, longest subscribed first; made when first asked for
	underWay atomic.Int64                   // announcements
}

const (
	// maxAnnouncements is how many announcements are under way at a time.
	maxAnnouncements = 24

	// sendersEach is how many messages of one announcement are under way. Eight use all
	// that the provider has.
	sendersEach = push.Slots / 8
)

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

// announce tells all subscribers, a few at a time, and returns what became of each message, in
// the order of the subscribers. With too many announcements under way it is refused before
// anything is begun. It fails as a whole when its caller is gone before everybody was told.
func (a *announcer) announce(ctx context.Context, text string, to []subscriber) ([]outcome, error) {
	defer a.underWay.Add(-1)
	if a.underWay.Add(1) > maxAnnouncements {
		return nil, errBusy
	}
	outcomes := make([]outcome, len(to))
	errs := make([]error, len(to))
	var next atomic.Int64
	var senders sync.WaitGroup
	for range min(sendersEach, len(to)) {
		senders.Add(1)
		go func() {
			defer senders.Done()
			for i := next.Add(1) - 1; i < int64(len(to)); i = next.Add(1) - 1 {
				outcomes[i], errs[i] = tell(ctx, text, to[i])
			}
		}()
	}
	senders.Wait()
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
