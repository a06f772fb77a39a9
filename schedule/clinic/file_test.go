package clinic_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/mangle"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A clinic keeps its calendar in a file. Whoever reads the file says where time
// zones come from.
func ExampleParse() {
	spec, err := clinic.Parse("north.json", []byte(`{
  "format": "regimen-clinic/1",
  "zone": "UTC",
  "weekly": {"Mon": ["08:00-12:00", "13:00-17:00"], "Thu": ["08:00-12:00"]},
  "closed": [{"date": "2025-01-20", "reason": "Martin Luther King Jr. Day"}]
}`), time.LoadLocation)
	if err != nil {
		fmt.Println(err)
		return
	}
	office, err := clinic.New(spec)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, of := range []int{13, 14, 20} {
		d := date.New(2025, time.January, of)
		hours, reason := office.Open(d)
		fmt.Printf("%s %v %q\n", d, hours, reason)
	}
	// Output:
	// 2025-01-13 [08:00-12:00 13:00-17:00] ""
	// 2025-01-14 [] "not open on Tuesdays"
	// 2025-01-20 [] "Martin Luther King Jr. Day"
}

// Every mistake of a file is reported at once.
func ExampleFileProblem() {
	_, err := clinic.Parse("north.json", []byte(`{
  "format": "regimen-clinic/1",
  "zone": "UTC",
  "weekly": {"Mon": ["08:00-12:00", "11:00-17:00"]},
  "closed": [{"date": "2025-02-30", "raeson": "inventory"}]
}`), time.LoadLocation)
	if problems, ok := errors.AsType[*clinic.FileProblems](err); ok {
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

// zones knows four zones, and is wrong about one of them.
func zones(name string) (*time.Location, error) {
	switch name {
	case "UTC":
		return time.UTC, nil
	case "America/New_York":
		return time.FixedZone(name, -5*60*60), nil
	case "Pacific/Apia":
		return time.LoadLocation(name)
	case "Europe/Paris":
		return time.FixedZone("Europe/London", 0), nil
	default:
		return nil, errNoZone
	}
}

// fullClinic is what testdata/clinic.json has.
func fullClinic(t testing.TB) clinic.Spec {
	t.Helper()
	zone, err := zones("America/New_York")
	require.NoError(t, err)
	hours := clinic.MustHours
	return clinic.Spec{
		Zone: zone,
		Weekly: map[time.Weekday][]clinic.Hours{
			time.Monday:  {hours("08:00-12:00"), hours("13:00-17:00")},
			time.Tuesday: {hours("08:00-17:00")},
			time.Friday:  {hours("08:00-24:00")},
			time.Sunday:  {hours("10:00-12:00")},
		},
		Seasons: []clinic.Season{
			{From: day("2025-07-01"), To: day("2025-08-31"), Weekly: clinic.OpenOn(hours("07:00-13:00"), time.Monday)},
			{From: day("2026-02-01"), To: day("2026-02-01"), Weekly: map[time.Weekday][]clinic.Hours{}},
		},
		Half: []clinic.SpecialDay{{Date: day("2025-12-24"), Hours: []clinic.Hours{hours("08:00-10:00"), hours("10:00-12:00")}}},
		Closed: []clinic.Closure{
			{Date: day("2025-01-20"), Reason: "Martin Luther King Jr. Day"},
			{Date: day("2025-08-04"), To: day("2025-08-15"), Reason: `summer "break"`},
			{Date: day("2025-08-11")},
		},
		Yearly: []clinic.YearlyClosure{
			{Month: time.December, Day: 25, Reason: "Christmas Day"},
			{Month: time.November, Weekday: time.Thursday, Nth: 4, Reason: "Thanksgiving Day"},
			{Month: time.February, Day: 29},
			{Month: time.May, Weekday: time.Monday, Nth: -1, Reason: "Memorial Day"},
		},
		Extra: []clinic.SpecialDay{{Date: day("2025-11-29"), Hours: []clinic.Hours{hours("09:00-13:00")}}},
	}
}

func TestFile(t *testing.T) {
	src, err := os.ReadFile("testdata/clinic.json")
	require.NoError(t, err)
	spec, err := clinic.Parse("clinic.json", src, zones)
	require.NoError(t, err)
	assert.Equal(t, fullClinic(t), spec)
	assert.Equal(t, string(src), string(clinic.Format(spec)))

	least := []byte("{\n  \"format\": \"regimen-clinic/1\",\n  \"zone\": \"UTC\",\n  \"weekly\": {}\n}\n")
	spec, err = clinic.Parse("", least, zones)
	require.NoError(t, err)
	assert.Equal(t, clinic.Spec{Zone: time.UTC, Weekly: map[time.Weekday][]clinic.Hours{}}, spec)
	assert.Equal(t, string(least), string(clinic.Format(spec)))
}

// What has two forms in Go has one in a file.
func TestFileIsCanonical(t *testing.T) {
	hours := []clinic.Hours{clinic.MustHours("08:00-09:00")}
	got := clinic.Format(clinic.Spec{
		Zone:    time.UTC,
		Weekly:  map[time.Weekday][]clinic.Hours{time.Sunday: hours, time.Saturday: hours, time.Monday: {}},
		Half:    []clinic.SpecialDay{{Date: day("2025-03-02"), Hours: hours}, {Date: day("2025-03-01"), Hours: hours}},
		Closed:  []clinic.Closure{{Date: day("2025-02-02"), To: day("2025-02-02")}, {Date: day("2025-01-01"), To: day("2025-01-02")}},
		Yearly:  []clinic.YearlyClosure{{Month: 12, Day: 25, Weekday: time.Friday}, {Month: 1, Day: 1}},
		Seasons: []clinic.Season{{From: day("2026-01-01"), To: day("2026-01-01")}, {From: day("2025-01-01"), To: day("2025-01-01")}},
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

// TestFileProblems reads documents with lines "---" between them. The
// problems of each are written after "###" on the line that has them, or on lines
// of their own after it, without the name of the file and the line; the reader
// sees none of that.
func TestFileProblems(t *testing.T) {
	content, err := os.ReadFile("testdata/problems.txt")
	require.NoError(t, err)
	broken := 0
	for i, chunk := range strings.Split(string(content), "---\n") {
		t.Run(fmt.Sprint(i+1), func(t *testing.T) {
			src, want := expected(chunk)
			broken += len(want)
			spec, err := clinic.Parse("f", src, zones)
			assert.Zero(t, spec)
			problems, ok := errors.AsType[*clinic.FileProblems](err)
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

// expected splits a chunk of testdata/problems.txt.
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
func TestFileErrors(t *testing.T) {
	const broken = `{"format": "regimen-clinic/1", "zone": "Mars/Phobos", "weekly": {}, "closed": [{"date": "2025-02-30"}]}`
	_, err := clinic.Parse("f", []byte(broken), zones)
	require.EqualError(t, err, `f:1:40: /zone: want a time zone that is known, got "Mars/Phobos" [zone] (and 1 more error)`)
	require.ErrorIs(t, err, errNoZone)
	require.ErrorIs(t, err, clinic.ErrSyntax)
	problem, ok := errors.AsType[*clinic.FileProblem](err)
	require.True(t, ok)
	assert.Equal(t, "/zone", problem.Pointer)
	parsing, ok := errors.AsType[*clinic.ParseError](err)
	require.True(t, ok)
	assert.Equal(t, "2025-02-30", parsing.Input)

	const fine = `{"format": "regimen-clinic/1", "zone": "UTC", "weekly": {}}`
	_, err = clinic.Parse("", []byte(fine), nil)
	require.EqualError(t, err, `1:40: /zone: want a function that loads time zones, got "UTC" [zone]`)
	_, err = clinic.Parse("", []byte(fine), func(string) (*time.Location, error) { return nil, nil })
	require.EqualError(t, err, `1:40: /zone: want a time zone that is known, got "UTC" [zone]`)
}

// A file is refused exactly if New refuses the description, and otherwise
// gives a clinic that is open at the same times.
func TestFileAgainstNew(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	refused := 0
	for range 1000 {
		spec := randomSpec(r)
		want, wantErr := clinic.New(spec)
		src := clinic.Format(spec)
		again, err := clinic.Parse("f", src, zones)
		if wantErr != nil {
			refused++
			require.Error(t, err, "%v\n%s", wantErr, src)
			continue
		}
		require.NoError(t, err, "%s", src)
		require.Equal(t, string(src), string(clinic.Format(again)))
		got, err := clinic.New(again)
		require.NoError(t, err)
		requireSameClinic(t, want, got, day("2024-12-25"), day("2025-05-01"))
	}
	assert.Greater(t, refused, 100)
	assert.Less(t, refused, 900)
}

func requireSameClinic(t *testing.T, want, got *clinic.Clinic, from, to date.Date) {
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
func randomSpec(r *rand.Rand) clinic.Spec {
	base := day("2025-01-01")
	odd := func() bool { return r.IntN(60) == 0 }
	some := func() date.Date {
		if odd() {
			return day("1900-01-01") - date.Date(r.IntN(2))
		}
		return base + date.Date(r.IntN(100))
	}
	hours := func() (list []clinic.Hours) {
		if odd() {
			return []clinic.Hours{{}}
		}
		from, _ := clinic.NewTimeOfDay(r.IntN(700))
		to, _ := clinic.NewTimeOfDay(700 + r.IntN(700))
		list = append(list, clinic.Hours{From: from, To: to})
		if r.IntN(3) == 0 {
			late, _ := clinic.NewTimeOfDay(1400 - r.IntN(100)*r.IntN(2))
			end, _ := clinic.NewTimeOfDay(1440)
			if r.IntN(2) == 0 {
				end, _ = clinic.NewTimeOfDay(1 + r.IntN(max(1, from.Minutes())))
			}
			list = append(list, clinic.Hours{From: late, To: end})
		}
		if odd() {
			list = nil
		}
		return list
	}
	weekly := func() map[time.Weekday][]clinic.Hours {
		week := make(map[time.Weekday][]clinic.Hours)
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
	special := func() (days []clinic.SpecialDay) {
		for range r.IntN(3) {
			days = append(days, clinic.SpecialDay{Date: some(), Hours: hours()})
		}
		return days
	}
	spec := clinic.Spec{Zone: time.UTC, Weekly: weekly(), Half: special(), Extra: special()}
	if odd() {
		spec.Zone = []*time.Location{nil, time.FixedZone("Local", 0), time.FixedZone("", 0)}[r.IntN(3)]
	}
	for range r.IntN(3) {
		from := some()
		spec.Seasons = append(spec.Seasons, clinic.Season{From: from, To: from + date.Date(r.IntN(20)), Weekly: weekly()})
	}
	for i := range r.IntN(4) {
		c := clinic.Closure{Date: some(), Reason: strings.Repeat("x", i)}
		if r.IntN(2) == 0 {
			c.To = c.Date + date.Date(r.IntN(20)-1)
		}
		spec.Closed = append(spec.Closed, c)
	}
	for i := range r.IntN(4) {
		y := clinic.YearlyClosure{Month: time.Month(1 + r.IntN(12)), Day: 1 + r.IntN(29), Reason: strings.Repeat("y", i)}
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

// FuzzParse checks what is promised of any file.
func FuzzParse(f *testing.F) {
	content, err := os.ReadFile("testdata/problems.txt")
	require.NoError(f, err)
	for chunk := range strings.SplitSeq(string(content), "---\n") {
		src, _ := expected(chunk)
		f.Add(src)
	}
	f.Add(clinic.Format(fullClinic(f)))
	f.Fuzz(mangle.Target(func(t *testing.T, src []byte) {
		spec, err := clinic.Parse("f", src, zones)
		if err != nil {
			problems, ok := errors.AsType[*clinic.FileProblems](err)
			require.True(t, ok, "%v", err)
			require.NotEmpty(t, problems.Kept())
			for _, p := range problems.Kept() {
				require.NotEqual(t, "invalid-clinic", p.Code, "only New refuses it: %v", err)
			}
			require.Zero(t, spec)
			return
		}
		office, err := clinic.New(spec)
		require.NoError(t, err)
		canonical := clinic.Format(spec)
		again, err := clinic.Parse("f", canonical, zones)
		require.NoError(t, err, "%s", canonical)
		require.Equal(t, string(canonical), string(clinic.Format(again)))
		same, err := clinic.New(again)
		require.NoError(t, err)
		requireSameClinic(t, office, same, day("2024-12-31"), day("2026-01-02"))
	}))
}

// A file as large as files may be takes no longer than its size explains,
// whatever is in it.
func TestFileIsLinear(t *testing.T) {
	for name, item := range map[string]string{
		"closed":  `{"date":"2025-01-01"}`,
		"extra":   `{"date":"2025-01-01","hours":["08:00-09:00"]}`,
		"yearly":  `{"month":1,"day":1}`,
		"seasons": `{"from":"2025-01-01","to":"2025-01-01","weekly":{}}`,
	} {
		start := time.Now()
		src := `{"format":"regimen-clinic/1","zone":"UTC","weekly":{},"` + name + `":[` + item + strings.Repeat(","+item, 900_000/len(item)) + `]}`
		_, err := clinic.Parse("f", []byte(src), zones)
		assert.Equal(t, name != "yearly", err != nil)
		assert.Less(t, time.Since(start), 5*time.Second, name)
	}
}
