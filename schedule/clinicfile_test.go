package schedule_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
)

// A clinic keeps its calendar in a file. Whoever reads the file says where time
// zones come from.
func ExampleParseClinic() {
	spec, err := schedule.ParseClinic("north.json", []byte(`{
  "format": "regimen-clinic/1",
  "zone": "UTC",
  "weekly": {"Mon": ["08:00-12:00", "13:00-17:00"], "Thu": ["08:00-12:00"]},
  "closed": [{"date": "2025-01-20", "reason": "Martin Luther King Jr. Day"}]
}`), time.LoadLocation)
	if err != nil {
		fmt.Println(err)
		return
	}
	clinic, err := schedule.NewClinic(spec)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, day := range []string{"2025-01-13", "2025-01-14", "2025-01-20"} {
		hours, reason := clinic.Open(schedule.MustDate(day))
		fmt.Printf("%s %v %q\n", day, hours, reason)
	}
	// Output:
	// 2025-01-13 [08:00-12:00 13:00-17:00] ""
	// 2025-01-14 [] "not open on Tuesdays"
	// 2025-01-20 [] "Martin Luther King Jr. Day"
}

// Every mistake of a file is reported at once.
func ExampleFileProblem() {
	_, err := schedule.ParseClinic("north.json", []byte(`{
  "format": "regimen-clinic/1",
  "zone": "UTC",
  "weekly": {"Mon": ["08:00-12:00", "11:00-17:00"]},
  "closed": [{"date": "2025-02-30", "raeson": "inventory"}]
}`), time.LoadLocation)
	if problems, ok := errors.AsType[*schedule.FileProblems](err); ok {
		for _, p := range problems.Kept() {
			fmt.Println(p)
		}
	}
	// Output:
	// north.json:4:37: /weekly/Mon/1: want hours in order that do not overlap 08:00-12:00, got "11:00-17:00" [overlap]
	// north.json:5:32: /closed/0/date: want a day that this month has, got "2025-02-30" [value]
	// north.json:5:37: /closed/0/raeson: want the key "reason", got "raeson" [unknown-key]
}

var errNoZone = errors.New("no such zone")

// zones knows three zones, and is wrong about one of them.
func zones(name string) (*time.Location, error) {
	switch name {
	case "UTC":
		return time.UTC, nil
	case "America/New_York":
		return time.FixedZone(name, -5*60*60), nil
	case "Europe/Paris":
		return time.FixedZone("Europe/London", 0), nil
	default:
		return nil, errNoZone
	}
}

// fullClinic is what testdata/clinic.json has.
func fullClinic(t testing.TB) schedule.ClinicSpec {
	t.Helper()
	zone, err := zones("America/New_York")
	require.NoError(t, err)
	hours, day := schedule.MustHours, schedule.MustDate
	return schedule.ClinicSpec{
		Zone: zone,
		Weekly: map[time.Weekday][]schedule.Hours{
			time.Monday:  {hours("08:00-12:00"), hours("13:00-17:00")},
			time.Tuesday: {hours("08:00-17:00")},
			time.Friday:  {hours("08:00-24:00")},
			time.Sunday:  {hours("10:00-12:00")},
		},
		Seasons: []schedule.Season{
			{From: day("2025-07-01"), To: day("2025-08-31"), Weekly: schedule.OpenOn(hours("07:00-13:00"), time.Monday)},
			{From: day("2026-02-01"), To: day("2026-02-01"), Weekly: map[time.Weekday][]schedule.Hours{}},
		},
		Half: []schedule.SpecialDay{{Date: day("2025-12-24"), Hours: []schedule.Hours{hours("08:00-10:00"), hours("10:00-12:00")}}},
		Closed: []schedule.Closure{
			{Date: day("2025-01-20"), Reason: "Martin Luther King Jr. Day"},
			{Date: day("2025-08-04"), To: day("2025-08-15"), Reason: `summer "break"`},
			{Date: day("2025-08-11")},
		},
		Yearly: []schedule.YearlyClosure{
			{Month: time.December, Day: 25, Reason: "Christmas Day"},
			{Month: time.November, Weekday: time.Thursday, Nth: 4, Reason: "Thanksgiving Day"},
			{Month: time.February, Day: 29},
			{Month: time.May, Weekday: time.Monday, Nth: -1, Reason: "Memorial Day"},
		},
		Extra: []schedule.SpecialDay{{Date: day("2025-11-29"), Hours: []schedule.Hours{hours("09:00-13:00")}}},
	}
}

