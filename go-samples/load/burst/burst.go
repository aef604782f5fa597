// Package burst gives targets a base load and then, for a while, lane.BurstFactor times as much;
// all of them at the same time, so that they meet the same noise. It says of each what became
// of the requests and how many goroutines there were.
//
//	wall    |-- base --|wait|--------- burst ---------|drain|
//	rate         r     0              10 r              0
//
// An answer of 429 with Retry-After is a refusal, neither right nor wrong. What isn't answered
// when the drain is over is given up.
package burst

import (
	"context"
	"sync"
	"time"

	"bazaar/load/event"
	"bazaar/load/lane"
	"bazaar/load/scenario"
)

const (
	timeout = 10 * time.Second

	// drain is how long what was sent may take after the last request.
	drain     = 700 * time.Millisecond
	drainLook = 5 * time.Millisecond

	maxExamples = 5
)

// Options say what to send whom. Rate is that of the base load.
type Options struct {
	Plan    scenario.Plan
	Seed    uint64
	Rate    float64
	Base    time.Duration
	Burst   time.Duration
	Targets []lane.Endpoint
}

// Run writes one event for each target. Its error means that a target could not be asked at all.
func Run(ctx context.Context, o Options, out *event.Writer) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	began := time.Now()
	errs := make([]error, len(o.Targets))
	var runs sync.WaitGroup
	for i, endpoint := range o.Targets {
		runs.Add(1)
		go func() {
			defer runs.Done()
			seen, err := run(ctx, o, endpoint)
			if err != nil {
				errs[i] = err
				cancel()
				return
			}
			out.Write(seen)
		}()
	}
	runs.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	out.Write(event.Done{Event: "done", Pairs: 1, Millis: time.Since(began).Milliseconds()})
	return nil
}

// phase is the base load or the burst: a lane of its own, so that each answer is counted where
// its request was sent.
type phase struct {
	*lane.Track

	mu       sync.Mutex
	refused  uint64
	faulty   uint64
	examples []event.Example
}

func openPhase(ctx context.Context, o Options, endpoint lane.Endpoint, rate float64) (*phase, error) {
	p := &phase{}
	opened, err := lane.Open(ctx, lane.Options{
		Endpoint: endpoint, Plan: o.Plan, Timeout: timeout,
		OnWrong: func(_ *lane.Lane, r *scenario.Request, a scenario.Answer, f *scenario.Fault) { p.wrong(r, a, f) },
	})
	if err != nil {
		return nil, err
	}
	p.Track = lane.NewTrack(opened, o.Seed, rate)
	return p, nil
}

func (p *phase) wrong(r *scenario.Request, a scenario.Answer, f *scenario.Fault) {
	refused := scenario.IsRefusal(a)
	p.mu.Lock()
	defer p.mu.Unlock()
	if refused {
		p.refused++
		return
	}
	p.faulty++
	if len(p.examples) < maxExamples {
		p.examples = append(p.examples, event.NewExample(r, a, f))
	}
}

// offer sends what is due in so long and returns when that is over.
func (p *phase) offer(ctx context.Context, length time.Duration) {
	began := time.Now()
	for ctx.Err() == nil {
		offset, any := p.Due(length)
		if !any {
			break
		}
		sleepUntil(ctx, began.Add(offset))
		p.Fire(began.Add(offset))
	}
	p.EndSlice(length)
	sleepUntil(ctx, began.Add(length))
}

// settle waits until everything is answered, but not for longer than drain.
func (p *phase) settle(ctx context.Context) {
	for until := time.Now().Add(drain); p.InFlight() > 0 && time.Now().Before(until) && ctx.Err() == nil; {
		time.Sleep(drainLook)
	}
}

// counts leaves what is just being answered with the unanswered.
func (p *phase) counts() event.BurstPhase {
	seen := p.Take()
	p.mu.Lock()
	defer p.mu.Unlock()
	accepted := seen.Completed - seen.Wrong
	return event.BurstPhase{
		Offered: seen.Sent, Accepted: accepted, Refused: p.refused, Wrong: p.faulty, Errors: seen.Errors,
		Unanswered: seen.Sent - min(seen.Sent, accepted+p.refused+p.faulty+seen.Errors),
	}
}

func run(ctx context.Context, o Options, endpoint lane.Endpoint) (event.Burst, error) {
	ctx, giveUp := context.WithCancel(ctx)
	defer giveUp()
	var phases [2]*phase
	for i, rate := range []float64{o.Rate, o.Rate * lane.BurstFactor} {
		p, err := openPhase(ctx, o, endpoint, rate)
		if err != nil {
			return event.Burst{}, err
		}
		defer p.Close()
		phases[i] = p
	}
	base, crowd := phases[0], phases[1]
	before, err := scenario.ReadPushed(ctx, base.Probe)
	if err != nil {
		return event.Burst{}, err
	}
	sampled, err := startSampling(ctx, endpoint.URL, phases[:])
	if err != nil {
		return event.Burst{}, err
	}
	base.offer(ctx, o.Base)
	base.settle(ctx)
	began, err := scenario.ReadPushed(ctx, base.Probe)
	if err != nil {
		return event.Burst{}, err
	}
	crowd.offer(ctx, o.Burst)
	ended, err := scenario.ReadPushed(ctx, base.Probe)
	if err != nil {
		return event.Burst{}, err
	}
	stacks := readStacks(ctx, base.Probe)
	crowd.settle(ctx)
	goroutines, samples := sampled()
	// The answers first: of what is answered by now each message has been sent.
	counts := [...]event.BurstPhase{base.counts(), crowd.counts()}
	after, err := scenario.ReadPushed(ctx, base.Probe)
	if err != nil {
		return event.Burst{}, err
	}
	return event.Burst{
		Event: "burst", Target: endpoint.Name, Base: counts[0], Burst: counts[1],
		MostGoroutines: goroutines, Samples: samples, StackBytes: stacks,
		Sent: after.Sent - before.Sent, Each: scenario.Messages(o.Plan.Stream().Next()),
		CapacityUsed: scenario.CapacityUsed(began, ended), MostInLine: after.MostInLine,
		Examples: append(append([]event.Example{}, base.examples...), crowd.examples...),
	}, ctx.Err()
}

func sleepUntil(ctx context.Context, due time.Time) {
	wait := time.Until(due)
	if wait <= 0 {
		return
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
