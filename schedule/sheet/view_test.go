package sheet

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

func TestLocales(t *testing.T) {
	d := schedule.MustDate("2027-03-05")
	for _, tt := range []struct {
		tag                           string
		long, short, dayMonth, month  string
		midnight, early, noon, atNine string
		first                         time.Weekday
		dir                           string
		paper                         Paper
	}{
		{"en-US", "Friday, March 5, 2027", "Fri, Mar 5, 2027", "Mar 5", "March 2027", "12:00 AM", "9:05 AM", "12:00 PM", "9:30 PM", time.Sunday, "ltr", Letter},
		{"en-GB", "Friday 5 March 2027", "Fri 5 Mar 2027", "5 Mar", "March 2027", "00:00", "09:05", "12:00", "21:30", time.Monday, "ltr", A4},
		{"de", "Freitag, 5. März 2027", "Fr, 5. März 2027", "5. März", "März 2027", "00:00", "09:05", "12:00", "21:30", time.Monday, "ltr", A4},
		{"es", "viernes, 5 de marzo de 2027", "vie, 5 mar 2027", "5 mar", "marzo de 2027", "0:00", "9:05", "12:00", "21:30", time.Monday, "ltr", A4},
		{"ar", "الجمعة، 5 مارس 2027", "الجمعة، 5 مارس 2027", "5 مارس", "مارس 2027", "12:00 ص", "9:05 ص", "12:00 م", "9:30 م", time.Saturday, "rtl", A4},
	} {
		t.Run(tt.tag, func(t *testing.T) {
			l := locale(t, tt.tag)
			var found problems
			l.check(&found)
			require.NoError(t, found.err())
			assert.Equal(t, tt.tag, l.Tag)
			assert.Equal(t, tt.long, l.longDate(d))
			assert.Equal(t, tt.short, l.shortDate(d))
			assert.Equal(t, tt.dayMonth, l.dayMonth(d))
			assert.Equal(t, tt.month, l.month(d))
			assert.Equal(t, tt.midnight, l.clock(at(t, "00:00")))
			assert.Equal(t, tt.early, l.clock(at(t, "09:05")))
			assert.Equal(t, tt.noon, l.clock(at(t, "12:00")))
			assert.Equal(t, tt.atNine, l.clock(at(t, "21:30")))
			assert.Equal(t, tt.first, l.FirstWeekday)
			assert.Equal(t, tt.dir, l.dir())
			assert.Equal(t, tt.paper, l.Paper)
			assert.Equal(t, strings.HasPrefix(tt.tag, "en"), l.english())
		})
	}
}

// The end of a day is written as the clock has it.
func TestMidnight(t *testing.T) {
	american, british := locale(t, "en-US"), locale(t, "en-GB")
	assert.Equal(t, "12:00 AM", american.clock(at(t, "24:00")))
	assert.Equal(t, "24:00", british.clock(at(t, "24:00")))
	d := schedule.MustDate("2027-03-05")
	assert.Equal(t, "2027-03-05T23:59", moment(d, at(t, "23:59")))
	assert.Equal(t, "2027-03-05", moment(d, at(t, "24:00")))
	assert.Equal(t, "2027-03-05", moment(d, at(t, "")))
}

func TestEnglish(t *testing.T) {
	for tag, want := range map[string]bool{"en": true, "en-US": true, "EN-au": true, "eng": false, "enm": false, "de": false, "": false} {
		assert.Equal(t, want, (&Locale{Tag: tag}).english(), tag)
	}
}

func TestRanges(t *testing.T) {
	l := locale(t, "en-US")
	for want, numbers := range map[string][]int{
		"": nil, "4": {4}, "1, 2": {1, 2}, "1–3": {1, 2, 3}, "1–3, 5, 7, 8, 10–12": {1, 2, 3, 5, 7, 8, 10, 11, 12},
	} {
		assert.Equal(t, want, l.ranges(numbers))
	}
}

// A value never takes part in the pattern that it is put into.
func TestFill(t *testing.T) {
	assert.Equal(t, "{b} and {a}", fill("{a} and {b}", "{a}", "{b}", "{b}", "{a}"))
}