func TestClinicFile(t *testing.T) {
	src, err := os.ReadFile("testdata/clinic.json")
	require.NoError(t, err)
	spec, err := schedule.ParseClinic("clinic.json", src, zones)
	require.NoError(t, err)
	assert.Equal(t, fullClinic(t), spec)
	assert.Equal(t, string(src), string(schedule.FormatClinic(spec)))

	least := []byte("{\n  \"format\": \"regimen-clinic/1\",\n  \"zone\": \"UTC\",\n  \"weekly\": {}\n}\n")
	spec, err = schedule.ParseClinic("", least, zones)
	require.NoError(t, err)
	assert.Equal(t, schedule.ClinicSpec{Zone: time.UTC, Weekly: map[time.Weekday][]schedule.Hours{}}, spec)
	assert.Equal(t, string(least), string(schedule.FormatClinic(spec)))
}

// What has two forms in Go has one in a file.
func TestClinicFileIsCanonical(t *testing.T) {
	day := schedule.MustDate
	hours := []schedule.Hours{schedule.MustHours("08:00-09:00")}
	got := schedule.FormatClinic(schedule.ClinicSpec{
		Zone:    time.UTC,
		Weekly:  map[time.Weekday][]schedule.Hours{time.Sunday: hours, time.Saturday: hours, time.Monday: {}},
		Half:    []schedule.SpecialDay{{Date: day("2025-03-02"), Hours: hours}, {Date: day("2025-03-01"), Hours: hours}},
		Closed:  []schedule.Closure{{Date: day("2025-02-02"), To: day("2025-02-02")}, {Date: day("2025-01-01"), To: day("2025-01-02")}},
		Yearly:  []schedule.YearlyClosure{{Month: 12, Day: 25, Weekday: time.Friday}, {Month: 1, Day: 1}},
		Seasons: []schedule.Season{{From: day("2026-01-01"), To: day("2026-01-01")}, {From: day("2025-01-01"), To: day("2025-01-01")}},
	})
	assert.Equal(t, `{"format":"regimen-clinic/1","zone":"UTC","weekly":{"Sat":["08:00-09:00"],"Sun":["08:00-09:00"]},`+
		`"seasons":[{"from":"2025-01-01","to":"2025-01-01","weekly":{}},{"from":"2026-01-01","to":"2026-01-01","weekly":{}}],`+
		`"half":[{"date":"2025-03-01","hours":["08:00-09:00"]},{"date":"2025-03-02","hours":["08:00-09:00"]}],`+
		`"closed":[{"from":"2025-01-01","to":"2025-01-02"},{"date":"2025-02-02"}],`+
		`"yearly":[{"month":12,"day":25},{"month":1,"day":1}]}`, compact(t, got))
}

func compact(t *testing.T, src []byte) string {
	t.Helper()
	var b strings.Builder
	for line := range strings.Lines(string(src)) {
		b.WriteString(strings.TrimSpace(line))
	}
	return strings.ReplaceAll(b.String(), `": `, `":`)
}

// TestClinicFileProblems reads documents with lines "---" between them. The
// problems of each are written after "###" on the line that has them, or on lines
// of their own after it, without the name of the file and the line; the reader
// sees none of that.
func TestClinicFileProblems(t *testing.T) {
	content, err := os.ReadFile("testdata/clinic-problems.txt")
	require.NoError(t, err)
	broken := 0
	for i, chunk := range strings.Split(string(content), "---\n") {
		t.Run(fmt.Sprint(i+1), func(t *testing.T) {
			src, want := expected(chunk)
			broken += len(want)
			spec, err := schedule.ParseClinic("f", src, zones)
			assert.Zero(t, spec)
			problems, ok := errors.AsType[*schedule.FileProblems](err)
			require.True(t, ok, "%v", err)
			var got []string
			for _, p := range problems.Kept() {
				got = append(got, p.Error())
			}
			assert.Equal(t, strings.Join(want, "\n"), strings.Join(got, "\n"))
		})
	}
	assert.Greater(t, broken, 80)
}

