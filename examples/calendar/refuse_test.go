package main

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// with returns the command line of a patient with one flag changed or added.
func with(flag, value string) []string {
	args := []string{"-" + flag, value}
	for _, standard := range [][2]string{{"start", "2026-01-05"}, {"until", "2026-06-30"}, {"weight", "72 kg"}, {"protocol", "ketamine-iv-taper"}} {
		if standard[0] != flag {
			args = append(args, "-"+standard[0], standard[1])
		}
	}
	return args
}

// Each of these is refused with the flag, the value and what was wanted.
func TestRefusedValues(t *testing.T) {
	for _, test := range []struct{ flag, value, want string }{
		{"weight", "0 kg", "more than 0 kg"},
		{"weight", "-5 kg", "without sign"},
		{"weight", "72", "want kg or lb"},
		{"weight", "72 mg", "want kg or lb"},
		{"weight", "700 kg", "at most 340.2 kg"},
		{"weight", ".5 kg", "a digit before the point"},
		{"weight", "1e3 kg", "without exponent"},
		{"weight", "", "want a number"},
		{"weight", "72kg", "one space"},
		{"weight", "20 lb", "at least 22.7 kg"},
		{"rate", "0.5 mg", "mg/kg"},
		{"rate", "56 mg/kg", "hard max 100 mg"},
		{"rate", "0 mg/kg", "more than 0"},
		{"rate", "", "mg/kg"},
		{"fixed", "0 mg", "more than 0 mg"},
		{"fixed", "0.5 mg/kg", "mg"},
		{"fixed", "250 mg", "at most the hard max, 100 mg"},
		{"max", "0 mg", "more than 0 mg"},
		{"max", "200", "mg"},
		{"cap", "0 mg", "more than 0 mg"},
		{"cap", "60", "mg"},
		{"round", "0 mg", "more than 0 mg"},
		{"round", "0.1", "mg"},
		{"round", "0.1 mg half up", "mg"},
		{"round", "1 g", "smaller step"},
		{"mode", "nearest", "half up, half even, down or up"},
		{"mode", "", "half up, half even, down or up"},
		{"min-gap", "0", "1 to 3650"},
		{"min-gap", "-1", "1 to 3650"},
		{"min-gap", "3651", "1 to 3650"},
		{"min-gap", "02", "1 to 3650"},
		{"min-gap", "two", "1 to 3650"},
		{"min-gap", "99999999999999999999", "1 to 3650"},
		{"min-gap", "4", "a week of 3 sessions can hold: at most 3"},
		{"administer", "0m", "how long the drug is given"},
		{"administer", "40", "such as 40m or 2h"},
		{"administer", "-40m", "such as 40m or 2h"},
		{"administer", "1.5h", "such as 40m or 2h"},
		{"administer", "25h", "up to 24h"},
		{"observe", "30s", "whole minutes"},
		{"observe", "", "such as 40m or 2h"},
		{"open", "Monday", "Mon, Tue"},
		{"open", "Mon,Mon", "every day once"},
		{"open", "Mon, Tue", "Mon, Tue"},
		{"hours", "", "08:00-17:00"},
		{"hours", "8-17", "HH:MM"},
		{"hours", "17:00-17:00", "not the opening time"},
		{"hours", "08:00-25:00", "HH:MM"},
		{"start", "2026-02-30", "a day that this month has"},
		{"start", "2026-13-01", "a month from 01 to 12"},
		{"start", "01/02/2026", "YYYY-MM-DD"},
		{"start", "", "YYYY-MM-DD"},
		{"until", "2026-02-30", "a day that this month has"},
		{"until", "2026-13-01", "a month from 01 to 12"},
		{"until", "01/02/2026", "YYYY-MM-DD"},
		{"until", "", "YYYY-MM-DD"},
		{"until", "2026-01-04", "not before the start, 2026-01-05"},
		{"closed", "2026-02-30", "a day that this month has"},
		{"closed", "2026-13-01", "a month from 01 to 12"},
		{"closed", "01/02/2026", "YYYY-MM-DD"},
		{"closed", ",", "YYYY-MM-DD"},
		{"closed", "2026-02-02,", "YYYY-MM-DD"},
		{"zone", "Mars/Base", "Europe/London"},
		{"zone", "Local", "Europe/London"},
		{"zone", "", "Europe/London"},
		{"short-week", "maybe", "refuse"},
		{"key", "12", "32"},
		{"key", strings.Repeat("0", 32), "not all zero"},
		{"format", "xml", "text or json"},
		{"maintenance", "monthly", "every 4w or every 1mo"},
		{"protocol", "3--1", `after "3-": want`},
		{"protocol", "0-2", "want at least 1"},
		{"protocol", "8", "from 0 to 7"},
		{"protocol", "03-2", "leading zeros"},
		{"protocol", "every 0w", "from 1 to 3650"},
		{"protocol", "every 4w then 1", "no end"},
		{"protocol", "bi-weekly", "2/wk or every 2w?"},
		{"protocol", "3/wk x99999999999", "from 1 to 1000"},
		{"protocol", "ketamine-iv-single", "leaves open what the flags do not give; want one of ketamine-iv-taper"},
		{"protocol", "ketamine-iv", "neither an entry of the catalogue (ketamine-iv-taper) nor a cadence"},
		{"protocol", "", "neither an entry of the catalogue"},
		{"protocol", "7/wk x1000 then 7/wk x1000 then 7/wk x1000", "20000 sessions"},
	} {
		t.Run(test.flag+" "+test.value, func(t *testing.T) {
			args := with(test.flag, test.value)
			if strings.HasPrefix(test.value, "7/wk") {
				args = append(args, "-min-gap", "1")
			}
			for _, format := range []string{"text", "json"} {
				if test.flag != "format" {
					args = append(args, "-format="+format)
				}
				a := calendarOf(args...)
				assert.Equal(t, 2, a.code)
				assert.Empty(t, a.stdout)
				assert.True(t, strings.HasPrefix(a.stderr, "calendar: -"+test.flag+" "+quote(test.value)+": "), a.stderr)
				assert.Contains(t, a.stderr, test.want)
				assert.Equal(t, 1, strings.Count(a.stderr, "\n"), a.stderr)
				args = args[:len(args)-1]
				if test.flag == "format" {
					break
				}
			}
		})
	}
}

