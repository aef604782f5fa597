package main

import "runtime/debug"

// memoryLimit is far enough from what is in use for the collector to have its rest.
const memoryLimit = 256 << 20

// limitMemory has the runtime collect in time.
func limitMemory() { debug.SetMemoryLimit(memoryLimit) }
