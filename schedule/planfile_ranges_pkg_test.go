package schedule

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/course"
	"github.com/regimen-go/regimen/internal/document"
)

// readRow reads a row of JSON by some fields, and returns what is wrong with the value of a
// key, "" for nothing.
func readRow(row, key string, fields func(*objectFields)) string {
	doc := document.ParseRecord("row", []byte(row))
	document.Object(doc.Root(), func(in *document.Fields) bool {
		fields(&objectFields{in: in})
		return true
	})
	var wrong []string
	for _, p := range doc.Problems().Kept() {
		if text := p.Error(); strings.Contains(text, "/"+key+":") {
			wrong = append(wrong, text)
		}
	}
	return strings.Join(wrong, "\n")
}

// writtenRow is what some fields write of a row.
func writtenRow(fields func(*objectFields)) string {
	f := writing(nil)
	return string(f.appendObject(nil, fields))
}

// Numbers of the rows of a state are those that there can be: positions and serials count
// from 1 where something has to have one, days and lengths are what the plan can hold, and
// what is beyond is refused and not cut.
func TestRangesOfRows(t *testing.T) {
	const most, word, half = 1<<31 - 1, 1<<16 - 1, 1<<15 - 1
	asked := func() func(*objectFields) {
		var s course.Session
		return func(f *objectFields) { askedFields(f, &s, new(course.Session)) }
	}
	placed := func() func(*objectFields) {
		var s placing
		base := noPlacing()
		return func(f *objectFields) { placingFields(f, &s, &base) }
	}
	slotted := func() func(*objectFields) {
		var s slot
		return func(f *objectFields) { slotFields(f, &s) }
	}
	said := func() func(*objectFields) {
		var s told
		return func(f *objectFields) { toldFields(f, &s) }
	}
	set := func() func(*objectFields) {
		var s courseSetting
		return func(f *objectFields) { courseFields(f, &s) }
	}
	carried := func() func(*objectFields) {
		var c course.Carried
		return func(f *objectFields) { carriedFields(f, &c) }
	}
	given := func() func(*objectFields) {
		var g gave
		var l dose.Level
		return func(f *objectFields) { gaveFields(f, &g, &l) }
	}
	visit := func() func(*objectFields) {
		var v OtherVisit
		return func(f *objectFields) { visitFields(f, &v) }
	}
	figures := func() func(*objectFields) {
		var d dose.Figures
		return func(f *objectFields) { figuresFields(f, &d) }
	}
	for _, tt := range []struct {
		row       string
		fields    func() func(*objectFields)
		key       string
		low, high int
	}{
		{"asked", asked, "phase", 0, word},
		{"asked", asked, "number", 0, word},
		{"asked", asked, "daysBefore", -120_000, 120_000},
		{"asked", asked, "daysAfter", -120_000, 120_000},
		{"asked", asked, "minutes", 0, word},
		{"asked", asked, "segment", -1, word - 1},
		{"asked", asked, "steps", -half - 1, half},
		{"asked", asked, "count", 0, 255},
		{"asked", asked, "inWeek", 0, 255},
		{"asked", asked, "turned", 0, 6},
		{"asked", asked, "postponed", 0, 255},
		{"asked", asked, "wish", 0, word},
		{"asked", asked, "tag", -half - 1, half},
		{"placed", placed, "makesUpFor", 0, most},
		{"slot", slotted, "revision", 0, most},
		{"slot", slotted, "by", 0, most},
		{"slot", slotted, "madeBy", 0, most},
		{"slot", slotted, "madeByItem", 0, most},
		{"told", said, "by", 0, most},
		{"told", said, "minutes", 0, word},
		{"told", said, "revision", 0, most},
		{"told", said, "version", 0, word},
		{"course", set, "version", 0, word},
		{"course", set, "by", 0, most},
		{"course", set, "item", 0, most},
		{"carried", carried, "segment", 0, word},
		{"carried", carried, "weeks", 0, word},
		{"attendance", func() func(*objectFields) { return new(attendance).fields }, "entry", 1, most},
		{"given", given, "at", 0, most},
		{"given", given, "item", 0, most},
		{"given", given, "by", 1, most},
		{"given", given, "serial", 1, most},
		{"chosen", func() func(*objectFields) { return new(chosenDose).fields }, "serial", 1, most},
		{"decided", func() func(*objectFields) { return new(decision).fields }, "serial", 1, most},
		{"decided", func() func(*objectFields) { return new(decision).fields }, "by", 0, most},
		{"decided", func() func(*objectFields) { return new(decision).fields }, "item", 0, most},
		{"appointee", func() func(*objectFields) { return new(appointee).fields }, "by", 1, most},
		{"appointee", func() func(*objectFields) { return new(appointee).fields }, "ordinal", 1, most},
		{"appointee", func() func(*objectFields) { return new(appointee).fields }, "serial", 1, most},
		{"afterwards", func() func(*objectFields) { return new(afterAll).fields }, "entry", 1, most},
		{"afterwards", func() func(*objectFields) { return new(afterAll).fields }, "by", 1, most},
		{"unrestored", func() func(*objectFields) { return new(unrestored).fields }, "at", 0, most},
		{"unrestored", func() func(*objectFields) { return new(unrestored).fields }, "atItem", 0, most},
		{"unrestored", func() func(*objectFields) { return new(unrestored).fields }, "by", 0, most},
		{"unrestored", func() func(*objectFields) { return new(unrestored).fields }, "byItem", 0, most},
		{"unrestored", func() func(*objectFields) { return new(unrestored).fields }, "serial", 1, most},
		{"visit", visit, "serial", 1, most},
		{"visit", visit, "day", 1, most},
		{"visit", visit, "number", 1, most},
		{"visit", visit, "daysBefore", -120_000, 120_000},
		{"visit", visit, "daysAfter", -120_000, 120_000},
		{"visit", visit, "minutes", 0, word},
		{"visit", visit, "revision", 0, most},
		{"visit", visit, "decidedBy", 0, most},
		{"visit", visit, "by", 0, most},
		{"figures", figures, "containers", 0, most},
	} {
		name := tt.row + " " + tt.key
		row := func(n int) string { return fmt.Sprintf(`{%q:%d}`, tt.key, n) }
		for _, n := range []int{tt.low, tt.high} {
			fields := tt.fields()
			assert.Empty(t, readRow(row(n), tt.key, fields), name)
			if n != 0 {
				assert.Contains(t, writtenRow(fields), strconv.Quote(tt.key)+":"+strconv.Itoa(n), name)
			}
		}
		for _, n := range []int{tt.low - 1, tt.high + 1} {
			assert.Contains(t, readRow(row(n), tt.key, tt.fields()), "want a whole number from", name)
		}
		fields := tt.fields()
		assert.Empty(t, readRow("{}", tt.key, fields), name)
		assert.NotContains(t, writtenRow(fields), strconv.Quote(tt.key), name)
	}
}

