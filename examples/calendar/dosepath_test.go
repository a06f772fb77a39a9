package main

import (
	"encoding/json"
	"maps"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A dosePath is a protocol file and a patient with what follows for each session:
// the whole way from a rule to what is really given. The cases of
// testdata/dosepath.json were computed by a reference that shares nothing with
// this module, those of testdata/dosepath-by-hand.json were worked by hand.
type dosePath struct {
	Name, Kind, Why string
	Protocol        json.RawMessage
	Patient         struct {
		Weighings   []struct{ Date, Weight string }
		Height, Sex string
	}
	Start  string
	Given  []map[string]any
	Chosen []map[string]any
	Expect struct {
		Refused *struct {
			Code, Place string
			Exit        int
			Session     int
		}
		Sessions []map[string]any
	}
}

// files returns the case as files, the patient's only where flags cannot say as
// much or where it is asked for.
func (c dosePath) files(patientFile bool) (files map[string]string, args []string) {
	files = map[string]string{"protocol.json": string(c.Protocol)}
	args = []string{
		"-format", "json", "-protocol", "protocol.json", "-open", "Mon,Tue,Wed,Thu,Fri,Sat,Sun", "-hours", "00:00-24:00", "-start", c.Start,
	}
	dated := slices.ContainsFunc(c.Patient.Weighings, func(w struct{ Date, Weight string }) bool { return w.Date != "" && w.Date != c.Start })
	if !patientFile && len(c.Patient.Weighings) < 2 && !dated && len(c.Given)+len(c.Chosen) == 0 {
		for _, w := range c.Patient.Weighings {
			args = append(args, "-weight", w.Weight)
		}
		if c.Patient.Height != "" {
			args = append(args, "-height", c.Patient.Height)
		}
		if c.Patient.Sex != "" {
			args = append(args, "-sex", c.Patient.Sex)
		}
		return files, args
	}
	last := c.Start
	weighings, given := []map[string]string{}, []map[string]any{}
	for _, w := range c.Patient.Weighings {
		if w.Date == "" {
			w.Date = c.Start
		}
		last = max(last, w.Date)
		weighings = append(weighings, map[string]string{"date": w.Date, "weight": w.Weight})
	}
	for _, g := range c.Given {
		g = maps.Clone(g)
		delete(g, "session")
		last = max(last, g["date"].(string))
		given = append(given, g)
	}
	record := map[string]any{
		"format": "regimen-record/1", "zone": "UTC", "start": c.Start, "asOf": last + "T20:00:00Z", "weighings": weighings, "given": given,
	}
	if c.Patient.Height != "" {
		record["height"] = c.Patient.Height
	}
	if c.Patient.Sex != "" {
		record["sex"] = c.Patient.Sex
	}
	if len(c.Chosen) > 0 {
		record["chosen"] = c.Chosen
	}
	text, _ := json.MarshalIndent(record, "", " ")
	files["patient.json"] = string(text)
	return files, append(args, "-patient", "patient.json")
}

func (c dosePath) check(t *testing.T) {
	files, args := c.files(false)
	a := calendarWith(files, args...)
	switch want := c.Expect.Refused; {
	case want != nil:
		c.refused(t, a)
	case assert.Equal(t, 0, a.code, a.stderr):
		c.sessions(t, a)
	}
	if files, args := c.files(true); !slices.Contains(args, "-weight") {
		// The same patient as a file: the same plan.
		b := calendarWith(files, args...)
		assert.Equal(t, a.code, b.code, b.stderr)
		if a.code == 0 && b.code == 0 {
			c.sessions(t, b)
		}
	}
	// The text has nothing to say that JSON has not, and none where there is none.
	text := calendarWith(files, append(slices.Clone(args), "-explain", "-format=text")[2:]...)
	assert.Equal(t, a.code, text.code)
	assert.Equal(t, a.code != 0, text.stdout == "")
}

func (c dosePath) refused(t *testing.T, a answer) {
	want := c.Expect.Refused
	if !assert.Equal(t, want.Exit, a.code, "want [%s]", want.Code) {
		return
	}
	assert.Empty(t, a.stdout)
	line, _, _ := strings.Cut(a.stderr, "\n")
	assert.True(t, strings.HasSuffix(line, " ["+want.Code+"]"), "%s: want [%s]", line, want.Code)
	fromFile := regexp.MustCompile(`^calendar: (protocol|patient)\.json:\d+: /`).MatchString(line)
	if want.Session > 0 && !(want.Code == codeHardLimit && fromFile) {
		assert.Regexp(t, `^calendar: session `+strconv.Itoa(want.Session)+` \([a-z ]+\) on \d{4}-\d\d-\d\d: `, line)
	}
	if want.Place != "" {
		assert.Contains(t, line, ": "+want.Place+": ")
		assert.Equal(t, want.Session == 0, fromFile, line)
	}
	assert.NotContains(t, a.stderr, "%!")
}

func (c dosePath) sessions(t *testing.T, a answer) {
	var got struct{ Sessions []map[string]any }
	require.NoError(t, json.Unmarshal([]byte(a.stdout), &got))
	require.Len(t, got.Sessions, len(c.Expect.Sessions))
	for i, want := range c.Expect.Sessions {
		compare(t, "session "+strconv.Itoa(i+1), want, got.Sessions[i])
	}
}

// compare compares what is expected of a session or of an allowed dose.
func compare(t *testing.T, where string, want, got map[string]any) {
	t.Helper()
	for key, w := range want {
		at := where + " " + key
		switch w := w.(type) {
		case string:
			g, _ := got[key].(string)
			assert.True(t, same(w, g), "%s: want %q, got %q", at, w, g)
		case float64:
			assert.Equal(t, w, got[key], at)
		case nil:
			assert.NotContains(t, got, key, at)
		case []any:
			list, _ := got[key].([]any)
			if !assert.Len(t, list, len(w), at) {
				continue
			}
			for i := range w {
				if object, ok := w[i].(map[string]any); ok {
					compare(t, at+" "+strconv.Itoa(i+1), object, list[i].(map[string]any))
				} else {
					limit, _, _ := strings.Cut(list[i].(string), " of the ")
					assert.True(t, same(w[i].(string), limit), "%s: want %q, got %q", at, w[i], list[i])
				}
			}
		default:
			assert.Failf(t, "not understood", "%s: %v", at, w)
		}
	}
}

var number = regexp.MustCompile(`^(.*?)(\d+(?:\.(\d+))?) (\S+)$`)

// units are the units of each quantity in one of them.
var units = map[string]string{
	"mcg": "mg 1/1000", "mg": "mg 1", "g": "mg 1000",
	"mL": "mL 1", "L": "mL 1000",
	"s": "s 1", "min": "s 60", "h": "s 3600", "days": "s 86400", "day": "s 86400",
	"mg/h": "mg/h 1", "mg/min": "mg/h 60", "mcg/min": "mg/h 60/1000", "mcg/h": "mg/h 1/1000",
	"mg/kg/h": "mg/kg/h 1", "mg/kg/min": "mg/kg/h 60", "mcg/kg/min": "mg/kg/h 60/1000", "mcg/kg/h": "mg/kg/h 1/1000",
	"mL/h": "mL/h 1", "mL/min": "mL/h 60",
	"mg/mL": "mg/mL 1", "mcg/mL": "mg/mL 1/1000", "g/mL": "mg/mL 1000", "g/L": "mg/mL 1", "mg/L": "mg/mL 1/1000",
	"mg/kg": "mg/kg 1", "mcg/kg": "mg/kg 1/1000",
	"kg": "kg 1",
}

// same reports whether two texts say the same: the same words and the same
// quantity. What has 6 decimals may have been rounded, half up, in its own unit.
func same(a, b string) bool {
	x, y := number.FindStringSubmatch(a), number.FindStringSubmatch(b)
	if a == b || x == nil || y == nil || x[1] != y[1] {
		return a == b
	}
	quantity := func(m []string) (kind string, value, slack *big.Rat) {
		kind, factor, _ := strings.Cut(units[m[4]], " ")
		f, ok := new(big.Rat).SetString(factor)
		if !ok {
			return "", nil, nil
		}
		value, _ = new(big.Rat).SetString(m[2])
		slack = new(big.Rat)
		if max(len(x[3]), len(y[3])) == 6 {
			slack.SetFrac64(5, 10_000_000)
		}
		return kind, value.Mul(value, f), slack.Mul(slack, f)
	}
	kindA, valueA, slackA := quantity(x)
	kindB, valueB, slackB := quantity(y)
	if kindA == "" || kindA != kindB {
		return false
	}
	if x[4] == y[4] {
		return valueA.Cmp(valueB) == 0
	}
	difference := new(big.Rat).Sub(valueA, valueB)
	return difference.Abs(difference).Cmp(slackA.Add(slackA, slackB)) <= 0
}

func TestSame(t *testing.T) {
	for _, equal := range [][2]string{
		{"2250 s", "37.5 min"}, {"44.977511 min", "2698.650675 s"}, {"1000 mcg", "1 mg"}, {"soft max 120 mL/h", "soft max 2 mL/min"}, {"given", "given"}, {"3 h", "180 min"},
	} {
		assert.True(t, same(equal[0], equal[1]), equal)
	}
	for _, differ := range [][2]string{
		{"2250 s", "37.6 min"}, {"33.333333 mg/h", "33.333334 mg/h"}, {"1 mg", "1 mL"}, {"soft max 1 mg", "hard max 1 mg"}, {"40 mg", ""}, {"44.977511 min", "2698.7 s"}, {"1 mg", "1 furlong"},
	} {
		assert.False(t, same(differ[0], differ[1]), differ)
	}
}

func TestDosePathCases(t *testing.T) {
	cases := readCases[dosePath](t, "testdata/dosepath.json")
	for _, c := range cases {
		t.Run(c.Name, c.check)
	}
	assert.Len(t, cases, 80)
}

func TestDosePathCasesByHand(t *testing.T) {
	cases := readCases[dosePath](t, "testdata/dosepath-by-hand.json")
	for _, c := range cases {
		t.Run(c.Name, c.check)
	}
	assert.GreaterOrEqual(t, len(cases), 70)
}
