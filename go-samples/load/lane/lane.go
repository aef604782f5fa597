// Package lane sends one target its traffic: each request at its due time,
// whatever became of the ones before, with the latency counted from when it
// was due and every answer judged. It must not know modes, commands or JSON.
//
//	l, err := lane.Open(ctx, lane.Options{Endpoint: candidate, Plan: plan})
//	l.Offer(due)       // never waits for an answer
//	l.Wait()           // until nothing is in flight
//	l.Take().P99       // since the last Take
package lane

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"bazaar/load/client"
	"bazaar/load/scenario"
)

const (
	// MaxInFlight bounds what one target can be waited for; what is due
	// beyond it is counted as an error.
	MaxInFlight = 10_000

	// Timeout bounds one request.
	Timeout = 30 * time.Second

	// maxIdle bounds the goroutines that are kept for the next request.
	maxIdle = 64
)

// Endpoint is one target by name, with the base URL of its payments instance,
// or "".
type Endpoint struct {
	Name, URL, Payments string
}

// Options say what a lane needs.
type Options struct {
	Endpoint
	Plan    scenario.Plan
	Timeout time.Duration // 0: Timeout
	// OnWrong is told of each wrong answer; the answer's body is valid only
	// during the call.
	OnWrong func(l *Lane, r *scenario.Request, a scenario.Answer, f *scenario.Fault)
	// OnAnswer is told of each answer how long it took since the request was due.
	OnAnswer func(r *scenario.Request, latency time.Duration)
}

// Lane is one target. Offer, One and Wait belong to one goroutine.
type Lane struct {
	Endpoint
	client   *client.Client
	bank     *client.Client // of the payments instance, or nil
	judge    scenario.Judge
	stream   scenario.Stream
	recorder *recorder
	onWrong  func(*Lane, *scenario.Request, scenario.Answer, *scenario.Fault)
	onAnswer func(*scenario.Request, time.Duration)
	limit    int64
	due      chan sending // taken by a goroutine that is free, if one is
	idle     atomic.Int64
	inFlight atomic.Int64
	sending  sync.WaitGroup
	ctx      context.Context
	cancel   context.CancelFunc
}

// Open connects a lane; a stateful model reads the target's state first.
// Cancelling ctx gives up what is in flight.
func Open(ctx context.Context, o Options) (*Lane, error) {
	timeout := o.Timeout
	if timeout == 0 {
		timeout = Timeout
	}
	l := &Lane{
		Endpoint: o.Endpoint, stream: o.Plan.Stream(), recorder: newRecorder(),
		due:     make(chan sending),
		onWrong: o.OnWrong, onAnswer: o.OnAnswer, limit: MaxInFlight,
	}
	var err error
	if l.client, err = client.New(o.URL, timeout); err != nil {
		return nil, err
	}
	access := scenario.Access{Target: l.client.Probe}
	if o.Payments != "" {
		if l.bank, err = client.New(o.Payments, timeout); err != nil {
			return nil, err
		}
		access.Payments = l.bank.Probe
	}
	if l.judge, err = o.Plan.Judge(ctx, access); err != nil {
		return nil, fmt.Errorf("target %s: %w", o.Name, err)
	}
	l.ctx, l.cancel = context.WithCancel(ctx)
	return l, nil
}

// Offer sends the next request of the stream, due at due, and returns.
func (l *Lane) Offer(due time.Time) {
	request := l.stream.Next()
	l.recorder.sent()
	if l.inFlight.Load() >= l.limit {
		l.recorder.refused()
		return
	}
	l.inFlight.Add(1)
	l.sending.Add(1)
	select {
	case l.due <- sending{request, due}:
	default:
		go l.send(sending{request, due})
	}
}

// sending is a request that is due.
type sending struct {
	request *scenario.Request
	due     time.Time
}

// send sends one request, then others for which it is free in time: its stack
// has grown to what an exchange needs, which a new goroutine pays for again.
func (l *Lane) send(next sending) {
	for {
		_ = l.exchange(next.request, next.due) // recorded
		l.inFlight.Add(-1)
		l.sending.Done()
		if l.idle.Add(1) > maxIdle {
			l.idle.Add(-1)
			return
		}
		select {
		case next = <-l.due:
			l.idle.Add(-1)
		case <-l.ctx.Done():
			return
		}
	}
}

// Call sends a request now and waits for its answer; it is recorded and judged
// as any other. The error says that no answer came. Safe for concurrent use.
func (l *Lane) Call(request *scenario.Request) error {
	l.recorder.sent()
	return l.exchange(request, time.Now())
}

func (l *Lane) exchange(request *scenario.Request, due time.Time) error {
	ticket := l.judge.Begin(request)
	err := l.client.Do(l.ctx, request, func(answer scenario.Answer) {
		latency := time.Since(due)
		fault := l.judge.End(ticket, request, answer)
		l.recorder.completed(latency, fault == nil)
		if l.onAnswer != nil {
			l.onAnswer(request, latency)
		}
		if fault != nil && l.onWrong != nil {
			l.onWrong(l, request, answer, fault)
		}
	})
	if err != nil {
		l.judge.Lost(ticket, request)
		l.recorder.failed()
	}
	return err
}

// Probe sends a request outside the traffic.
func (l *Lane) Probe(ctx context.Context, r *scenario.Request) (scenario.Answer, error) {
	return l.client.Probe(ctx, r)
}

// Payments is the target's payments instance, or nil.
func (l *Lane) Payments() scenario.Probe {
	if l.bank == nil {
		return nil
	}
	return l.bank.Probe
}

// Judge follows the target.
func (l *Lane) Judge() scenario.Judge { return l.judge }

// Stream is where the lane's requests come from.
func (l *Lane) Stream() scenario.Stream { return l.stream }

// Take returns what happened since the last Take.
func (l *Lane) Take() Interval { return l.recorder.take() }

// InFlight is the number of requests without an answer.
func (l *Lane) InFlight() int64 { return l.inFlight.Load() }

// Connections is how many connections to the target are open.
func (l *Lane) Connections() int64 { return l.client.Connections() }

// Wait returns when nothing is in flight.
func (l *Lane) Wait() { l.sending.Wait() }

// Follow makes the lane go on with the stream of another.
func (l *Lane) Follow(other *Lane) { l.stream = other.stream.Clone() }

// Close lets what is in flight finish, then gives up the connections. No
// Offer may follow.
func (l *Lane) Close() {
	go func() {
		l.sending.Wait()
		l.cancel()
		l.client.Close()
		if l.bank != nil {
			l.bank.Close()
		}
	}()
}
