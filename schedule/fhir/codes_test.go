package fhir_test

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/fhir"
)

// malformed are texts that are no Timing, and what each is refused for.
var malformed = []struct {
	name, src string
	code      fhir.Code
	at        string
}{
	{"nothing", ``, fhir.NotJSON, "Timing"},
	{"no JSON", `{"repeat":{"count":}}`, fhir.NotJSON, "repeat.count"},
	{"two values", `{"event":["2026-03-02"]} {}`, fhir.TrailingData, "Timing"},
	{"mark", "\ufeff{}", fhir.ByteOrderMark, "Timing"},
	{"not UTF-8", "{\"id\":\"\xff\"}", fhir.NotUTF8, "id"},
	{"half a pair", `{"id":"\ud800"}`, fhir.HalfSurrogate, "id"},
	{"an element twice", `{"repeat":{"count":1,"count":2}}`, fhir.DuplicateElement, "repeat.count"},
	{"too deep", strings.Repeat(`{"repeat":`, 17) + "1" + strings.Repeat("}", 17), fhir.TooDeep, "repeat" + strings.Repeat(".repeat", 15)},
	{"too many names", manyNames(), fhir.TooManyElements, "Timing"},
	{"too large", `{"id":"` + strings.Repeat("a", 1<<20) + `"}`, fhir.TooLarge, "Timing"},
	{"a list", `[]`, fhir.Empty, "Timing"},
	{"a text", `"QD"`, fhir.BadType, "Timing"},
	{"null", `null`, fhir.Empty, "Timing"},
	{"a coding that is no object", `{"code":{"coding":["QD"]}}`, fhir.BadType, "code.coding[0]"},
	{"an unknown element of the second coding", `{"code":{"coding":[{"code":"QD"},{"name":"x"}]}}`, fhir.UnknownElement, "code.coding[1].name"},
	{"extensions that are no list", `{"repeat":{"extension":{"url":"x"}}}`, fhir.BadType, "repeat.extension"},
	{"an extension without a value", `{"repeat":{"extension":[{"url":"` + fhir.DayOfMonthURL + `"}]}}`, fhir.BadDayOfMonth, "repeat.extension"},
	{"a day that is a text", `{"repeat":{"extension":[{"url":"` + fhir.DayOfMonthURL + `","valuePositiveInt":"1"}]}}`, fhir.BadType, "repeat.extension[0].valuePositiveInt"},
	{"an extension with extensions", `{"repeat":{"extension":[{"url":"` + fhir.DayOfMonthURL + `","valuePositiveInt":1,"extension":[{"url":"x"}]}]}}`, fhir.UnknownExtension, "repeat.extension[0].extension"},
	{"a name with a bell", `{"repeat":{"\u0007":1}}`, fhir.UnknownElement, "repeat.\a"},
}

// manyNames is an object with one member more than it may have.
func manyNames() string {
	b := []byte{'{'}
	for i := range 65_537 {
		b = fmt.Appendf(b, `"%d":1,`, i)
	}
	return string(append(b[:len(b)-1], '}'))
}

func TestMalformed(t *testing.T) {
	for _, tt := range malformed {
		t.Run(tt.name, func(t *testing.T) {
			_, err := fhir.ParseTiming([]byte(tt.src))
			refusal, ok := errors.AsType[*fhir.Refusal](err)
			require.True(t, ok, "%v", err)
			assert.Equal(t, tt.code, refusal.Code)
			assert.Equal(t, tt.at, refusal.At)
			assert.NotContains(t, err.Error(), "\a")
		})
	}
}

// callers are what callers give and what it is refused for.
var callers = []struct {
	name    string
	options fhir.Options
	code    fhir.Code
	at      string
}{
	{"the machine's zone", fhir.Options{Zone: time.Local}, fhir.BadZone, "zone"},
	{"a zone without a name", fhir.Options{Zone: time.FixedZone("", 3600)}, fhir.BadZone, "zone"},
	{"an instant in the machine's zone", fhir.Options{Start: fhir.At(time.Unix(0, 0))}, fhir.BadZone, "start"},
	{"a start before 1900", fhir.Options{Start: fhir.At(time.Unix(-1<<35, 0).UTC())}, fhir.OutOfRange, "start"},
	{"an end after 2200", fhir.Options{Until: schedule.MustDate("2200-12-31") + 1}, fhir.OutOfRange, "until"},
	{"no end of a range", fhir.Options{Ranges: 3}, fhir.BadType, "ranges"},
}

