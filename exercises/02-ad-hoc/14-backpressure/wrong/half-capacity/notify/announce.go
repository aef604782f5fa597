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
	room  chan struct{}                  // one place for each announcement that is under way
	slots chan struct{}                  // one place for each message that is under way
}

// maxAnnouncements is how many announcements are under way at a time; the last of them has
// waited for half a second when it is done.
const maxAnnouncements = 32

// maxSends is how many messages are under way at a time; the provider has others to serve.
const maxSends = 16

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
	return &announcer{
		lists: lists,
		room:  make(chan struct{}, maxAnnouncements),
		slots: make(chan struct{}, maxSends),
	}
}

// outcome is what became of one subscriber's message.
type outcome struct {
	receipt string // of the push provider
	failed  string // why there is none
}

// announce tells all subscribers, some of them at once, and returns what
// became of each message, in the order of the subscribers. Without room for one more
// announcement it is refused before anything is begun. It fails as a whole when its caller is
// gone before everybody was told.
func (a *announcer) announce(ctx context.Context, text string, to []subscriber) ([]outcome, error) {
	select {
	case a.room <- struct{}{}:
		defer func() { <-a.room }()
	default:
		return nil, errBusy
	}
	outcomes := make([]outcome, len(to))
	errs := make([]error, len(to))
	var sends sync.WaitGroup
	for i := range to {
		// The slot comes first, then the goroutine: one goroutine of an announcement waits here, not fifty.
		a.slots <- struct{}{}
		sends.Add(1)
		go func() {
			defer func() {
				<-a.slots
				sends.Done()
			}()
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
