package ical_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/mangle"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/ical"
)

// cleaned is what a text says once it is written, in another way than the
// package finds it.
func cleaned(s string) string {
	// Each byte that is not UTF-8 becomes a character of its own.
	s = string([]rune(strings.ReplaceAll(s, "\r\n", "\n")))
	return strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune("\n\r\v\f\u0085\u2028\u2029", r):
			return '\n'
		case r == '\t':
			return ' '
		case r < ' ' || r >= 0x7f && r < 0xa0 || r == 0xfeff:
			return -1
		}
		return r
	}, s)
}

// hostile are texts that try to be something else.
func hostile() []string {
	list := []string{
		"a\r\nATTENDEE:mailto:x@example.org", "a\rBEGIN:VEVENT", "a\nEND:VCALENDAR\n", "\r\n \r\n", "a\x00b\x01\x1b[31m\x7f", "a\u0085b\u2028c\u2029d\ufeff",
		`;,"^:\`, `\n\N\\`, "a;TZID=x:y", `^n^'^^"`, "\xff\xfe\xc3\x28", "\xe2\x80", "tab\there", " leading and trailing ", "\x00",
		strings.Repeat("very long ", 1000), strings.Repeat("📞", 2500), strings.Repeat(`\;,`, 3000), strings.Repeat("\n", 200),
		"שלום, العربية; ไทย e\u0301 👩‍⚕️", strings.Repeat("e\u0301", 100),
	}
	for n := range 80 { // every place of the fold
		list = append(list, strings.Repeat("x", n)+"é電📞\n📞")
	}
	return list
}

func withTexts(s string) ical.Options {
	return ical.Options{
		Title: s, Cancelled: s, Missed: s, Held: s, Description: s, Location: s, Categories: []string{s, "a"}, Name: s, ShowNames: true,
		Organizer: "mailto:visits@example.org", OrganizerName: s, Alarms: []time.Duration{time.Hour}, Tasks: true,
		TaskTitle: func(schedule.TimedTask) string { return s }, Detail: func(schedule.Session) string { return s },
	}
}

// checkTexts checks that a calendar says a text wherever it was given it and
// nothing else.
func checkTexts(plan *schedule.Plan, s string) error {
	o := withTexts(s)
	o.SessionsOnly = true
	prefixed := map[int]schedule.State{1: schedule.StateCancelled, 2: schedule.StateMissed, 3: schedule.StateHeld}
	data, err := ical.AppendChanged(nil, plan, o, func(ordinal int) ical.Change { return ical.Change{State: prefixed[ordinal]} })
	if err != nil {
		return err
	}
	r, err := readStrictly(data)
	if err != nil {
		return fmt.Errorf("%w in\n%.3000s", err, data)
	}
	want := cleaned(s)
	var errs []error
	same := func(what, wanted, got string) {
		if wanted != got {
			errs = append(errs, fmt.Errorf("%s is %q, not %q", what, got, wanted))
		}
	}
	orElse := func(s, other string) string {
		if s == "" {
			return other
		}
		return s
	}
	for i, e := range r.events {
		organizer, _ := e.get("ORGANIZER")
		same("ORGANIZER CN", want, unquote(organizer.params["CN"]))
		ordinal := e.ordinal(r.events[:i])
		if strings.Contains(e.value("UID"), "-task-") {
			if ordinal--; prefixed[ordinal] != 0 {
				same("task", want+want, e.text("SUMMARY"))
			} else {
				same("task", want, e.text("SUMMARY"))
			}
			continue
		}
		title := ""
		if words := map[int]string{1: "Cancelled: ", 2: "Missed: ", 3: "On hold: "}; words[ordinal] != "" {
			title = cleaned(orElse(s, words[ordinal]))
		}
		title += fmt.Sprintf("%s (%d of 6)", cleaned(orElse(s, "Clinic visit")), ordinal)
		same("SUMMARY", title, e.text("SUMMARY"))
		same("LOCATION", want, e.text("LOCATION"))
		if want != "" && !strings.HasPrefix(e.text("DESCRIPTION"), want+"\n"+want+"\nVisit: ") {
			errs = append(errs, fmt.Errorf("DESCRIPTION is %q", e.text("DESCRIPTION")))
		}
		for _, alarm := range e.parts {
			same("alarm", title, unescape(alarm.value("DESCRIPTION")))
		}
	}
	same("NAME", cleaned(orElse(s, "Clinic visits")), unescape(r.calendar.value("NAME")))
	return errors.Join(errs...)
}

