// Package arrival says when requests are due: seeded Poisson arrivals, and the
// order in which several targets take turns. It knows no clock and no network;
// time here is the offset since a target's traffic began.
//
// Open loop means that an arrival never waits for an answer. When a server
// stalls, its arrivals go on, and each is late by its own waiting time.
package arrival

import (
	"math"
	"math/rand/v2"
	"time"
)

// Never is the arrival time of a process whose rate is 0.
const Never = time.Duration(math.MaxInt64)

// Process draws arrivals with independent exponential gaps. It is a value:
// a copy goes on with the same arrivals. Use NewProcess.
type Process struct {
	random rand.PCG
	rate   float64 // per second
	at     time.Duration
	unit   float64 // exponential gap until the next arrival, at rate 1
}

// NewProcess starts at offset from with rate arrivals per second.
func NewProcess(seed uint64, rate float64, from time.Duration) Process {
	p := Process{random: *rand.NewPCG(seed, 0x6172726976616c), rate: rate, at: from}
	p.unit = p.draw()
	return p
}

// Next is the time of the next arrival; it doesn't move the process.
func (p *Process) Next() time.Duration {
	if p.rate <= 0 {
		return Never
	}
	gap := p.unit / p.rate * float64(time.Second)
	if gap >= float64(Never-p.at) {
		return Never
	}
	return p.at + time.Duration(gap)
}

// Take moves the process past its next arrival and returns its time.
func (p *Process) Take() time.Duration {
	next := p.Next()
	if next != Never {
		p.at, p.unit = next, p.draw()
	}
	return next
}

// SetRate changes the rate from offset now on, or from the next arrival if
// that is overdue. The gaps have no memory, so what is left of the current one
// is stretched or squeezed.
func (p *Process) SetRate(rate float64, now time.Duration) {
	now = min(now, p.Next())
	if now > p.at {
		used := (now - p.at).Seconds() * max(p.rate, 0)
		p.unit = max(p.unit-used, 0)
		p.at = now
	}
	p.rate = rate
}

// Rate is the current rate per second.
func (p *Process) Rate() float64 { return p.rate }

func (p *Process) draw() float64 {
	// 53 random bits, shifted off zero: the logarithm stays finite.
	uniform := (float64(p.random.Uint64()>>11) + 0.5) / (1 << 53)
	return -math.Log(uniform)
}
