package serve

import (
	"math"
	"sort"
	"sync/atomic"
	"time"
)

const bucketCount = 40

// bucketBounds are the upper ends of the buckets, two to an octave, from 32 µs to 23.7 s.
var bucketBounds = func() (bounds [bucketCount]float64) {
	for i := range bounds {
		bounds[i] = 32e-6 * math.Pow(2, float64(i)/2)
	}
	return bounds
}()

// latency is a histogram of service time: from the request's header to the handler's end.
type latency struct {
	counts [bucketCount + 1]atomic.Int64 // the last one is above all bounds
}

func (l *latency) add(took time.Duration) {
	l.counts[sort.SearchFloat64s(bucketBounds[:], took.Seconds())].Add(1)
}

// latencyJSON has one more count than bounds. counts[i] is the number of requests above
// bounds_seconds[i-1] and not above bounds_seconds[i]; it is not cumulative.
type latencyJSON struct {
	BoundsSeconds []float64 `json:"bounds_seconds"`
	Counts        []int64   `json:"counts"`
}

func (l *latency) read() latencyJSON {
	counts := make([]int64, len(l.counts))
	for i := range l.counts {
		counts[i] = l.counts[i].Load()
	}
	return latencyJSON{BoundsSeconds: bucketBounds[:], Counts: counts}
}