// ordinal returns the number of the visit that comes after others.
func (r read) ordinal(before []read) int {
	n := 1
	for _, e := range before {
		if !strings.Contains(e.value("UID"), "-task-") {
			n++
		}
	}
	return n
}

func TestTexts(t *testing.T) {
	plan := newYork(t)
	for _, s := range hostile() {
		require.NoError(t, checkTexts(plan, s), "%.100q", s)
	}
}

func TestEscaped(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"", ""},
		{"plain: text \"^\"", "plain: text \"^\""},
		{`a;b,c\d`, `a\;b\,c\\d`},
		{"a\nb\r\nc\rd", `a\nb\nc\nd`},
		{"a\x00b\x7fc\u0085d", `abc\nd`},
		{"\xff", "\ufffd"},
		{"a\tb", "a b"},
		{"\ufeffé📞", "é📞"},
	} {
		assert.Equal(t, tt.want, string(ical.AppendEscaped(nil, tt.text)), "%q", tt.text)
	}
}

// Names in a protocol are one line; whatever they say, they stay in their line.
func TestProtocolTexts(t *testing.T) {
	for _, s := range []string{`;,"^:\`, "DTSTART:20260101", strings.Repeat("é", 50), "a\u2028b"} {
		spec := course(t)
		spec.Drug, spec.Phases[0].Name, spec.Gates[0].Phase = s, s, s
		spec.Phases[0].Visit.Tasks[0].Text = s
		compiled, err := spec.Compile()
		if err != nil {
			if _, ok := errors.AsType[*protocol.Error](err); !ok {
				require.NotEmpty(t, err.Error())
			}
			continue
		}
		require.NotNil(t, compiled)
		plan := build(t, requestFor(t, spec, location(t, "Europe/London"), "2026-03-02", "09:00-17:00"))
		r, _ := export(t, plan, ical.Options{ShowDrug: true, ShowDose: true, ShowNames: true, Tasks: true})
		assert.Equal(t, "Visit: "+cleaned(s)+"\nDrug: "+cleaned(s)+", intravenous\nDose: 36 mg", r.events[0].text("DESCRIPTION"))
		assert.Equal(t, cleaned(s)+" from 05:30", r.events[1].text("SUMMARY"))
	}
}

func FuzzOptions(f *testing.F) {
	for i, s := range hostile() {
		f.Add(s, "mailto:a@example.org", uint16(i*37), int64(i)*int64(time.Minute))
	}
	plans := make(map[string]*schedule.Plan)
	for _, zone := range []string{"America/New_York", "Africa/Casablanca", "Australia/Lord_Howe", "UTC"} {
		plans[zone] = build(f, requestFor(f, course(f), location(f, zone), "2026-03-02", "09:00-17:00"))
	}
	zones := []string{"America/New_York", "Africa/Casablanca", "Australia/Lord_Howe", "UTC"}
	f.Fuzz(mangle.Target(func(t *testing.T, s, organizer string, flags uint16, length int64) {
		if len(s) > 20_000 {
			return
		}
		plan := plans[zones[flags&3]]
		if err := checkTexts(plan, s); err != nil {
			t.Fatal(err)
		}
		has := func(bit int) bool { return flags>>bit&1 == 1 }
		o := withTexts(s)
		o.NoCount, o.ShowDrug, o.ShowDose, o.ShowNames = has(2), has(3), has(4), has(5)
		o.SessionsOnly, o.Tasks, o.OnlyConfirmed, o.Publish = has(6), has(7), has(8), has(9)
		o.Organizer, o.Refresh, o.Alarms = organizer, time.Duration(length), append(o.Alarms, time.Duration(length))
		data, err := ical.AppendChanged(nil, plan, o, func(ordinal int) ical.Change {
			return ical.Change{State: schedule.State((int(flags)+ordinal)%7 + 1), NoTime: has(10), Revision: int(flags)}
		})
		if err != nil {
			if _, ok := errors.AsType[*ical.OptionError](err); !ok && !errors.Is(err, ical.ErrNoEvents) {
				t.Fatalf("%T %v", err, err)
			}
			return
		}
		if _, err := readStrictly(data); err != nil || !utf8.Valid(data) {
			t.Fatalf("%v in\n%.3000s", err, data)
		}
	}))
}
