package serve

import (
	"runtime/metrics"
	"time"
)

// counters are what costs next to nothing to read and only ever grows, goroutines and
// inFlight apart. Their difference around a stretch of traffic is its cost.
type counters struct {
	UnixMillis     int64  `json:"unixMillis"`
	CPUNanos       int64  `json:"cpuNanos"` // user and system time of the process
	Objects        uint64 `json:"objects"`  // heap objects ever allocated
	Bytes          uint64 `json:"bytes"`    // heap bytes ever allocated
	GCCycles       uint64 `json:"gcCycles"`
	GCCyclesForced uint64 `json:"gcCyclesForced"`
	Goroutines     uint64 `json:"goroutines"`
	Requests       int64  `json:"requests"`
	Errors         int64  `json:"errors"`
	InFlight       int64  `json:"inFlight"`
}

func readCounters(requests *tally) (counters, error) {
	cpu, err := processCPU()
	if err != nil {
		return counters{}, err
	}
	samples := [...]metrics.Sample{
		{Name: "/gc/heap/allocs:objects"},
		{Name: "/gc/heap/allocs:bytes"},
		{Name: "/gc/cycles/total:gc-cycles"},
		{Name: "/gc/cycles/forced:gc-cycles"},
		{Name: "/sched/goroutines:goroutines"},
	}
	metrics.Read(samples[:])
	return counters{
		UnixMillis:     time.Now().UnixMilli(),
		CPUNanos:       cpu.Nanoseconds(),
		Objects:        samples[0].Value.Uint64(),
		Bytes:          samples[1].Value.Uint64(),
		GCCycles:       samples[2].Value.Uint64(),
		GCCyclesForced: samples[3].Value.Uint64(),
		Goroutines:     samples[4].Value.Uint64(),
		Requests:       requests.requests.Load(),
		Errors:         requests.errors.Load(),
		InFlight:       requests.inFlight.Load(),
	}, nil
}
