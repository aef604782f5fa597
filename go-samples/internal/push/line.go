package push

import (
	"context"
	"sync"
)

// line lets so many calls in at a time; the others stand in line before it.
type line struct {
	slots chan struct{}

	mu     sync.Mutex
	counts lineJSON
}

type lineJSON struct {
	Sent         int `json:"sent"`
	InFlight     int `json:"inFlight"`
	MostInFlight int `json:"mostInFlight"`
	InLine       int `json:"inLine"`
	MostInLine   int `json:"mostInLine"`
}

func newLine(slots int) *line { return &line{slots: make(chan struct{}, slots)} }

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
	c := &l.counts
	c.InFlight += inFlight
	c.InLine += inLine
	c.MostInFlight = max(c.MostInFlight, c.InFlight)
	c.MostInLine = max(c.MostInLine, c.InLine)
}

func (l *line) count() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.counts.Sent++
}

func (l *line) read() any {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.counts
}
