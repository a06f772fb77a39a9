package sheet_test

import (
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule/sheet"
)

func BenchmarkNew(b *testing.B) {
	plan, l := build(b, course()), locale(b, "en-US")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := sheet.New(plan, sheet.Options{Locale: l}); err != nil {
			b.Fatal(err)
		}
	}
}

// A page of 21 sessions and a follow-up costs few allocations: at most 500.
func TestPageIsCheap(t *testing.T) {
	spec := course()
	for i := range spec.Phases {
		spec.Phases[i].Companions = nil
	}
	spec.Phases[0].Cadence, spec.Phases[1].Cadence = protocol.MustCadence("3-2-1-1-1"), protocol.MustCadence("every 4w x13")
	s, err := sheet.New(build(t, spec), sheet.Options{Locale: locale(t, "en-US")})
	require.NoError(t, err)
	allocs := testing.AllocsPerRun(10, func() { err = s.WriteHTML(io.Discard) })
	require.NoError(t, err)
	t.Log(allocs)
	assert.LessOrEqual(t, allocs, 500.0)
}

func BenchmarkSheet(b *testing.B) {
	s, err := sheet.New(build(b, course()), sheet.Options{Locale: locale(b, "en-US")})
	if err != nil {
		b.Fatal(err)
	}
	for _, form := range []struct {
		name  string
		write func(io.Writer) error
	}{
		{"HTML", s.WriteHTML},
		{"SVG", s.WriteSVG},
		{"Text", func(w io.Writer) error { return s.WriteText(w, 80) }},
		{"CSV", s.WriteCSV},
	} {
		b.Run(form.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := form.write(io.Discard); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
