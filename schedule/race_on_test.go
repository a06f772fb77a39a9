//go:build race

package schedule_test

// raced reports that the race detector makes every random instance ten times as slow.
const raced = true