// Minutes of a day are written as a clock that goes on past midnight, and read as that and
// as nothing else.
func TestMinutesOfRows(t *testing.T) {
	for minute := range latestMinute + 1 {
		text, err := strconv.Unquote(string(appendMinute(nil, minute)))
		require.NoError(t, err)
		again, err := parseMinute(text)
		require.NoError(t, err)
		require.Equal(t, minute, again)
	}
	for text, want := range map[string]int{"": -1, "00:00": 0, "09:59": 599, "10:00": 600, "24:00": 1440, "25:10": 1510, "99:59": 5999, "100:00": 6000, "546:07": 32767} {
		minute, err := parseMinute(text)
		require.NoError(t, err)
		assert.Equal(t, want, minute)
		if text != "" {
			assert.Equal(t, strconv.Quote(text), string(appendMinute(nil, minute)))
		}
	}
	for _, text := range []string{"546:08", "999:00", "1:00", "099:59", "0100:00", ":00", "08:60", "08:0a", "0a:00", "a8:00", "08-00", "0800", "08:00 ", "08:000"} {
		_, err := parseMinute(text)
		assert.ErrorContains(t, err, "a time such as 08:00, counted from 00:00 of the date", text)
	}
	for text, want := range map[string]bool{"": false, "0": true, "9": true, "10": true, "1/": false, ":1": false, "-1": false} {
		assert.Equal(t, want, digits(text), text)
	}
}

// A value that is as the base of its row is left out, none is "", and what is left out is
// as the base.
func TestFieldsOfRows(t *testing.T) {
	monday, tuesday := int32(MustDate("2025-01-06")), int32(MustDate("2025-01-07"))
	for _, tt := range []struct {
		now, base int32
		want      string
	}{{0, 0, `{}`}, {monday, monday, `{}`}, {tuesday, monday, `{"date":"2025-01-07"}`}, {0, monday, `{"date":""}`}, {monday, 0, `{"date":"2025-01-06"}`}} {
		now := tt.now
		assert.Equal(t, tt.want, writtenRow(func(f *objectFields) { dayOr(f, "date", &now, tt.base) }))
		now = -1
		require.Empty(t, readRow(tt.want, "date", func(f *objectFields) { dayOr(f, "date", &now, tt.base) }))
		assert.Equal(t, tt.now, now)
	}
	for _, wrong := range []string{`7`, `"2025-01-32"`, `"1899-12-31"`, `true`} {
		var now int32
		assert.NotEmpty(t, readRow(`{"date":`+wrong+`}`, "date", func(f *objectFields) { dayOr(f, "date", &now, monday) }), wrong)
	}
	for _, tt := range []struct {
		now, base int16
		want      string
	}{{-1, -1, `{}`}, {600, 600, `{}`}, {0, -1, `{"start":"00:00"}`}, {-1, 0, `{"start":""}`}, {0, 0, `{}`}, {1510, 600, `{"start":"25:10"}`}} {
		now := tt.now
		assert.Equal(t, tt.want, writtenRow(func(f *objectFields) { minuteOr(f, "start", &now, tt.base) }))
		now = -2
		require.Empty(t, readRow(tt.want, "start", func(f *objectFields) { minuteOr(f, "start", &now, tt.base) }))
		assert.Equal(t, tt.now, now)
	}
	for _, tt := range []struct {
		now, base State
		want      string
	}{{0, 0, `{}`}, {StateGiven, StateGiven, `{}`}, {StateGiven, 0, `{"state":"given"}`}, {0, StateGiven, `{"state":""}`}, {StatePlanned, StateDone, `{"state":"planned"}`}} {
		now := tt.now
		assert.Equal(t, tt.want, writtenRow(func(f *objectFields) { stateOr(f, "state", &now, tt.base) }))
		now = 99
		require.Empty(t, readRow(tt.want, "state", func(f *objectFields) { stateOr(f, "state", &now, tt.base) }))
		assert.Equal(t, tt.now, now)
	}
	var state State
	assert.Contains(t, readRow(`{"state":"taken"}`, "state", func(f *objectFields) { stateOr(f, "state", &state, 0) }), `"taken"`)
	for _, tt := range []struct {
		now, base bool
		want      string
	}{{false, false, `{}`}, {true, true, `{}`}, {true, false, `{"extra":true}`}, {false, true, `{"extra":false}`}} {
		now := tt.now
		assert.Equal(t, tt.want, writtenRow(func(f *objectFields) { flagOr(f, "extra", &now, tt.base) }))
		now = !tt.now
		require.Empty(t, readRow(tt.want, "extra", func(f *objectFields) { flagOr(f, "extra", &now, tt.base) }))
		assert.Equal(t, tt.now, now)
	}
}

