package schedule_test

import "testing"

// many is how many random instances a test looks at: a tenth with -short, and under
// the race detector.
func many(n int) int {
	if raced || testing.Short() {
		return n / 10
	}
	return n
}
