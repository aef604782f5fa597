package serve

import (
	"fmt"
	"syscall"
	"time"
)

// processCPU is the user and kernel time that this process has used.
func processCPU() (time.Duration, error) {
	self, err := syscall.GetCurrentProcess()
	if err != nil {
		return 0, fmt.Errorf("current process: %w", err)
	}
	var created, exited, kernel, user syscall.Filetime
	if err := syscall.GetProcessTimes(self, &created, &exited, &kernel, &user); err != nil {
		return 0, fmt.Errorf("process times: %w", err)
	}
	return fromFiletime(kernel) + fromFiletime(user), nil
}

// fromFiletime reads a span of time, which Windows counts in units of 100 ns.
func fromFiletime(f syscall.Filetime) time.Duration {
	return time.Duration(int64(f.HighDateTime)<<32|int64(f.LowDateTime)) * 100
}
