package burst

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"bazaar/load/client"
	"bazaar/load/scenario"
)

const (
	sampleEvery = 20 * time.Millisecond

	// A number counts when it is there for so long: after a stall of the machine all that has
	// arrived meanwhile is under way at once, for a moment.
	lasting = 100 * time.Millisecond
)

var (
	readCounters = &scenario.Request{Method: http.MethodGet, Path: "/debug/flamelab/counters"}
	readMetrics  = &scenario.Request{Method: http.MethodGet, Path: "/debug/flamelab/metrics"}
)

// startSampling reads the target's goroutines again and again until the returned function is
// called, which has the most that there were and the number of samples. A connection on which
// the target isn't at work has a goroutine, too, which isn't counted: it is idle, or its request
// has not begun, since the machine is busy.
func startSampling(ctx context.Context, url string, phases []*phase) (stop func() (most, samples int), err error) {
	own, err := client.New(url, timeout)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	var seen []sample
	began := time.Now()
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		defer own.Close()
		ticker := time.NewTicker(sampleEvery)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				open := own.Connections()
				for _, p := range phases {
					open += p.Connections()
				}
				if n, inFlight, ok := readGoroutines(ctx, own); ok {
					seen = append(seen, sample{time.Since(began), n - max(0, int(open)-inFlight)})
				}
			case <-ctx.Done():
				return
			}
		}
	}()
	return func() (int, int) {
		cancel()
		<-stopped
		return mostOf(seen), len(seen)
	}, nil
}

type sample struct {
	at         time.Duration
	goroutines int
}

// mostOf is the largest number that is reached for as long as lasting:
//
//	ms          0   25   50   75   100  125
//	goroutines  130 900  410  405  420  430   → 405
func mostOf(samples []sample) int {
	most := 0
	for i, first := range samples {
		least := first.goroutines
		for _, next := range samples[i:] {
			least = min(least, next.goroutines)
			if next.at-first.at >= lasting {
				most = max(most, least)
				break
			}
		}
	}
	return most
}

// readGoroutines has the target's goroutines, and the requests that it is at work on.
func readGoroutines(ctx context.Context, from *client.Client) (goroutines, inFlight int, ok bool) {
	answer, err := from.Probe(ctx, readCounters)
	var counters struct {
		Goroutines int `json:"goroutines"`
		InFlight   int `json:"inFlight"`
	}
	if err != nil || json.Unmarshal(answer.Body, &counters) != nil {
		return 0, 0, false
	}
	return counters.Goroutines, counters.InFlight, true
}

// readStacks has the bytes of all stacks, or 0 if they can't be read.
func readStacks(ctx context.Context, target scenario.Probe) int64 {
	answer, err := target(ctx, readMetrics)
	var metrics struct {
		Runtime struct {
			Stacks int64 `json:"/memory/classes/heap/stacks:bytes"`
		} `json:"runtime"`
	}
	if err != nil || json.Unmarshal(answer.Body, &metrics) != nil {
		return 0
	}
	return metrics.Runtime.Stacks
}
