// Package behave asks one target as many different things as it can, several
// at a time, and says whether it behaves as the model does: every answer on
// its own, and afterwards the state that all of them together left behind.
package behave

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"bazaar/load/event"
	"bazaar/load/lane"
	"bazaar/load/scenario"
)

const (
	progressEvery = 200 * time.Millisecond
	timeout       = 10 * time.Second

	// giveUpAfter so many requests in a row without an answer: the service
	// is gone, and waiting for the rest would tell nothing new.
	giveUpAfter = 50
)

// Options say what to ask whom.
type Options struct {
	Plan        scenario.Plan
	Target      lane.Endpoint
	Requests    int
	Concurrency int
}

// Run asks, writes progress and the result. Its error means that the target
// could not be asked at all.
func Run(ctx context.Context, o Options, out *event.Writer) error {
	run := &run{options: o, examples: newExamples()}
	opened, err := lane.Open(ctx, lane.Options{
		Endpoint: o.Target, Plan: o.Plan, Timeout: timeout,
		OnWrong: func(_ *lane.Lane, r *scenario.Request, a scenario.Answer, f *scenario.Fault) {
			run.examples.add(r, a, f)
		},
	})
	if err != nil {
		return err
	}
	defer opened.Close()
	run.lane = opened
	began := time.Now()
	stopProgress := run.progress(out)
	run.ask(ctx)
	invariants, err := opened.Judge().Close(ctx)
	stopProgress()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		invariants = append(invariants, unreadable(err))
	}
	seen := opened.Take()
	out.Write(event.Behaved{
		Event: "behaved", Requests: int64(seen.Sent), Wrong: int64(seen.Wrong), Errors: int64(seen.Errors),
		Millis: time.Since(began).Milliseconds(), Examples: run.examples.list(), Invariants: invariants,
	})
	return nil
}

type run struct {
	options  Options
	lane     *lane.Lane
	examples *examples

	mu     sync.Mutex // guards the stream and left
	left   int
	asked  atomic.Int64
	failed atomic.Int64 // in a row
}

func (r *run) ask(ctx context.Context) {
	r.left = r.options.Requests
	var workers sync.WaitGroup
	for range r.options.Concurrency {
		workers.Add(1)
		go func() {
			defer workers.Done()
			r.work(ctx)
		}()
	}
	workers.Wait()
}

func (r *run) work(ctx context.Context) {
	for ctx.Err() == nil && r.failed.Load() < giveUpAfter {
		request := r.next()
		if request == nil {
			return
		}
		if err := r.lane.Call(request); err != nil {
			r.failed.Add(1)
		} else {
			r.failed.Store(0)
		}
		r.asked.Add(1)
	}
}

func (r *run) next() *scenario.Request {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.left == 0 {
		return nil
	}
	r.left--
	return r.lane.Stream().Next()
}

// progress reports until the returned function is called, and once more then.
func (r *run) progress(out *event.Writer) func() {
	tell := func() { out.Write(event.Progress{Event: "progress", Requests: r.asked.Load()}) }
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		ticker := time.NewTicker(progressEvery)
		defer ticker.Stop()
		for {
			select {
			case <-stop:
				tell()
				return
			case <-ticker.C:
				tell()
			}
		}
	}()
	return func() {
		close(stop)
		<-stopped
	}
}

func unreadable(err error) scenario.Invariant {
	return scenario.Invariant{
		ID: "state-readable", Title: "The state after the run can be read",
		Observed: err.Error(), Expected: "an answer",
	}
}
