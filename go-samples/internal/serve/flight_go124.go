//go:build !go1.25

package serve

// newRecorder is nil: the runtime has a flight recorder since Go 1.25.
func newRecorder() recorder { return nil }
