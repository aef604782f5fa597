// Package push stands in for the client of the push provider, which the provider ships and
// Bazaar doesn't change. It takes a real while.
//
//	receipt, err := push.Send(ctx, token, "Today only: -10 %")
//
// The provider's terms: Bazaar has one account, for the whole process. Slots messages of it
// are under way at a time, each for 10 ms; that is 3,200 messages a second, and nothing makes
// it more. Who calls when all slots are taken stands in line, without a limit. One call sends
// one message to one device: there are no batches. A message is sent when Send has returned
// without an error of ctx, and not before.
//
// The provider keeps count of its own: GET /debug/flamelab/vars/push has
//
//	{"sent","inFlight","mostInFlight","inLine","mostInLine","slotNanos","nanos"}
//
// sent counts messages whose way has ended, unregistered devices too; inFlight and inLine count
// calls. slotNanos is the time for which slots were taken, added up; nanos is the time passed.
package push

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"bazaar/internal/serve"
)

// Slots is how many messages of the account are under way at a time.
const Slots = 32

const (
	took        = 10 * time.Millisecond
	tokenDigits = 32
	maxText     = 200
)

var (
	// ErrUnregistered says that no device has the token any more.
	ErrUnregistered = errors.New("push: the device is not registered")

	// ErrTooLong says that the text has more than 200 bytes.
	ErrTooLong = errors.New("push: the text is too long")
)

var account = newLine(Slots)

func init() { serve.Publish("push", account.read) }

// Send sends one message to one device and returns the provider's receipt, "r-" and twelve
// hexadecimal digits. The same message to the same device has the same receipt. When ctx ends
// first its error is returned, and whether the message was sent is not known.
func Send(ctx context.Context, token, text string) (receipt string, err error) {
	if len(text) > maxText {
		return "", ErrTooLong
	}
	if err := account.enter(ctx); err != nil {
		return "", fmt.Errorf("push: given up in line: %w", err)
	}
	defer account.leave()
	if err := sitOut(ctx, took); err != nil {
		return "", fmt.Errorf("push: given up on the way: %w", err)
	}
	account.count()
	if !isToken(token) {
		return "", ErrUnregistered
	}
	sum := sha256.Sum256([]byte(token + "\n" + text))
	return "r-" + hex.EncodeToString(sum[:6]), nil
}

func sitOut(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func isToken(token string) bool {
	for _, c := range []byte(token) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return len(token) == tokenDigits
}
