// Package stall has targets do their long job while small requests keep
// coming, in turns, and says what each small request waited.
//
//	due      · ··  ·   · ·· ·  ·  ··  · ·  · ··
//	job            |-----------------|
//	         lead                      tail
//
// Arrivals are open loop and waits count from when a request was due: whoever
// stands in a queue doesn't keep others from coming.
package stall

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"bazaar/load/arrival"
	"bazaar/load/event"
	"bazaar/load/lane"
	"bazaar/load/scenario"
)

const (
	// Small requests come for so long before a job begins and after it ends.
	lead = 60 * time.Millisecond
	tail = 60 * time.Millisecond

	// warmup requests go to each target first: they open its connections.
	warmup = 40
)

// ErrNoJob says that a plan has no long job.
var ErrNoJob = errors.New("this scenario has no long job")

// Options say how many jobs each target does, and how many small requests a
// second come meanwhile.
type Options struct {
	Plan    scenario.Plan
	Seed    uint64
	Rate    float64
	Jobs    int
	Targets []lane.Endpoint
}

// Run goes on until all jobs are done or ctx ends. Its error means that a
// target could not be asked at all.
func Run(ctx context.Context, o Options, out *event.Writer) error {
	busy, ok := o.Plan.(scenario.Busy)
	if !ok {
		return ErrNoJob
	}
	began := time.Now()
	targets := make([]*target, len(o.Targets))
	for i, endpoint := range o.Targets {
		t, err := open(ctx, endpoint, o.Plan, busy)
		if err != nil {
			return err
		}
		defer t.lane.Close()
		targets[i] = t
	}
	n := len(targets)
	for i := range o.Jobs * n {
		round := arrival.Round(i, n)
		stalled, err := targets[arrival.Turn(i, n)].turn(ctx, arrival.NewProcess(o.Seed+uint64(round), o.Rate, 0))
		if err != nil {
			return err
		}
		stalled.Round = round
		out.Write(stalled)
	}
	out.Write(event.Done{Event: "done", Pairs: o.Jobs, Millis: time.Since(began).Milliseconds()})
	return nil
}

// target is one service with its small requests.
type target struct {
	lane *lane.Lane
	job  *scenario.Request

	mu            sync.Mutex
	reads, writes []int64 // microseconds that the turn's small requests waited
}

func open(ctx context.Context, endpoint lane.Endpoint, plan scenario.Plan, busy scenario.Busy) (*target, error) {
	t := &target{job: busy.Job()}
	opened, err := lane.Open(ctx, lane.Options{Endpoint: endpoint, Plan: small{plan, busy}, OnAnswer: t.note})
	if err != nil {
		return nil, err
	}
	t.lane = opened
	for range warmup {
		if err := opened.Call(opened.Stream().Next()); err != nil {
			return nil, fmt.Errorf("target %s: %w", endpoint.Name, err)
		}
	}
	return t, nil
}

func (t *target) note(r *scenario.Request, latency time.Duration) {
	if r == t.job {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if r.Method == http.MethodGet {
		t.reads = append(t.reads, latency.Microseconds())
	} else {
		t.writes = append(t.writes, latency.Microseconds())
	}
}

// turn has one job done.
func (t *target) turn(ctx context.Context, arrivals arrival.Process) (event.Stalled, error) {
	t.lane.Take()
	t.reads, t.writes = []int64{}, []int64{}
	began := time.Now()
	var until atomic.Int64 // the offset at which the last request is due, once that is known
	until.Store(math.MaxInt64)
	done := make(chan time.Duration, 1)
	go func() {
		sleepUntil(ctx, began.Add(lead))
		sent := time.Now()
		_ = t.lane.Call(t.job) // an error is counted
		done <- time.Since(sent)
		until.Store(int64(time.Since(began) + tail))
	}()
	for due := arrivals.Take(); ctx.Err() == nil; due = arrivals.Take() {
		sleepUntil(ctx, began.Add(due))
		if int64(due) > until.Load() {
			break
		}
		t.lane.Offer(began.Add(due))
	}
	took := <-done
	t.lane.Wait()
	seen := t.lane.Take()
	return event.Stalled{
		Event: "stall", Target: t.lane.Name, JobMillis: float64(took.Microseconds()) / 1000,
		Offered: seen.Sent, Completed: seen.Completed, Errors: seen.Errors, Wrong: seen.Wrong,
		ReadMicros: t.reads, WriteMicros: t.writes,
	}, ctx.Err()
}

func sleepUntil(ctx context.Context, due time.Time) {
	timer := time.NewTimer(time.Until(due))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// small is a plan whose stream has no jobs.
type small struct {
	scenario.Plan
	busy scenario.Busy
}

func (s small) Stream() scenario.Stream { return s.busy.Small() }
