package sheet

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// several is a plan of doses in parts with medicines beside them and blood counts on
// Fridays, in a clinic that is open every day, after some change of its protocol.
func several(t testing.TB, change ...func(*protocol.Spec)) *schedule.Plan {
	t.Helper()
	src, err := os.ReadFile("../../testdata/outputs/protocol.json")
	require.NoError(t, err)
	spec, err := protocol.Parse("protocol.json", src)
	require.NoError(t, err)
	for _, f := range change {
		f(&spec)
	}
	prescribed, err := spec.Compile()
	require.NoError(t, err)
	office, err := clinic.New(clinic.Spec{Zone: time.UTC, Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), 0, 1, 2, 3, 4, 5, 6)})
	require.NoError(t, err)
	plan, err := schedule.Build(schedule.Request{
		Protocol: prescribed, Start: schedule.MustDate("2027-03-01"), Opening: office, Key: schedule.Key{0: 0xE7, 15: 0x1D},
		AsOf: time.Date(2027, 2, 28, 8, 0, 0, 0, time.UTC), Weighings: []schedule.Weighing{{Date: schedule.MustDate("2027-02-28"), Weight: dose.MustWeight("72 kg")}},
	})
	require.NoError(t, err)
	return plan
}

// Everything that is given at a session has a line to sign, in the order of the clock; by
// hand: arrival 08:00, so the drug is given from 09:00 to 11:30, 0.1 mg/kg of 72 kg to 0.5 mg
// are 7 mg, and 1.5 mg/kg to 5 mg are 110 mg.
func TestSigns(t *testing.T) {
	lines := func(plan *schedule.Plan) (list []string) {
		s, err := New(plan, Options{Locale: locale(t, "en-GB"), Form: StaffSheet})
		require.NoError(t, err)
		for _, shown := range s.view.page().Sessions {
			if shown.Checks == nil {
				for _, g := range shown.Signs {
					list = append(list, strings.ReplaceAll(strings.Join([]string{g.When, g.What, g.Dose, g.Condition}, " | "), "\u00a0", " "))
				}
				break
			}
		}
		return list
	}
	assert.Equal(t, []string{
		"20:00 the day before | examplazepam, oral | 1 mg | ",
		"08:30 | examplasetron, oral | 8 mg | ",
		"09:00 to 09:05 | bolus | 7 mg | ",
		"09:05 to 10:05 | first rate | 20 mg | ",
		"10:15 to 11:15 | second rate | 40 mg | ",
		"11:15 to 11:20 | extra | 10 mg | if needed: pain above 4",
		"11:45 to 12:15 | otheramine, intravenous | 110 mg | ",
		"if needed | examplafentanil, intravenous | 20 mcg | pain above 6",
	}, lines(several(t)))

	assert.Equal(t, []string{"08:30 | examplasetron, oral | 8 mg or 4 mg | ", "09:00 | examplamine | 67 mg | "}, lines(several(t, func(spec *protocol.Spec) {
		spec.Phases, spec.Monitoring, spec.Sources = spec.Phases[:1], nil, nil
		spec.Phases[0].Parts, spec.Phases[0].Beside, spec.Phases[0].Dose = nil, nil, dose.MustRule("67 mg")
		spec.Beside[0].Dose = dose.MustRule("8 mg, or 4 mg")
	})), "a drug that is given at once, and a medicine beside it")

	assert.Empty(t, lines(several(t, func(spec *protocol.Spec) {
		spec.Phases, spec.Monitoring, spec.Sources, spec.Beside = spec.Phases[:1], nil, nil, nil
		spec.Phases[0].Parts, spec.Phases[0].Beside, spec.Phases[0].Dose = nil, nil, dose.MustRule("67 mg")
	})), "a dose that is given at once and alone is signed as that of the session")
}

// What is signed is no task too, and the checks stand between the sessions.
func TestStaffSheetOfSeveral(t *testing.T) {
	plan := several(t)
	sheetOf := func(sessions int) (order []string, p *page) {
		s, err := New(plan, Options{Locale: locale(t, "en-GB"), Form: StaffSheet, Sessions: sessions})
		require.NoError(t, err)
		p = s.view.page()
		for _, shown := range p.Sessions {
			if shown.Checks == nil {
				order = append(order, shown.Of)
			}
			for _, check := range shown.Checks {
				order = append(order, check.Day)
			}
		}
		return order, p
	}
	order, p := sheetOf(2)
	assert.Equal(t, []string{"Mon 1 Mar 2027", "Visit 1 of 6", "Fri 5 Mar 2027", "Visit 2 of 6", "Fri 12 Mar 2027"}, order, "up to the day of the next session")
	for _, at := range p.Sessions[1].Tasks {
		assert.NotContains(t, at.Text, "exampla")
	}
	all, _ := sheetOf(0)
	assert.Len(t, all, 6+14+3)

	for _, tag := range []string{"en-US", "de", "es", "ar"} {
		o := Options{Locale: locale(t, tag), Form: StaffSheet, Sessions: 1, Text: func(text string) (string, bool) { return "T" + text, true }}
		s, err := New(plan, o)
		require.NoError(t, err)
		var b bytes.Buffer
		require.NoError(t, s.WriteHTML(&b))
		w := &o.Locale.Words
		for _, word := range []string{w.ToGive, w.ColumnMedicine, w.Checks, w.Verdict, w.OK, w.NotOK} {
			assert.Contains(t, b.String(), word, tag)
		}
		if tag == "de" {
			assert.Contains(t, b.String(), "Tpain above 4")
		}
	}
}
