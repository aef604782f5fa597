package serve

import (
	"context"
	"errors"
	"io"
	"runtime/trace"
	"time"
)

var errTraceInUse = errors.New("an execution trace is already being taken of this process")

// executionTrace is the one execution trace that a process can write at a time; the
// flight recorder is not one and runs beside it.
type executionTrace struct{ rightOfWay }

// takeWindow traces to out for the given time, or until ctx ends, or until interrupted.
func (t *executionTrace) takeWindow(ctx context.Context, length time.Duration, out io.Writer) (interrupted bool, err error) {
	start := func() error { return trace.Start(out) }
	if interrupted, err = t.take(ctx, length, start, trace.Stop); err != nil {
		return false, errTraceInUse
	}
	return interrupted, nil
}
