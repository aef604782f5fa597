package push

import (
	"context"
	"sync"
	"time"
)

// line lets so many calls in at a time; the others stand in line before it.
type line struct {
	slots chan struct{}

	opened time.Time

	mu     sync.Mutex
	counts lineJSON // as of Nanos
}

type lineJSON struct {
	Sent         int `json:"sent"`
	InFlight     int `json:"inFlight"`
	MostInFlight int `json:"mostInFlight"`
	InLine       int `json:"inLine"`
	MostInLine   int `json:"mostInLine"`

	SlotNanos int64 `json:"slotNanos"`
	Nanos     int64 `json:"nanos"` // since the line was opened
}

func newLine(slots int) *line {
	return &line{slots: make(chan struct{}, slots), opened: time.Now()}
}

// enter returns when there is a slot, or when ctx has ended.
func (l *line) enter(ctx context.Context) error {
	select {
	case l.slots <- struct{}{}:
		l.add(1, 0)
		return nil
	default:
	}
	l.add(0, 1)
	select {
	case l.slots <- struct{}{}:
		l.add(1, -1)
		return nil
	case <-ctx.Done():
		l.add(0, -1)
		return ctx.Err()
	}
}

func (l *line) leave() {
	l.add(-1, 0)
	<-l.slots
}

func (l *line) add(inFlight, inLine int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.advance()
	c := &l.counts
	c.InFlight += inFlight
	c.InLine += inLine
	c.MostInFlight = max(c.MostInFlight, c.InFlight)
	c.MostInLine = max(c.MostInLine, c.InLine)
}

// advance brings the times up to now; the caller holds mu.
func (l *line) advance() {
	now := time.Since(l.opened).Nanoseconds()
	l.counts.SlotNanos += int64(l.counts.InFlight) * (now - l.counts.Nanos)
	l.counts.Nanos = now
}

func (l *line) count() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.counts.Sent++
}

func (l *line) read() any {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.advance()
	return l.counts
}
