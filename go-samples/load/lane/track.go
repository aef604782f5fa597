package lane

import (
	"time"

	"bazaar/load/arrival"
)

// Track is a lane with its own time, which goes on only while the lane's
// slices are on. Two tracks with one seed therefore get the same arrivals in
// their n-th slices, and the same requests:
//
//	wall    |  A0  |  B0  |  B1  |  A1  |
//	A's     0 · ·· 100                ··· 200
//	B's            0 · ·· 100 ···  200
type Track struct {
	*Lane
	process arrival.Process
	burst   arrival.Process
	left    int           // of the burst
	on      time.Duration // own time at the start of the current slice
}

// BurstFactor is how much faster than the rate a burst comes.
const BurstFactor = 10

// NewTrack starts a lane's own time at 0.
func NewTrack(l *Lane, seed uint64, rate float64) *Track {
	return &Track{Lane: l, process: arrival.NewProcess(seed, rate, 0)}
}

// Join puts a new lane beside another: same stream, same arrivals to come.
func (t *Track) Join(l *Lane) *Track {
	l.Follow(t.Lane)
	return &Track{Lane: l, process: t.process, burst: t.burst, left: t.left, on: t.on}
}

// Due is when the next arrival falls in the current slice, counted from the
// start of the slice; false: none does.
func (t *Track) Due(slice time.Duration) (time.Duration, bool) {
	next := t.next()
	if next == arrival.Never || next-t.on >= slice {
		return 0, false
	}
	return max(next-t.on, 0), true
}

// Fire offers the arrival that Due told of.
func (t *Track) Fire(due time.Time) {
	if t.left > 0 && t.burst.Next() < t.process.Next() {
		t.burst.Take()
		t.left--
	} else {
		t.process.Take()
	}
	t.Offer(due)
}

// EndSlice moves the track's own time past the current slice.
func (t *Track) EndSlice(slice time.Duration) { t.on += slice }

// SetRate changes the rate, from offset into the current slice.
func (t *Track) SetRate(rate float64, offset time.Duration) {
	t.process.SetRate(rate, t.on+offset)
}

// Burst adds n requests on top, at BurstFactor times the rate.
func (t *Track) Burst(seed uint64, n int, offset time.Duration) {
	if t.left == 0 {
		t.burst = arrival.NewProcess(seed, BurstFactor*t.process.Rate(), t.on+offset)
	}
	t.left += n
}

func (t *Track) next() time.Duration {
	if t.left == 0 {
		return t.process.Next()
	}
	return min(t.process.Next(), t.burst.Next())
}