// Where the time of a visit is not known, its tasks count from its moments.
func TestUntimed(t *testing.T) {
	v := states(t, "en-US")
	r := reader{view: v}
	until := func(d time.Duration) *time.Duration { return &d }
	for _, tt := range []struct {
		task protocol.Task
		part part
		want string
	}{
		{protocol.Task{From: protocol.AdministrationStart, At: -2 * time.Hour, Until: until(0)}, before, "2\u00a0h before the treatment begins to when the treatment begins"},
		{protocol.Task{From: protocol.Arrival, At: -90 * time.Minute}, before, "1\u00a0h\u00a030\u00a0min before you arrive"},
		{protocol.Task{At: -time.Minute}, before, "1\u00a0min before you arrive"},
		{protocol.Task{}, during, "when you arrive"},
		{protocol.Task{From: protocol.AdministrationEnd, At: 40 * time.Minute}, during, "40\u00a0min after the treatment ends"},
		{protocol.Task{From: protocol.Departure, At: -5 * time.Minute}, during, "5\u00a0min before you leave"},
		{protocol.Task{From: protocol.Departure, Until: until(20 * time.Hour)}, after, "when you leave to 20\u00a0h after you leave"},
	} {
		visit := protocol.Visit{Preparation: 30 * time.Minute, Administration: 40 * time.Minute, Observation: 2 * time.Hour}
		got := r.untimed(tt.task, visit.StageOf(tt.task, 1))
		assert.Equal(t, tt.part, got.part, tt.want)
		assert.Equal(t, tt.want, got.when)
	}
}

func TestNext(t *testing.T) {
	v := states(t, "en-US")
	for _, tt := range []struct {
		asOf string
		want int // the number of the session
	}{
		{"2027-03-01T08:00", 4}, // what took place, was missed or cancelled is not ahead
		{"2027-03-10T08:00", 4},
		{"2027-03-10T12:09", 4}, // it is not over yet
		{"2027-03-10T12:10", 5},
		{"2027-03-14T00:00", 6},
		{"2027-03-17T23:59", 6}, // no time is known, so it may still come
		{"2027-03-18T00:00", 9}, // 7 is on hold, 8 was left out
	} {
		asOf, err := time.ParseInLocation("2006-01-02T15:04", tt.asOf, v.zone)
		require.NoError(t, err)
		v.asOf = asOf.UTC()
		v.begin()
		got := v.next()
		require.NotNil(t, got, tt.asOf)
		assert.Equal(t, tt.want, got.ordinal, tt.asOf)
	}
	v.asOf = time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	v.begin()
	assert.Nil(t, v.next())
}

// Every visit with a date is on one day of one month, under its weekday, and
// days of other months are blank.
func TestMonths(t *testing.T) {
	for _, tag := range []string{"en-US", "de", "ar"} {
		v := states(t, tag)
		seen := map[string]int{}
		for _, m := range v.months() {
			_, name, _ := m.first.Date()
			days := 0
			for _, week := range m.weeks {
				for i, d := range week {
					if d.date == 0 {
						assert.Empty(t, d.visits)
						continue
					}
					_, in, _ := d.date.Date()
					assert.Equal(t, name, in)
					assert.Equal(t, time.Weekday((int(v.Locale.FirstWeekday)+i)%7), d.date.Weekday())
					days++
					for _, at := range d.visits {
						assert.Equal(t, d.date, at.date)
						seen[at.id]++
					}
				}
			}
			assert.Equal(t, civil.Days(m.first, civil.AddMonths(m.first, 1)), days)
		}
		for _, at := range v.visits {
			if at.date == 0 {
				assert.Zero(t, seen[at.id])
			} else {
				assert.Equal(t, 1, seen[at.id])
			}
		}
	}
}

// Months without a visit are shown up to a year, and left out of longer plans.
func TestLongPlans(t *testing.T) {
	for _, tt := range []struct{ days, want int }{{0, 1}, {330, 11}, {364, 12}, {366, 2}, {4000, 2}} {
		v := states(t, "en-US")
		v.visits = v.visits[:1]
		v.visits = append(v.visits, v.visits[0])
		v.visits[1].date = civil.AddDays(v.visits[0].date, tt.days)
		if got := len(v.months()); got != tt.want {
			t.Errorf("%d days: %d months, want %d", tt.days, got, tt.want)
		}
	}
}

// cancelled is struck nowhere, only its time is.
func TestCancelledIsReadable(t *testing.T) {
	for form, write := range forms(&Sheet{states(t, "en-US")}) {
		var b strings.Builder
		require.NoError(t, write(&b))
		assert.True(t, strings.Contains(b.String(), "cancelled"), form)
		assert.False(t, strings.Contains(b.String(), "<s>cancelled"), form)
	}
}

