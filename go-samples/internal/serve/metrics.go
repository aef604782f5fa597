package serve

import (
	"runtime"
	"runtime/metrics"
	"time"
)

// The fleet's profile rates. The memory profile keeps Go's default rate.
const (
	mutexFraction = 5      // one of five contended unlocks is sampled
	blockNanos    = 10_000 // one sample per 10 µs of waiting on average
)

func setProfileRates() {
	runtime.SetMutexProfileFraction(mutexFraction)
	runtime.SetBlockProfileRate(blockNanos)
}

// runtimeMetrics are read by name; a runtime that lacks one leaves it out of the answer.
var runtimeMetrics = []string{
	"/gc/heap/live:bytes",
	"/gc/heap/goal:bytes",
	"/gc/heap/objects:objects",
	"/gc/gogc:percent",
	"/gc/gomemlimit:bytes",
	"/memory/classes/heap/objects:bytes",
	"/memory/classes/heap/free:bytes",
	"/memory/classes/heap/released:bytes",
	"/memory/classes/heap/stacks:bytes",
	"/memory/classes/total:bytes",
	"/sched/goroutines:goroutines",
	"/sched/gomaxprocs:threads",
	"/cpu/classes/gc/total:cpu-seconds",
	"/cpu/classes/gc/mark/assist:cpu-seconds",
	"/cpu/classes/gc/mark/dedicated:cpu-seconds",
	"/cpu/classes/idle:cpu-seconds",
	"/cpu/classes/scavenge/total:cpu-seconds",
	"/cpu/classes/total:cpu-seconds",
	"/cpu/classes/user:cpu-seconds",
	"/sync/mutex/wait/total:seconds",
}

type metricsJSON struct {
	UnixMillis   int64                   `json:"unixMillis"`
	UptimeMillis int64                   `json:"uptimeMillis"`
	Counters     counters                `json:"counters"`
	Rates        ratesJSON               `json:"rates"`
	GOMAXPROCS   int                     `json:"gomaxprocs"`
	Runtime      map[string]any          `json:"runtime"` // uint64 or float64
	Endpoints    map[string]endpointJSON `json:"endpoints"`
	Latency      latencyJSON             `json:"latency"`
	Flight       flightJSON              `json:"flight"`
}

type ratesJSON struct {
	MemProfile    int `json:"memProfile"`    // as it is now
	MutexFraction int `json:"mutexFraction"` // as it is now
	BlockNanos    int `json:"blockNanos"`    // as it was set at start: the runtime doesn't tell
}

type endpointJSON struct {
	Requests int64 `json:"requests"`
	Errors   int64 `json:"errors"`
}

func readMetrics(started time.Time, requests *tally) (metricsJSON, error) {
	now, err := readCounters(requests)
	if err != nil {
		return metricsJSON{}, err
	}
	endpoints := make(map[string]endpointJSON, len(requests.endpoints))
	for pattern, at := range requests.endpoints {
		endpoints[pattern] = endpointJSON{Requests: at.requests.Load(), Errors: at.errors.Load()}
	}
	return metricsJSON{
		UnixMillis:   now.UnixMillis,
		UptimeMillis: time.Since(started).Milliseconds(),
		Counters:     now,
		Rates: ratesJSON{
			MemProfile:    runtime.MemProfileRate,
			MutexFraction: runtime.SetMutexProfileFraction(-1),
			BlockNanos:    blockNanos,
		},
		GOMAXPROCS: runtime.GOMAXPROCS(0),
		Runtime:    readRuntime(),
		Endpoints:  endpoints,
		Latency:    requests.latency.read(),
		Flight:     requests.flight.state(),
	}, nil
}

func readRuntime() map[string]any {
	samples := make([]metrics.Sample, len(runtimeMetrics))
	for i, name := range runtimeMetrics {
		samples[i].Name = name
	}
	metrics.Read(samples)
	values := make(map[string]any, len(samples))
	for _, s := range samples {
		switch s.Value.Kind() {
		case metrics.KindUint64:
			values[s.Name] = s.Value.Uint64()
		case metrics.KindFloat64:
			values[s.Name] = s.Value.Float64()
		}
	}
	return values
}
