package main

import (
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

	mu     sync.Mutex // guards queue
	queued sync.Cond  // there is something in it
	queue  []*send
}

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
	a := &announcer{lists: lists}
	a.queued.L = &a.mu
	for range push.Slots {
		go a.work()
	}
	return a
}

// work sends what is queued, one message after the other, as long as the process lives.
func (a *announcer) work() {
	for {
		s := a.take()
		s.outcome, s.err = tell(s.ctx, s.text, s.to)
		s.done.Done()
	}
}

// take waits for the next message.
func (a *announcer) take() *send {
	a.mu.Lock()
	defer a.mu.Unlock()
	for len(a.queue) == 0 {
		a.queued.Wait()
	}
	next := a.queue[0]
	a.queue = a.queue[1:]
	return next
}

// put queues a message; there is always room.
func (a *announcer) put(s *send) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.queue = append(a.queue, s)
	a.queued.Signal()
}

// outcome is what became of one subscriber's message.
type outcome struct {
	receipt string // of the push provider
	failed  string // why there is none
}

// announce queues a message for each subscriber, waits until all are sent, and returns what
// became of each, in the order of the subscribers. An announcement fails as a whole when its caller is gone before everybody was told.
func (a *announcer) announce(ctx context.Context, text string, to []subscriber) ([]outcome, error) {
	var done sync.WaitGroup
	done.Add(len(to))
	sends := make([]send, len(to))
	for i := range to {
		sends[i] = send{ctx: ctx, text: text, to: to[i], done: &done}
		a.put(&sends[i])
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
