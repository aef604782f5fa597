// Package measure compares targets on the same interleaved traffic: slices in
// the order A B B A …, each alone on the machine, with the target's own
// counters read when nothing is in flight before and after it.
//
//	      read A   slice of A, open loop   wait   read A   read B   slice of B …
//	wall  |--------|·· ·  ··· ·  ·|--------|------|--------|--------|··
//
// The n-th slices of all targets bring the same requests at the same offsets.
package measure

import (
	"context"
	"time"

	"bazaar/load/arrival"
	"bazaar/load/event"
	"bazaar/load/lane"
	"bazaar/load/scenario"
)

// Options say what to compare. Warmup rounds come first and aren't reported:
// they open the connections. With Heap each slice tells what is live after it.
type Options struct {
	Plan    scenario.Plan
	Seed    uint64
	Rate    float64
	Slice   time.Duration
	Pairs   int
	Warmup  int
	Heap    bool
	Targets []lane.Endpoint
}

// Run measures until all pairs are done, stop is closed or ctx ends.
func Run(ctx context.Context, o Options, stop <-chan struct{}, out *event.Writer) error {
	m := &meter{ctx: ctx, options: o, out: out, timer: time.NewTimer(0)}
	defer m.timer.Stop()
	if err := m.open(); err != nil {
		return err
	}
	began := time.Now()
	pairs, err := m.run(stop)
	if err != nil {
		return err
	}
	out.Write(event.Done{Event: "done", Pairs: pairs, Millis: time.Since(began).Milliseconds()})
	return nil
}

type meter struct {
	ctx     context.Context
	options Options
	out     *event.Writer
	timer   *time.Timer
	tracks  []*lane.Track
}

func (m *meter) open() error {
	for _, endpoint := range m.options.Targets {
		l, err := lane.Open(m.ctx, lane.Options{Endpoint: endpoint, Plan: m.options.Plan})
		if err != nil {
			return err
		}
		m.tracks = append(m.tracks, lane.NewTrack(l, m.options.Seed, m.options.Rate))
	}
	return nil
}

// run returns the number of complete pairs.
func (m *meter) run(stop <-chan struct{}) (int, error) {
	n := len(m.tracks)
	for index := -m.options.Warmup * n; index < m.options.Pairs*n; index++ {
		select {
		case <-stop:
			return max(index, 0) / n, nil
		case <-m.ctx.Done():
			return max(index, 0) / n, nil
		default:
		}
		place := index + m.options.Warmup*n
		slice, err := m.slice(m.tracks[arrival.Turn(place, n)])
		if m.ctx.Err() != nil {
			return max(index, 0) / n, nil
		}
		if err != nil {
			return 0, err
		}
		if index >= 0 {
			slice.Index, slice.Pair = index, arrival.Round(index, n)
			m.out.Write(slice)
		}
	}
	return m.options.Pairs, nil
}

func (m *meter) slice(track *lane.Track) (event.Slice, error) {
	before, err := m.before(track)
	if err != nil {
		return event.Slice{}, err
	}
	track.Take()
	returned := returnsOf(track)
	began := time.Now()
	m.send(track, began)
	track.Wait()
	ended, seen := time.Now(), track.Take()
	after, err := m.after(track)
	if err != nil {
		return event.Slice{}, err
	}
	heap, err := m.heap(track, returned)
	if err != nil {
		return event.Slice{}, err
	}
	return event.Slice{
		Event: "slice", Target: track.Name,
		StartMillis: began.UnixMilli(), EndMillis: ended.UnixMilli(),
		Offered: seen.Sent, Completed: seen.Completed, Errors: seen.Errors, Wrong: seen.Wrong,
		Before: before, After: after.counters, Downstream: after.downstream,
		P50Micros: seen.P50, P99Micros: seen.P99, Heap: heap,
	}, nil
}

// send offers one slice's arrivals and returns when the slice is over.
func (m *meter) send(track *lane.Track, began time.Time) {
	for m.ctx.Err() == nil {
		offset, any := track.Due(m.options.Slice)
		if !any {
			break
		}
		began = began.Add(m.delay(began.Add(offset)))
		due := began.Add(offset)
		m.sleepUntil(due)
		m.makeRoom(track)
		track.Fire(due)
	}
	track.EndSlice(m.options.Slice)
	m.sleepUntil(began.Add(m.options.Slice))
}

func (m *meter) sleepUntil(due time.Time) {
	wait := time.Until(due)
	if wait <= 0 {
		return
	}
	m.timer.Reset(wait)
	select {
	case <-m.timer.C:
	case <-m.ctx.Done():
	}
}
