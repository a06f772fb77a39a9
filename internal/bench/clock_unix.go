//go:build unix

package bench

import (
	"syscall"
	"time"
)

// clock returns the processor time that this process has used, so that what
// other processes do meanwhile does not count.
func clock() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic("bench: " + err.Error())
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