func TestCallers(t *testing.T) {
	timing := fhir.Timing{Repeat: &fhir.Repeat{DayOfWeek: []string{"mon"}, Count: 2}}
	for _, tt := range callers {
		t.Run(tt.name, func(t *testing.T) {
			_, err := timing.Expand(tt.options)
			refusal, ok := errors.AsType[*fhir.Refusal](err)
			require.True(t, ok, "%v", err)
			assert.Equal(t, tt.code, refusal.Code)
			assert.Equal(t, tt.at, refusal.At)
		})
	}
}

// A Timing that was written in Go and could not have been read is refused too.
func TestWrittenInGo(t *testing.T) {
	options := fhir.Options{Start: fhir.OnDay(schedule.MustDate("2026-03-02"))}
	for _, tt := range []struct {
		timing fhir.Timing
		want   string
	}{
		{fhir.Timing{}, "fhir: Timing: want a value or nothing at all: no null, no empty text, list or object [empty]"},
		{fhir.Timing{ID: "a"}, "fhir: repeat: want how often: a period, days, clock times, or a count of 1; bounds or a duration alone do not say [no-repetition]"},
		{fhir.Timing{Repeat: &fhir.Repeat{}}, "fhir: repeat: want how often: a period, days, clock times, or a count of 1; bounds or a duration alone do not say [no-repetition]"},
		{fhir.Timing{Repeat: &fhir.Repeat{Count: -1}}, "fhir: repeat.count: want a number above 0, got -1 [not-positive]"},
		{fhir.Timing{Repeat: &fhir.Repeat{When: []string{"ACM"}, Offset: new(-1)}}, "fhir: repeat.offset: want a number not below 0, got -1 [negative]"},
		{fhir.Timing{Repeat: &fhir.Repeat{Extension: []fhir.Extension{{URL: "x"}}}}, "fhir: repeat.extension: want no extension but timing-dayOfMonth of repeat: remove one that you know to change nothing, got x [unknown-extension]"},
		{fhir.Timing{Repeat: &fhir.Repeat{BoundsPeriod: &fhir.Period{}}}, "fhir: repeat.boundsPeriod: want a value or nothing at all: no null, no empty text, list or object [empty]"},
		{fhir.Timing{Repeat: &fhir.Repeat{Period: fhir.DecimalOf(2), PeriodUnit: "fortnight"}}, "fhir: repeat.periodUnit: want a unit of time: s, min, h, d, wk, mo or a; of a quantity a code of UCUM together with the system http://unitsofmeasure.org, got fortnight [unknown-unit]"},
	} {
		_, err := tt.timing.Expand(options)
		assert.EqualError(t, err, tt.want)
	}
}

// TestEveryCode holds the cases to having every code of the table, and the constants
// to being in it.
func TestEveryCode(t *testing.T) {
	seen := make(map[fhir.Code]bool)
	for _, name := range []string{"testdata/cases.json", "testdata/dosage.json", "testdata/worked.json"} {
		for _, c := range readCases(t, name) {
			for _, match := range regexp.MustCompile(`"refuse": "([a-z0-9-]+)"`).FindAllSubmatch(c.Expect, -1) {
				seen[fhir.Code(match[1])] = true
			}
		}
	}
	for _, tt := range malformed {
		seen[tt.code] = true
	}
	for _, tt := range callers {
		seen[tt.code] = true
	}
	seen[fhir.NoCadence] = true // TestDraftRefused
	for _, code := range brokenBundles {
		seen[code] = true
	}
	seen[fhir.UnknownResource] = true // TestParseBundleRefused
	listed := make(map[fhir.Code]bool)
	for _, entry := range fhir.Codes() {
		assert.Regexp(t, regexp.MustCompile(`^[a-z]+(-[a-z0-9]+)*$`), string(entry.Code))
		assert.False(t, listed[entry.Code], "%s twice", entry.Code)
		assert.NotEmpty(t, entry.Want)
		assert.Equal(t, entry.Want, entry.Code.Want())
		assert.True(t, seen[entry.Code], "%s has no case", entry.Code)
		listed[entry.Code] = true
	}
	for code := range seen {
		assert.True(t, listed[code], "%s is not in the table", code)
	}
	src, err := os.ReadFile("code.go")
	require.NoError(t, err)
	constants := regexp.MustCompile(`(?m)^\t[A-Z]\w+ +Code = `).FindAll(src, -1)
	assert.Len(t, constants, len(listed), "every constant is in the table")
	assert.Empty(t, fhir.Code("none").Want())
}
