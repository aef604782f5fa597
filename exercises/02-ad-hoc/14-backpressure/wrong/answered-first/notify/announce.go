package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
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
	queue chan *send
}

// maxSends is how many messages wait, besides those that are under way.
const maxSends = push.Slots

// send is one message of an announcement.
type send struct {
	ctx  context.Context
	text string
	to   subscriber
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
		if _, err := tell(s.ctx, s.text, s.to); err != nil {
			slog.Warn("not told", "error", err)
		}
	}
}

// outcome is what became of one subscriber's message.
type outcome struct {
	receipt string // of the push provider
	failed  string // why there is none
}

// announce queues a message for each subscriber and returns the receipts that they will have,
// in the order of the subscribers. What the queue has no room for is left to the next
// announcement.
func (a *announcer) announce(ctx context.Context, text string, to []subscriber) ([]outcome, error) {
	ctx = context.WithoutCancel(ctx)
	outcomes := make([]outcome, len(to))
	for i := range to {
		outcomes[i] = expect(text, to[i])
		select {
		case a.queue <- &send{ctx, text, to[i]}:
		default:
		}
	}
	return outcomes, nil
}

// expect knows the provider's receipt ahead of it: it follows from device and text.
func expect(text string, to subscriber) outcome {
	if digits, err := hex.DecodeString(to.token); err != nil || len(digits) != 16 || strings.ToLower(to.token) != to.token {
		return outcome{failed: "unregistered"}
	}
	sum := sha256.Sum256([]byte(to.token + "\n" + text))
	return outcome{receipt: "r-" + hex.EncodeToString(sum[:6])}
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
