package ics_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	arran4 "github.com/arran4/golang-ical"
	emersion "github.com/emersion/go-ical"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/bench"
	"github.com/regimen-go/regimen/internal/bench/ics"
)

// TestFloor: the floor does all the work, and nothing else.
func TestFloor(t *testing.T) {
	w := ics.NewWriter()
	assert.Equal(t, string(w.Append(nil)), string(ics.Floor(nil, w.Events())))
}

// TestAgree reads what every side writes with both libraries.
func TestAgree(t *testing.T) {
	w := ics.NewWriter()
	events := w.Events()
	require.Len(t, events, 20)
	var arran, emer bytes.Buffer
	require.NoError(t, ics.Arran4(&arran, events))
	require.NoError(t, ics.Emersion(&emer, events))
	for name, data := range map[string][]byte{"regimen": w.Append(nil), "arran4": arran.Bytes(), "emersion": emer.Bytes()} {
		t.Run(name, func(t *testing.T) {
			c, err := arran4.ParseCalendar(bytes.NewReader(data))
			require.NoError(t, err)
			require.Len(t, c.Events(), len(events))
			for i, got := range c.Events() {
				text := func(p arran4.ComponentProperty) string { return got.GetProperty(p).Value }
				assert.Equal(t, events[i].UID, got.Id())
				assert.Equal(t, events[i].Summary, text(arran4.ComponentPropertySummary))
				assert.Equal(t, events[i].Description, text(arran4.ComponentPropertyDescription))
				assert.Equal(t, events[i].Location, text(arran4.ComponentPropertyLocation))
				start, err := got.GetStartAt()
				require.NoError(t, err)
				assert.True(t, events[i].Start.Equal(start), start)
			}
			parsed, err := emersion.NewDecoder(bytes.NewReader(data)).Decode()
			require.NoError(t, err)
			require.Len(t, parsed.Events(), len(events))
			for i, got := range parsed.Events() {
				for p, want := range map[string]string{
					emersion.PropSummary: events[i].Summary, emersion.PropDescription: events[i].Description, emersion.PropStatus: events[i].Status,
				} {
					text, err := got.Props.Text(p)
					require.NoError(t, err)
					assert.Equal(t, want, text)
				}
				start, err := got.DateTimeStart(time.UTC)
				require.NoError(t, err)
				assert.True(t, events[i].Start.Equal(start), start)
			}
			assert.Equal(t, len(events), strings.Count(string(data), "BEGIN:VALARM"))
		})
	}
}

// TestRun runs what is timed.
func TestRun(t *testing.T) {
	for _, side := range bench.Sides(ics.Pairs()) {
		side.Run(2)
	}
}

func Benchmark(b *testing.B) { bench.Benchmarks(b, ics.Pairs()) }
