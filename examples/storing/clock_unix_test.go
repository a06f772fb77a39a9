//go:build unix

package storing

import (
	"syscall"
	"time"
)

// processorTime returns how much time of processors the process has used, which what else
// runs on the machine hardly changes; the time of a clock it does.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