// expected splits a chunk of testdata/clinic-problems.txt.
func expected(chunk string) (src []byte, want []string) {
	var lines []string
	for line := range strings.Lines(chunk) {
		parts := strings.Split(strings.TrimSuffix(line, "\n"), "###")
		if parts[0] != "" {
			lines = append(lines, strings.TrimSuffix(parts[0], " "))
		}
		for _, problem := range parts[1:] {
			want = append(want, fmt.Sprintf("f:%d:%s", max(1, len(lines)), strings.TrimSpace(problem)))
		}
	}
	return []byte(strings.Join(lines, "\n")), want
}

// The error leads to that of the parser and that of the caller's function.
func TestClinicFileErrors(t *testing.T) {
	const broken = `{"format": "regimen-clinic/1", "zone": "Mars/Phobos", "weekly": {}, "closed": [{"date": "2025-02-30"}]}`
	_, err := schedule.ParseClinic("f", []byte(broken), zones)
	require.EqualError(t, err, `f:1:40: /zone: want a time zone that is known, got "Mars/Phobos" [zone] (and 1 more error)`)
	require.ErrorIs(t, err, errNoZone)
	require.ErrorIs(t, err, schedule.ErrSyntax)
	problem, ok := errors.AsType[*schedule.FileProblem](err)
	require.True(t, ok)
	assert.Equal(t, "/zone", problem.Pointer)
	parsing, ok := errors.AsType[*schedule.ParseError](err)
	require.True(t, ok)
	assert.Equal(t, "2025-02-30", parsing.Input)

	const fine = `{"format": "regimen-clinic/1", "zone": "UTC", "weekly": {}}`
	_, err = schedule.ParseClinic("", []byte(fine), nil)
	require.EqualError(t, err, `1:40: /zone: want no clinic file without a function that loads time zones, got "UTC" [zone]`)
	_, err = schedule.ParseClinic("", []byte(fine), func(string) (*time.Location, error) { return nil, nil })
	require.EqualError(t, err, `1:40: /zone: want a time zone that is known, got "UTC" [zone]`)
}

// A file is refused exactly if NewClinic refuses the description, and otherwise
// gives a clinic that is open at the same times.
func TestClinicFileAgainstNewClinic(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	refused := 0
	for range 1000 {
		spec := randomSpec(r)
		want, wantErr := schedule.NewClinic(spec)
		src := schedule.FormatClinic(spec)
		again, err := schedule.ParseClinic("f", src, zones)
		if wantErr != nil {
			refused++
			require.Error(t, err, "%v\n%s", wantErr, src)
			continue
		}
		require.NoError(t, err, "%s", src)
		require.Equal(t, string(src), string(schedule.FormatClinic(again)))
		got, err := schedule.NewClinic(again)
		require.NoError(t, err)
		requireSameClinic(t, want, got, schedule.MustDate("2024-12-25"), schedule.MustDate("2025-05-01"))
	}
	assert.Greater(t, refused, 100)
	assert.Less(t, refused, 900)
}

func requireSameClinic(t *testing.T, want, got *schedule.Clinic, from, to date.Date) {
	t.Helper()
	require.Equal(t, want.Zone(), got.Zone())
	for d := from; d <= to; d++ {
		wantHours, wantReason := want.Open(d)
		hours, reason := got.Open(d)
		require.Equal(t, wantHours, hours, d.String())
		require.Equal(t, wantReason, reason, d.String())
	}
}

