package lane

import (
	"time"

	"bazaar/load/scenario"
)

// Shown is one request in full, for people to look at.
type Shown struct {
	Request *scenario.Request
	Answer  scenario.Answer
	Took    time.Duration
	Fault   *scenario.Fault
	Err     error
}

// One sends the next request now and hands over how it went.
func (l *Lane) One(show func(*Lane, Shown)) {
	request := l.stream.Next()
	l.recorder.sent()
	l.inFlight.Add(1)
	l.sending.Add(1)
	go func() {
		defer l.sending.Done()
		shown := l.one(request)
		l.inFlight.Add(-1)
		show(l, shown)
	}()
}

func (l *Lane) one(request *scenario.Request) Shown {
	shown := Shown{Request: request}
	ticket := l.judge.Begin(request)
	began := time.Now()
	shown.Answer, shown.Err = l.client.Probe(l.ctx, request)
	shown.Took = time.Since(began)
	if shown.Err != nil {
		l.judge.Lost(ticket, request)
		l.recorder.failed()
		return shown
	}
	shown.Fault = l.judge.End(ticket, request, shown.Answer)
	l.recorder.completed(shown.Took, shown.Fault == nil)
	return shown
}
