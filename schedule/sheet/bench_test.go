package sheet_test

import (
	"io"
	"testing"

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