// Everything on the timeline lies inside the drawing, whatever the plan.
func TestTimelineInside(t *testing.T) {
	for _, tag := range []string{"en-US", "ar"} {
		for _, gap := range []int{1, 2, 7, 30, 200} {
			v := many(t, tag, 60, gap)
			for i, text := range []string{v.svg(), states(t, tag).svg()} {
				width, height, shapes := 0, 0, 0
				d := xml.NewDecoder(strings.NewReader(text))
				for {
					token, err := d.Token()
					if errors.Is(err, io.EOF) {
						break
					}
					require.NoError(t, err)
					start, ok := token.(xml.StartElement)
					if !ok {
						continue
					}
					for _, a := range start.Attr {
						switch a.Name.Local {
						case "viewBox":
							_, err := fmt.Sscanf(a.Value, "0 0 %d %d", &width, &height)
							require.NoError(t, err)
						case "x", "cx":
							n, err := strconv.Atoi(a.Value)
							require.NoError(t, err)
							require.True(t, 0 <= n && n <= width, "%s %s=%s of %d", start.Name.Local, a.Name.Local, a.Value, width)
							shapes++
						case "y", "cy":
							n, err := strconv.Atoi(a.Value)
							require.NoError(t, err)
							require.True(t, 0 <= n && n <= height, "%s %s=%s of %d", start.Name.Local, a.Name.Local, a.Value, height)
						case "width", "height", "r":
							n, err := strconv.Atoi(a.Value)
							require.NoError(t, err)
							require.Positive(t, n)
						}
					}
				}
				require.Greater(t, shapes, 20, i)
			}
		}
	}
}

// Windows in one row of the timeline do not touch.
func TestWindowsApart(t *testing.T) {
	for _, gap := range []int{1, 2, 4, 7, 28} {
		v := many(t, "de", 40, gap)
		d := &drawing{view: v, radius: radius, hasMark: map[schedule.State]bool{}}
		d.measure()
		for i, a := range d.windows {
			for _, b := range d.windows[i+1:] {
				assert.False(t, a.row == b.row && a.from <= b.to && b.from <= a.to, "gap %d: %v and %v", gap, a, b)
			}
		}
	}
}

// many is a view of n sessions so many days apart.
func many(t testing.TB, tag string, n, gap int) *view {
	t.Helper()
	l, ok := LocaleOf(tag)
	require.True(t, ok)
	v := &view{Options: Options{Locale: l}, zone: time.UTC, asOf: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), sessions: n}
	day := schedule.MustDate("2020-01-01")
	start, _ := clinic.NewTimeOfDay(9 * 60)
	end, _ := clinic.NewTimeOfDay(11 * 60)
	for i := range n {
		on := day + date.Date(i*gap)
		v.visits = append(v.visits, visit{
			id: "s" + strconv.Itoa(i), ordinal: i + 1, state: schedule.StatePlanned, week: i*gap/7 + 1,
			date: on, target: on, earliest: max(day, on-3), latest: on + 3, start: start, end: end,
			tasks: []task{{part: before, when: l.clock(start), text: "task"}},
		})
	}
	v.begin()
	return v
}

// 2,000 sessions are a page, a timeline, a text and a table like any other.
func TestManySessions(t *testing.T) {
	const n = 2000
	v := many(t, "en-US", n, 2)
	for form, write := range forms(&Sheet{v}) {
		var b strings.Builder
		require.NoError(t, write(&b))
		switch form {
		case "html":
			assert.Equal(t, n, strings.Count(b.String(), `<tr class="planned">`))
			assert.Equal(t, n, strings.Count(b.String(), `<li class="planned">`))
			grids, lines := strings.Count(b.String(), `<div class="visit planned">`), strings.Count(b.String(), `<span class="on planned">`)
			assert.Equal(t, n, grids+lines)
			assert.Equal(t, 91, grids, "15 or 16 in each of six months, every second of 182 days")
			assert.Equal(t, 1, strings.Count(b.String(), `<div class="group">`), "one for all that is the same")
		case "svg":
			assert.Equal(t, n+1, strings.Count(b.String(), "<circle "))
		case "csv", "txt":
			assert.GreaterOrEqual(t, strings.Count(b.String(), "\n"), n)
		}
	}
}

// No line of plain text passes its width.
func TestTextWidth(t *testing.T) {
	for _, tag := range []string{"en-US", "de", "es", "ar"} {
		v := states(t, tag)
		for _, width := range []int{20, 30, 32, 40, 61, 80, 200} {
			var b strings.Builder
			require.NoError(t, (&Sheet{v}).WriteText(&b, width))
			for line := range strings.Lines(b.String()) {
				line = strings.TrimRight(line, "\n")
				assert.LessOrEqual(t, utf8.RuneCountInString(line), width, "%s %d: %q", tag, width, line)
				assert.Equal(t, strings.TrimRight(line, " "), line)
			}
		}
	}
}