// randomSpec returns a description with a few things that make no sense now and
// then.
func randomSpec(r *rand.Rand) schedule.ClinicSpec {
	base := schedule.MustDate("2025-01-01")
	odd := func() bool { return r.IntN(60) == 0 }
	day := func() date.Date {
		if odd() {
			return schedule.MustDate("1900-01-01") - date.Date(r.IntN(2))
		}
		return base + date.Date(r.IntN(100))
	}
	hours := func() (list []schedule.Hours) {
		if odd() {
			return []schedule.Hours{{}}
		}
		from, _ := schedule.NewTimeOfDay(r.IntN(700))
		to, _ := schedule.NewTimeOfDay(700 + r.IntN(700))
		list = append(list, schedule.Hours{From: from, To: to})
		if r.IntN(3) == 0 {
			late, _ := schedule.NewTimeOfDay(1400 - r.IntN(100)*r.IntN(2))
			end, _ := schedule.NewTimeOfDay(1440)
			list = append(list, schedule.Hours{From: late, To: end})
		}
		if odd() {
			list = nil
		}
		return list
	}
	weekly := func() map[time.Weekday][]schedule.Hours {
		week := make(map[time.Weekday][]schedule.Hours)
		for d := range time.Weekday(7) {
			if r.IntN(3) > 0 {
				week[d] = hours()
			}
		}
		if odd() {
			week[7] = hours()
		}
		return week
	}
	special := func() (days []schedule.SpecialDay) {
		for range r.IntN(3) {
			days = append(days, schedule.SpecialDay{Date: day(), Hours: hours()})
		}
		return days
	}
	spec := schedule.ClinicSpec{Zone: time.UTC, Weekly: weekly(), Half: special(), Extra: special()}
	if odd() {
		spec.Zone = []*time.Location{nil, time.FixedZone("Local", 0), time.FixedZone("", 0)}[r.IntN(3)]
	}
	for range r.IntN(3) {
		from := day()
		spec.Seasons = append(spec.Seasons, schedule.Season{From: from, To: from + date.Date(r.IntN(20)), Weekly: weekly()})
	}
	for i := range r.IntN(4) {
		c := schedule.Closure{Date: day(), Reason: strings.Repeat("x", i)}
		if r.IntN(2) == 0 {
			c.To = c.Date + date.Date(r.IntN(20)-1)
		}
		spec.Closed = append(spec.Closed, c)
	}
	for i := range r.IntN(4) {
		y := schedule.YearlyClosure{Month: time.Month(1 + r.IntN(12)), Day: 1 + r.IntN(29), Reason: strings.Repeat("y", i)}
		if r.IntN(2) == 0 {
			y.Day, y.Weekday, y.Nth = 0, time.Weekday(r.IntN(7)), []int{-1, 1, 2, 3, 4, 5}[r.IntN(6)]
		}
		if odd() {
			y.Month, y.Day, y.Nth, y.Weekday = time.Month(r.IntN(14)), r.IntN(33)-1, r.IntN(9)-2, time.Weekday(r.IntN(9)-1)
		}
		spec.Yearly = append(spec.Yearly, y)
	}
	return spec
}

// FuzzParseClinic checks what is promised of any file.
func FuzzParseClinic(f *testing.F) {
	content, err := os.ReadFile("testdata/clinic-problems.txt")
	require.NoError(f, err)
	for chunk := range strings.SplitSeq(string(content), "---\n") {
		src, _ := expected(chunk)
		f.Add(src)
	}
	f.Add(schedule.FormatClinic(fullClinic(f)))
	f.Fuzz(func(t *testing.T, src []byte) {
		spec, err := schedule.ParseClinic("f", src, zones)
		if err != nil {
			problems, ok := errors.AsType[*schedule.FileProblems](err)
			require.True(t, ok, "%v", err)
			require.NotEmpty(t, problems.Kept())
			for _, p := range problems.Kept() {
				require.NotEqual(t, "invalid-clinic", p.Code, "only NewClinic refuses it: %v", err)
			}
			require.Zero(t, spec)
			return
		}
		clinic, err := schedule.NewClinic(spec)
		require.NoError(t, err)
		canonical := schedule.FormatClinic(spec)
		again, err := schedule.ParseClinic("f", canonical, zones)
		require.NoError(t, err, "%s", canonical)
		require.Equal(t, string(canonical), string(schedule.FormatClinic(again)))
		same, err := schedule.NewClinic(again)
		require.NoError(t, err)
		requireSameClinic(t, clinic, same, schedule.MustDate("2024-12-31"), schedule.MustDate("2026-01-02"))
	})
}

// A file as large as files may be takes no longer than its size explains,
// whatever is in it.
func TestClinicFileIsLinear(t *testing.T) {
	for name, item := range map[string]string{
		"closed":  `{"date":"2025-01-01"}`,
		"extra":   `{"date":"2025-01-01","hours":["08:00-09:00"]}`,
		"yearly":  `{"month":1,"day":1}`,
		"seasons": `{"from":"2025-01-01","to":"2025-01-01","weekly":{}}`,
	} {
		start := time.Now()
		src := `{"format":"regimen-clinic/1","zone":"UTC","weekly":{},"` + name + `":[` + item + strings.Repeat(","+item, 900_000/len(item)) + `]}`
		_, err := schedule.ParseClinic("f", []byte(src), zones)
		assert.Equal(t, name != "yearly", err != nil)
		assert.Less(t, time.Since(start), 5*time.Second, name)
	}
}