// Whole sentences, one for each problem.
func TestRefusedLines(t *testing.T) {
	for _, test := range []struct {
		name string
		args []string
		want []string
	}{
		{"weight missing", []string{"-start", "2026-01-05", "-protocol", "2/wk x4"}, []string{
			`-weight is missing: want the patient's weight, such as "72 kg" or "158.7 lb": 0.5 mg/kg of actual weight needs it`,
		}},
		{"everything missing", []string{"-protocol", "every 4w"}, []string{
			`-start is missing: want the first day, YYYY-MM-DD`,
			`-weight is missing: want the patient's weight, such as "72 kg" or "158.7 lb": 0.5 mg/kg of actual weight needs it`,
			`-until is missing: want a last day: the cadence "every 4w" has no end`,
		}},
		{"no end", []string{"-start", "2026-01-05", "-weight", "72 kg", "-protocol", "every 4w"}, []string{
			`-until is missing: want a last day: the cadence "every 4w" has no end`,
		}},
		{"no default end", []string{"-start", "2026-01-05", "-weight", "72 kg"}, []string{
			`-until is missing: want a last day: the cadence "3-2-1-1-1 then every 4w" has no end`,
		}},
		{"gap of a cadence", []string{"-start", "2026-01-05", "-weight", "72 kg", "-protocol", "3/wk x2", "-min-gap", "4"}, []string{
			`-min-gap "4": want a gap that a week of 3 sessions can hold: at most 3 days`,
		}},
		{"rate and fixed", patientArgs("-rate", "0.5 mg/kg", "-fixed", "56 mg"), []string{
			`-fixed and -rate: want one of them, a dose is either fixed or per kilogram`,
		}},
		{"maximum below the dose", patientArgs("-max", "35 mg"), []string{
			`-rate "0.5 mg/kg": want a dose for this patient that does not pass the hard max 35 mg of the dose (-max)`,
		}},
		{"mode without rounding", patientArgs("-round", "exact", "-mode", "down"), []string{
			`-mode "down": want no mode with -round exact, which rounds nothing`,
		}},
		{"maintenance of a cadence", patientArgs("-maintenance", "every 4w"), []string{
			`-maintenance "every 4w": want it only with an entry of the catalogue: a cadence says everything itself`,
		}},
		{"days twice", patientArgs("-closed", "2025-01-20,2025-01-20"), []string{`-closed "2025-01-20": want every date once`}},
		{"hours that overlap", patientArgs("-hours", "08:00-12:00,11:00-13:00"), []string{
			`-hours "11:00-13:00": want hours in order that do not overlap 08:00-12:00`,
		}},
		{"one of several dates", patientArgs("-closed", "2025-01-20,2025-01-32"), []string{
			`-closed "2025-01-20,2025-01-32": "2025-01-32": want a day that this month has`,
		}},
		{"unknown flag", []string{"-wieght", "72 kg"}, []string{`flag provided but not defined: -wieght; -h lists the flags`}},
		{"no value", []string{"-start"}, []string{`flag needs an argument: -start; -h lists the flags`}},
		{"stray", patientArgs("72", "kg"), []string{
			`"72": want flags only; a value with a space in it needs quotes around it`,
			`"kg": want flags only; a value with a space in it needs quotes around it`,
		}},
		{"twice", patientArgs("-weight", "80 kg"), []string{`-weight is given 2 times: want it once`}},
		{"too much to explain", []string{"-start", "2025-01-06", "-fixed", "1 mg", "-protocol", "1/wk x1000 then 1/wk x1", "-explain"}, []string{
			`-explain: want a plan of at most 1000 sessions, this one has 1001`,
		}},
		{"all at once", []string{"-weight", "72", "-start", "tomorrow", "-min-gap", "two", "-closed", "x"}, []string{
			`-closed "x": want a date written YYYY-MM-DD`,
			`-start "tomorrow": want a date written YYYY-MM-DD`,
			`-weight "72": wrong or missing unit: want kg or lb, such as "72 kg" or "158.7 lb"`,
			`-min-gap "two": want whole days from 1 to 3650`,
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := calendarOf(test.args...)
			assert.Equal(t, 2, a.code)
			assert.Empty(t, a.stdout)
			assert.Equal(t, "calendar: "+strings.Join(test.want, "\ncalendar: ")+"\n", a.stderr)
		})
	}
}

