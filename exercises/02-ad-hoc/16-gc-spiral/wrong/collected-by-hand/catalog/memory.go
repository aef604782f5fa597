package main

import (
	"runtime"
	"runtime/debug"
	"time"
)

// collectEvery is often enough for the garbage to stay far below the container's size.
const collectEvery = 500 * time.Millisecond

// limitMemory collects at times that the service knows, and never in between.
func limitMemory() {
	debug.SetGCPercent(-1)
	go collect(time.Tick(collectEvery))
}

func collect(ticks <-chan time.Time) {
	for range ticks {
		runtime.GC()
	}
}
