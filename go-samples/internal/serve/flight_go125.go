//go:build go1.25

package serve

import "runtime/trace"

func newRecorder() recorder {
	return trace.NewFlightRecorder(trace.FlightRecorderConfig{MinAge: flightAge, MaxBytes: flightBytes})
}
