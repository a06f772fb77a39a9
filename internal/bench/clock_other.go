//go:build !unix

package bench

import "time"

// clock returns the time of day, where processor time is not to be had.
func clock() time.Duration { return time.Duration(time.Now().UnixNano()) }
