package ics

import (
	"bytes"

	"github.com/regimen-go/regimen/internal/bench"
	"github.com/regimen-go/regimen/schedule/ical"
)

// Pairs returns the comparisons of this package.
func Pairs() []bench.Pair {
	w := NewWriter()
	events := w.Events()
	var (
		into    = bench.Side{Name: "Append into a buffer", Run: appending(w.Append)}
		fresh   = bench.Side{Name: "Append into nothing", Run: repeat(func() { w.Append(nil) })}
		written = bench.Side{Name: "Write", Run: writing(func(b *bytes.Buffer) error { return ical.Write(b, w.Plan, w.Options) })}
		floor   = bench.Side{Name: "hand-written floor", Run: appending(func(b []byte) []byte { return Floor(b, events) })}
		anew    = bench.Side{Name: "hand-written floor into nothing", Run: repeat(func() { Floor(nil, events) })}
		arran4  = bench.Side{Name: "arran4/golang-ical", Run: writing(func(b *bytes.Buffer) error { return Arran4(b, events) })}
		emer    = bench.Side{Name: "emersion/go-ical", Run: writing(func(b *bytes.Buffer) error { return Emersion(b, events) })}
	)
	pair := func(a, b bench.Side) bench.Pair { return bench.Pair{Group: "ics write", A: a, B: b} }
	return []bench.Pair{
		pair(into, floor), pair(fresh, anew), pair(written, floor),
		pair(arran4, into), pair(emer, into), pair(arran4, floor), pair(emer, floor),
	}
}

func appending(write func([]byte) []byte) func(n int) {
	var b []byte
	return repeat(func() { b = write(b[:0]) })
}

func writing(write func(*bytes.Buffer) error) func(n int) {
	var b bytes.Buffer
	return repeat(func() {
		b.Reset()
		must(write(&b))
	})
}

func repeat(f func()) func(n int) {
	return func(n int) {
		for range n {
			f()
		}
	}
}
