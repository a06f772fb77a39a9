package protocol_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
)

// What planning asks again and again costs no allocation.
func TestAllocations(t *testing.T) {
	c := protocol.MustCadence("3-2-1-1-1 then every 4w x3 then days 1, 8 of 21 x6 then weeks 0, 2, 6")
	p, err := protocol.Spec{Phases: []protocol.Phase{{Name: "all", Cadence: c}}}.Compile()
	require.NoError(t, err)
	other := protocol.MustCadence(c.String())
	set := protocol.OnDays(time.Monday, time.Thursday)
	buf := make([]byte, 0, 256)
	n := 0
	for name, f := range map[string]func(){
		"Segments of a cadence": func() {
			for i, s := range c.Segments() {
				n += i + s.Weeks() + s.Points() + s.Times() + s.Length() + s.FromWeek()
			}
		},
		"Segments of a protocol": func() {
			for phase, s := range p.Segments() {
				n += phase + s.Interval().Days()
			}
		},
		"Count and Point": func() {
			for _, s := range c.Segments() {
				for week := range s.Weeks() {
					n += s.Count(week)
				}
				for point := range s.Points() {
					n += s.Point(point)
				}
			}
		},
		"Sessions": func() {
			k, _ := c.Sessions()
			n += k
		},
		"Endless and IsZero": func() {
			if c.Endless() || c.IsZero() || c.AsNeeded() {
				n++
			}
		},
		"Equal": func() {
			if c.Equal(other) {
				n++
			}
		},
		"AppendText": func() {
			b, _ := c.AppendText(buf)
			n += len(b)
		},
		"days of a DaySet": func() {
			for d := range set.All() {
				n += int(d)
			}
		},
		"DaySet.AppendText": func() {
			b, _ := set.AppendText(buf)
			n += len(b)
		},
		"Cadence and Digest": func() {
			if p.Cadence().Len() > 0 && !p.Digest().IsZero() {
				n++
			}
		},
	} {
		assert.Zero(t, testing.AllocsPerRun(100, f), name)
	}
	assert.Positive(t, n)

	text := c.String()
	assert.LessOrEqual(t, testing.AllocsPerRun(100, func() {
		if _, err := protocol.ParseCadence(text); err != nil {
			t.Error(err)
		}
	}), 14.0, "ParseCadence")
}

func BenchmarkParseCadence(b *testing.B) {
	for _, text := range []string{"3-2-1-1-1 then every 4w", "days 1, 8 of 21 x6", "7/wk x1000", "bi-weekly"} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = protocol.ParseCadence(text)
			}
		})
	}
}

func BenchmarkCadenceAppendText(b *testing.B) {
	c := protocol.MustCadence("3-2-1-1-1 then every 4w")
	buf := make([]byte, 0, 64)
	b.ReportAllocs()
	for b.Loop() {
		_, _ = c.AppendText(buf)
	}
}

func BenchmarkCompile(b *testing.B) {
	s := openSpec()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Compile(); err != nil {
			b.Fatal(err)
		}
	}
}
