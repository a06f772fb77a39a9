//go:build race

package dose_test

// raceEnabled says that the race detector slows everything down.
const raceEnabled = true
