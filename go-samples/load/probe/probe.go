// Package probe sends targets one request at a time, in turns, and says of each
// how long it took and what it asked of the target's downstream: what a
// customer waits for when nobody else is there.
//
//	A asks r1, B asks r1, B asks r1 again, A asks r1 again, A asks r2, …
//
// Every request is sent twice, so that an answer that was kept from the first
// time shows.
package probe

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"bazaar/load/arrival"
	"bazaar/load/event"
	"bazaar/load/lane"
	"bazaar/load/scenario"
)

// warmup rounds come first and aren't reported: they open the connections.
const warmup = 2

var (
	readLedger  = &scenario.Request{Method: http.MethodGet, Path: "/ledger"}
	resetLedger = &scenario.Request{Method: http.MethodPost, Path: "/ledger/reset"}
)

// Options say what to ask whom, and how many requests each target gets.
type Options struct {
	Plan     scenario.Plan
	Requests int
	Targets  []lane.Endpoint
}

// Run probes until all requests are answered or ctx ends. Its error means that
// a target, or its downstream, could not be asked at all.
func Run(ctx context.Context, o Options, out *event.Writer) error {
	began := time.Now()
	lanes := make([]*lane.Lane, len(o.Targets))
	for i, endpoint := range o.Targets {
		opened, err := lane.Open(ctx, lane.Options{Endpoint: endpoint, Plan: twice{o.Plan}})
		if err != nil {
			return err
		}
		defer opened.Close()
		lanes[i] = opened
	}
	n := len(lanes)
	for i := range (warmup + o.Requests) * n {
		target := lanes[arrival.Turn(i, n)]
		probed, err := ask(ctx, target)
		if err != nil {
			return err
		}
		if round := arrival.Round(i, n) - warmup; round >= 0 {
			probed.Round = round
			out.Write(probed)
		}
	}
	out.Write(event.Done{Event: "done", Pairs: o.Requests, Millis: time.Since(began).Milliseconds()})
	return nil
}

// ask sends the next request and returns when the answer is there.
func ask(ctx context.Context, target *lane.Lane) (event.Probed, error) {
	payments := target.Payments()
	if payments != nil {
		answer, err := payments(ctx, resetLedger)
		if err == nil && answer.Status/100 != 2 {
			err = fmt.Errorf("status %d", answer.Status)
		}
		if err != nil {
			return event.Probed{}, fmt.Errorf("reset the ledger of target %s: %w", target.Name, err)
		}
	}
	var shown lane.Shown
	target.One(func(_ *lane.Lane, s lane.Shown) { shown = s })
	target.Wait()
	if ctx.Err() != nil {
		return event.Probed{}, ctx.Err()
	}
	probed := event.Probed{
		Event: "probe", Target: target.Name, OK: shown.Err == nil && shown.Fault == nil,
		Millis: float64(shown.Took.Microseconds()) / 1000,
	}
	if payments == nil {
		return probed, nil
	}
	answer, err := payments(ctx, readLedger)
	if err != nil {
		return event.Probed{}, fmt.Errorf("read the ledger of target %s: %w", target.Name, err)
	}
	var ledger struct {
		MaxInFlight   int64 `json:"maxInFlight"`
		ApprovedCount int64 `json:"approvedCount"`
		DeclinedCount int64 `json:"declinedCount"`
		LookupCount   int64 `json:"lookupCount"`
	}
	if err := json.Unmarshal(answer.Body, &ledger); err != nil {
		return event.Probed{}, fmt.Errorf("read the ledger of target %s: %w", target.Name, err)
	}
	calls := ledger.ApprovedCount + ledger.DeclinedCount + ledger.LookupCount
	probed.Calls, probed.MaxInFlight = &calls, &ledger.MaxInFlight
	return probed, nil
}

// twice is a plan whose streams send every request twice.
type twice struct{ scenario.Plan }

func (t twice) Stream() scenario.Stream { return &repeated{of: t.Plan.Stream()} }

type repeated struct {
	of   scenario.Stream
	last *scenario.Request // to be sent again, or nil
}

func (r *repeated) Next() *scenario.Request {
	if again := r.last; again != nil {
		r.last = nil
		return again
	}
	r.last = r.of.Next()
	return r.last
}

func (r *repeated) Clone() scenario.Stream { return &repeated{of: r.of.Clone(), last: r.last} }
