// Package drive keeps traffic on one or more targets until it is told to
// stop: open loop, in slices that alternate between the targets, with figures
// twice a second and after a target's first turn. It must not know flags,
// stdin or the services.
//
//	commands := make(chan drive.Command)
//	err := drive.Run(ctx, options, commands, writer)
package drive

import (
	"context"
	"log/slog"
	"time"

	"bazaar/load/arrival"
	"bazaar/load/event"
	"bazaar/load/lane"
	"bazaar/load/scenario"
)

const (
	statsEvery = 500 * time.Millisecond

	// heldUp is when the generator itself must have been stopped, e.g. by a
	// closed laptop: the schedule moves on instead of being caught up with.
	heldUp = 5 * time.Second

	// maxAtOnce bounds how long commands wait while a backlog is worked off.
	maxAtOnce = 256
)

// Options say what to drive. Rate is in requests per second per target while
// its slice is on.
type Options struct {
	Plan    scenario.Plan
	Seed    uint64
	Rate    float64
	Slice   time.Duration
	Targets []lane.Endpoint
}

// Run drives until ctx ends.
func Run(ctx context.Context, o Options, commands <-chan Command, out *event.Writer) error {
	d := &driver{ctx: ctx, options: o, out: newReporter(out), openings: make(chan opening)}
	lanes, err := d.open(o.Targets, make([]*lane.Lane, len(o.Targets)))
	if err != nil {
		return err
	}
	for _, l := range lanes {
		d.tracks = append(d.tracks, lane.NewTrack(l, o.Seed, o.Rate))
	}
	d.run(commands)
	return nil
}

// driver is the state of a run. It belongs to run's goroutine; targets are
// opened aside and arrive through openings.
type driver struct {
	ctx      context.Context
	options  Options
	out      *reporter
	tracks   []*lane.Track
	index    int           // number of the current slice
	began    time.Time     // when it began
	paused   bool          // no arrivals
	progress time.Duration // into the current slice, when it was paused
	bursts   uint64        // so far: each has its own seed
	openings chan opening
	swapping bool            // an opening is under way
	pending  []lane.Endpoint // what to open after it
	retired  []*lane.Lane    // replaced, still waiting for answers
}

func (d *driver) run(commands <-chan Command) {
	stats := time.NewTicker(statsEvery)
	defer stats.Stop()
	timer := time.NewTimer(0)
	defer timer.Stop()
	d.began = time.Now()
	for {
		timer.Reset(d.fire())
		select {
		case <-d.ctx.Done():
			return
		case command := <-commands:
			d.apply(command)
		case ready := <-d.openings:
			d.install(ready)
		case <-stats.C:
			d.stats()
		case <-timer.C:
		}
	}
}

// fire offers what is due and returns how long nothing will be.
func (d *driver) fire() time.Duration {
	if d.paused {
		return time.Hour
	}
	if late := time.Since(d.began) - d.options.Slice; late > heldUp {
		slog.Warn("the generator was held up; its schedule moves on", "late", late)
		d.began = time.Now()
	}
	for range maxAtOnce {
		track := d.tracks[arrival.Turn(d.index, len(d.tracks))]
		offset, any := track.Due(d.options.Slice)
		if !any {
			offset = d.options.Slice
		}
		due := d.began.Add(offset)
		if wait := time.Until(due); wait > 0 {
			return wait
		}
		if any {
			track.Fire(due)
			continue
		}
		track.EndSlice(d.options.Slice)
		if d.index < len(d.tracks) {
			d.out.stats(track.Lane) // its first turn: whoever added it waits for a sign of life
		}
		d.index++
		d.began = due
	}
	return 0
}

// offset is how far into its current slice a track is: 0 when it isn't on.
func (d *driver) offset(track *lane.Track) time.Duration {
	if track != d.tracks[arrival.Turn(d.index, len(d.tracks))] {
		return 0
	}
	if d.paused {
		return d.progress
	}
	return min(time.Since(d.began), d.options.Slice)
}

func (d *driver) stats() {
	for _, track := range d.tracks {
		d.out.stats(track.Lane)
	}
	waiting := d.retired[:0]
	for _, l := range d.retired {
		if d.out.stats(l) || l.InFlight() > 0 {
			waiting = append(waiting, l)
			continue
		}
		d.out.forget(l)
	}
	clear(d.retired[len(waiting):])
	d.retired = waiting
}

// open returns one lane for each endpoint: the one kept, or a new one.
func (d *driver) open(endpoints []lane.Endpoint, kept []*lane.Lane) ([]*lane.Lane, error) {
	lanes := make([]*lane.Lane, len(endpoints))
	for i, endpoint := range endpoints {
		if lanes[i] = kept[i]; lanes[i] != nil {
			continue
		}
		l, err := lane.Open(d.ctx, lane.Options{
			Endpoint: endpoint, Plan: d.options.Plan, OnWrong: d.out.wrong,
		})
		if err != nil {
			closeNew(lanes[:i], kept)
			return nil, err
		}
		lanes[i] = l
	}
	return lanes, nil
}

func closeNew(lanes, kept []*lane.Lane) {
	for i, l := range lanes {
		if kept[i] == nil {
			l.Close()
		}
	}
}
