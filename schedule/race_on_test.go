//go:build race

package schedule_test

// many is how many random instances a test looks at: the race detector makes
// each of them ten times as slow.
func many(n int) int { return n / 10 }