// What a visit asks for may be after the last day that there are dates of, but by no more
// than a century.
func TestDaysThatAreFar(t *testing.T) {
	read := func(text string) (day int32, wrong string) {
		wrong = readRow(`{"target":"`+text+`"}`, "target", func(f *objectFields) { farDay(f, "target", &day) })
		return day, wrong
	}
	last := int32(MustDate("2200-12-31"))
	for text, want := range map[string]int32{"1900-01-01": int32(MustDate("1900-01-01")), "2200-12-31": last, "2201-01-01": last + 1, "2201-03-01": last + 60, "2299-12-31": last + 99*365 + 24} {
		day, wrong := read(text)
		require.Empty(t, wrong)
		assert.Equal(t, want, day, text)
	}
	for _, text := range []string{"", "1899-12-31", "2300-01-01", "2201-02-29", "2201-1-1", "2201-01-01 ", "2025-02-30", "9999-12-31"} {
		_, wrong := read(text)
		assert.NotEmpty(t, wrong, text)
	}
	assert.Contains(t, readRow(`{}`, "target", func(f *objectFields) { var day int32; farDay(f, "target", &day) })+"/target:", "target")
}

// Of a file that is no JSON from somewhere on all is kept up to the last row that ends
// before that, and nothing of a row that does not end.
func TestSoundPart(t *testing.T) {
	for src, want := range map[string]string{
		``:                                    ``,
		`{`:                                   ``,
		`{"a":1`:                              ``,
		`{"a":1,"b":`:                         `{"a":1}`,
		`{"a":[{"b":1},{"c":`:                 `{"a":[{"b":1}]}`,
		`{"a":[{"b":1},{"c":2}`:               `{"a":[{"b":1},{"c":2}]}`,
		`{"a":[{"b":[1,2],"c":`:               `{"a":[]}`,
		`{"s":{"a":[{"b":1},{"c":`:            `{"s":{"a":[{"b":1}]}}`,
		`{"a":"}]\"{[,","b":`:                 `{"a":"}]\"{[,"}`,
		`{"a":"x\\","b":`:                     `{"a":"x\\"}`,
		`{"a":"x`:                             ``,
		`{"a":[1}`:                            `{"a":[]}`,
		`{"a":[1]]`:                           `{"a":[1]}`,
		`]`:                                   ``,
		`{"a":[[1,2],[3`:                      `{"a":[[1,2],[]]}`,
		`{"a":1}`:                             `{"a":1}`,
		`{"a":1} {"b":2`:                      `{"a":1}`,
		`{"a":[{"b":1}],"c":{"d":1,"e":2},"f`: `{"a":[{"b":1}],"c":{"d":1,"e":2}}`,
	} {
		assert.Equal(t, want, string(sound([]byte(src), nil)), src)
	}
	// What is wrong is said by the problem that has a place.
	src := []byte(`{?"a":[{"b":1}],"c":`)
	doc := document.ParseRecord("file", src)
	require.Error(t, doc.Err())
	assert.Empty(t, sound(bytes.Clone(src), doc.Err()))
	src = []byte(`{"a":[{"b":1},{"c":?},{"d":2}],"e":3}`)
	doc = document.ParseRecord("file", src)
	require.Error(t, doc.Err())
	kept := sound(bytes.Clone(src), doc.Err())
	assert.Equal(t, `{"a":[{"b":1}]}`, string(kept))
	assert.NoError(t, document.ParseRecord("file", kept).Err())
}
