// Package hdr counts latencies in a log-linear histogram of fixed size: three
// significant digits from 1 µs to 60 s, so a quantile is at most 0.1 % above
// the true one, whatever the shape of the distribution.
//
// Every power of two is cut into 1,024 equal parts; below 2,048 µs each
// microsecond has its own count:
//
//	value   0 … 2047       2048 … 4095       4096 … 8191      …
//	step    1              2                 4
//	index   0 … 2047       2048 … 3071       3072 … 4095
//
// A Histogram is not safe for concurrent use: its owner locks.
package hdr

import "math/bits"

const (
	// Lowest and Highest bound what is told apart, in microseconds. Values
	// outside are counted at the bound.
	Lowest  = 1
	Highest = 60_000_000

	halfBits = 10
	half     = 1 << halfBits
	full     = 2 * half
)

var slots = indexOf(Highest) + 1

// Histogram holds counts of values in microseconds. Use New.
type Histogram struct {
	counts []uint64
	total  uint64
	max    int64
}

// New returns an empty histogram.
func New() *Histogram {
	return &Histogram{counts: make([]uint64, slots)}
}

// Record counts one value in microseconds.
func (h *Histogram) Record(micros int64) {
	micros = min(max(micros, Lowest), Highest)
	h.counts[indexOf(micros)]++
	h.total++
	h.max = max(h.max, micros)
}

// Count is the number of values recorded.
func (h *Histogram) Count() uint64 { return h.total }

// Max is the largest value recorded, exactly; 0 when there is none.
func (h *Histogram) Max() int64 { return h.max }

// Above counts the values above micros, to the slot.
func (h *Histogram) Above(micros int64) uint64 {
	n := uint64(0)
	for i := len(h.counts) - 1; i >= 0 && topOf(i) > micros; i-- {
		n += h.counts[i]
	}
	return n
}

// Merge adds the counts of other.
func (h *Histogram) Merge(other *Histogram) {
	for i, n := range other.counts {
		h.counts[i] += n
	}
	h.total += other.total
	h.max = max(h.max, other.max)
}

// Reset forgets everything and keeps the memory.
func (h *Histogram) Reset() {
	clear(h.counts)
	h.total, h.max = 0, 0
}

// Quantile returns the value below or at which at least a share q of all
// values lies: the top of its slot, never above the exact maximum.
func (h *Histogram) Quantile(q float64) int64 {
	return h.Quantiles(q)[0]
}

// Quantiles answers several shares, in ascending order, in one pass.
func (h *Histogram) Quantiles(shares ...float64) []int64 {
	found := make([]int64, len(shares))
	next, seen := 0, uint64(0)
	for i := 0; i < len(h.counts) && next < len(shares); i++ {
		seen += h.counts[i]
		for next < len(shares) && seen > 0 && seen >= h.rank(shares[next]) {
			found[next] = min(topOf(i), h.max)
			next++
		}
	}
	return found
}

// rank is the position, from 1, of the value that a share asks for.
func (h *Histogram) rank(share float64) uint64 {
	share = min(max(share, 0), 1)
	exact := share * float64(h.total)
	rank := uint64(exact)
	// 0.29 * 100 is 28.999999999999996: a share that means a whole rank gets it.
	if exact-float64(rank) > 1e-9*exact {
		rank++
	}
	return min(max(rank, 1), h.total)
}

func indexOf(micros int64) int {
	shift := bits.Len64(uint64(micros)|(full-1)) - halfBits - 1
	return shift<<halfBits + int(micros>>shift)
}

// topOf is the largest value that falls into slot i.
func topOf(i int) int64 {
	if i < full {
		return int64(i)
	}
	shift := i>>halfBits - 1
	part := int64(i - shift<<halfBits)
	return (part+1)<<shift - 1
}
