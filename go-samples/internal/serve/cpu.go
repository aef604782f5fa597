package serve

import (
	"bytes"
	"context"
	"errors"
	"runtime/pprof"
	"time"
)

var errCPUInUse = errors.New("a CPU profile is already being taken of this process")

// cpuProfile is the one CPU profile that a process can take at a time.
type cpuProfile struct{ rightOfWay }

// takeWindow profiles for the given time, or until ctx ends, or until interrupted.
func (c *cpuProfile) takeWindow(ctx context.Context, length time.Duration) (profile []byte, interrupted bool, err error) {
	var buffer bytes.Buffer
	start := func() error { return pprof.StartCPUProfile(&buffer) }
	if interrupted, err = c.take(ctx, length, start, pprof.StopCPUProfile); err != nil {
		return nil, false, errCPUInUse
	}
	return buffer.Bytes(), interrupted, nil
}
