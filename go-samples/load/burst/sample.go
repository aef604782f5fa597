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

	// A number counts when so many samples running reach it: after a stall of the machine all
	// that has arrived meanwhile is under way at once, for some milliseconds.
	running = 3
)

var (
	readCounters = &scenario.Request{Method: http.MethodGet, Path: "/debug/flamelab/counters"}
	readMetrics  = &scenario.Request{Method: http.MethodGet, Path: "/debug/flamelab/metrics"}
)

// startSampling reads the target's goroutines again and again until the returned function is
// called, which has the most that there were and the number of samples.
func startSampling(ctx context.Context, url string) (stop func() (most, samples int), err error) {
	own, err := client.New(url, timeout)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	var seen []int
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		defer own.Close()
		ticker := time.NewTicker(sampleEvery)
		defer ticker.Stop()
		for {
			select {
			case <-ticker.C:
				if n, ok := readGoroutines(ctx, own); ok {
					seen = append(seen, n)
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

// mostOf is the largest number that is reached in so many samples running:
//
//	130 131 900 128 131  → 128      130 400 410 405 130  → 400
func mostOf(samples []int) int {
	most := 0
	for i := range len(samples) - running + 1 {
		least := samples[i]
		for _, n := range samples[i : i+running] {
			least = min(least, n)
		}
		most = max(most, least)
	}
	return most
}

func readGoroutines(ctx context.Context, from *client.Client) (int, bool) {
	answer, err := from.Probe(ctx, readCounters)
	var counters struct {
		Goroutines int `json:"goroutines"`
	}
	if err != nil || json.Unmarshal(answer.Body, &counters) != nil {
		return 0, false
	}
	return counters.Goroutines, true
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
