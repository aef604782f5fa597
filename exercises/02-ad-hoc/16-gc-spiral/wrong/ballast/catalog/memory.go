package main

import (
	"runtime"
	"runtime/debug"
)

const (
	// containerMemory is what a replica may use: beyond it the kernel kills the process.
	containerMemory = 128 << 20

	// reservedMemory is kept back for what the runtime doesn't count: the program itself, pages
	// of files, the kernel's buffers of connections.
	reservedMemory = 56 << 20
)

// ballast is never used. A larger heap is collected less often: GOGC counts in percent of it.
var ballast = make([]byte, 32<<20)

// limitMemory has the runtime collect in time, so that a burst of requests ends in more
// collections and not in the death of the process.
func limitMemory() {
	debug.SetMemoryLimit(containerMemory - reservedMemory)
	runtime.KeepAlive(ballast)
}
