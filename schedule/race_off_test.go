//go:build !race

package schedule_test

// many is how many random instances a test looks at.
func many(n int) int { return n }