// Where a dose is refused no number that could be taken for it is shown.
func TestRefusedDoseIsNotShown(t *testing.T) {
	a := calendarOf(with("rate", "56 mg/kg")...)
	assert.NotContains(t, a.stderr, "4032") // 56 x 72
	assert.NotContains(t, a.stderr, "4,032")
}

func TestLongInput(t *testing.T) {
	long := strings.Repeat("3-", 5<<20)
	for _, o := range options() {
		began := time.Now()
		a := calendarOf(with(o.name, long)...)
		assert.Equal(t, 2, a.code, o.name)
		assert.Empty(t, a.stdout)
		assert.Contains(t, a.stderr, "-"+o.name+" ")
		assert.Less(t, len(a.stderr), 1000, o.name)
		assert.Less(t, time.Since(began), 5*time.Second, o.name)
	}
	for _, arg := range []string{"-" + long, long, "-explain=" + long} {
		a := calendarOf(arg)
		assert.Equal(t, 2, a.code)
		assert.Less(t, len(a.stderr), 1000)
	}
	many := strings.TrimSuffix(strings.Repeat("2026-12-25,", 1<<20), ",")
	a := calendarOf(with("closed", many)...)
	assert.Equal(t, 2, a.code)
	assert.Less(t, len(a.stderr), 1000)
	a = calendarOf(make([]string, 100)...)
	assert.Equal(t, 2, a.code)
	assert.Equal(t, 1, strings.Count(a.stderr, "\n"), a.stderr)
}
