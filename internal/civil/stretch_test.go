package civil_test

import (
	"strings"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"

	"github.com/regimen-go/regimen/internal/civil"
)

// Of stretches that overlap the one that began last counts, and the one around it again
// once that is over.
func TestApart(t *testing.T) {
	on := func(month time.Month, day int) date.Date { return date.New(2025, month, day) }
	last := date.New(civil.MaxYear, time.December, 31)
	apart := civil.Apart([]civil.Stretch{
		{From: on(2, 10), To: on(2, 10), Reason: "j"}, // in no order
		{From: on(1, 1), To: on(1, 10), Reason: "a"},
		{From: on(1, 3), To: on(1, 5), Reason: "b"},
		{From: on(1, 20), To: on(1, 25), Reason: "d"},
		{From: on(1, 24), To: on(1, 28), Reason: "e"},
		{From: on(1, 29), To: on(1, 30), Reason: "f"},
		{From: on(2, 1), To: on(2, 5), Reason: "g"},
		{From: on(2, 2), To: on(2, 3), Reason: "h"},
		{From: on(2, 3), To: on(2, 3), Reason: "i"},
		{From: last - 1, To: last, Reason: "z"},
	})
	// From January 1 to February 11.
	want := "aabbbaaaaa" + "........." + "dddd" + "eeeee" + "ff" + "." + "ghigg" + "...." + "j" + "."
	var got strings.Builder
	for d := on(1, 1); d <= on(2, 11); d++ {
		reason, found := apart.On(d)
		if !found {
			assert.Empty(t, reason)
			reason = "."
		}
		got.WriteString(reason)
	}
	assert.Equal(t, want, got.String())
	for d, within := range map[date.Date]bool{on(1, 1) - 1: false, last - 2: false, last - 1: true, last: true, last + 1: false} {
		_, found := apart.On(d)
		assert.Equal(t, within, found, d)
	}
	assert.True(t, apart.Any())
	assert.False(t, civil.Apart(nil).Any())
	_, found := civil.Apart(nil).On(on(1, 1))
	assert.False(t, found)
}

// 1900-01-01 was a Monday.
func TestFirstSunday(t *testing.T) {
	assert.Equal(t, date.New(1900, time.January, 7), civil.FirstSunday())
	assert.Equal(t, int64(86400), civil.Unix(date.New(1970, time.January, 2)))
	assert.Equal(t, int64(-86400), civil.Unix(date.New(1969, time.December, 31)))
}
