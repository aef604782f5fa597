package main

import (
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
	lists func() map[string][]subscriber // by ID, longest subscribed first; made when first asked for
	queue chan *send
	taken atomic.Int64 // sends that are queued or under way
}

// maxSends is how many messages there is room for: thirty-two announcements to whole lists.
const maxSends = 32 * shop.ListSize

// send is one message of an announcement.
type send struct {
	ctx     context.Context
	text    string
	to      subscriber
	outcome outcome
	err     error
	done    *sync.WaitGroup
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
	a := &announcer{lists: lists, queue: make(chan *send, maxSends)}
	for range push.Slots {
		go a.work()
	}
	return a
}

// work sends what is queued, one message after the other, as long as the process lives.
func (a *announcer) work() {
	for s := range a.queue {
		s.outcome, s.err = tell(s.ctx, s.text, s.to)
		a.taken.Add(-1)
		s.done.Done()
	}
}

// outcome is what became of one subscriber's message.
type outcome struct {
	receipt string // of the push provider
	failed  string // why there is none
}

// announce queues a message for each subscriber, waits until all are sent, and returns what
// became of each, in the order of the subscribers. There is room for all of them or for none.
// An announcement fails as a whole when its caller is gone before everybody was told.
func (a *announcer) announce(ctx context.Context, text string, to []subscriber) ([]outcome, error) {
	if a.taken.Add(int64(len(to))) > maxSends {
		a.taken.Add(-int64(len(to)))
		return nil, errBusy
	}
	var done sync.WaitGroup
	done.Add(len(to))
	sends := make([]send, len(to))
	for i := range to {
		sends[i] = send{ctx: ctx, text: text, to: to[i], done: &done}
		a.queue <- &sends[i] // never waits: there is room
	}
	done.Wait()
	outcomes := make([]outcome, len(to))
	for i := range sends {
		if sends[i].err != nil {
			return nil, sends[i].err
		}
		outcomes[i] = sends[i].outcome
	}
	return outcomes, nil
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
