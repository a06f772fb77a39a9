package sheet_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/sheet"
)

// after applies one thing to a plan as of an evening in March 2027.
func after(t *testing.T, plan *schedule.Plan, day int, what schedule.Happening) *schedule.Plan {
	t.Helper()
	next, err := plan.Apply(schedule.Event{ID: "e" + strings.Repeat("x", day), What: what}, time.Date(2027, 3, day, 18, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	return next
}

// What has changed since the sheet before stands at the top, in words, and at each visit.
func TestSince(t *testing.T) {
	plan := build(t, course())
	at := func(n int) schedule.Session { s, _ := plan.At(n); return s }
	nothing := made(t, plan, sheet.Options{Since: plan})
	assert.True(t, strings.Contains(nothing.html, `<p class="since">Nothing has changed since Monday, March 1, 2027, 8:00`), `<p class="since">Nothing has changed since Monday, March 1, 2027, 8:00`)
	assert.Contains(t, nothing.text, "Nothing has changed since Monday, March 1, 2027, 8:00 AM.")

	day := func(s string) (moved schedule.Moved) {
		return schedule.Moved{Session: at(2).ID(), Date: schedule.MustDate(s)}
	}
	for _, tt := range []struct {
		name string
		now  func() *schedule.Plan
		o    sheet.Options
		want []string // the lines
		has  []string // in the page
	}{
		{
			"moved", func() *schedule.Plan { return after(t, plan, 1, day("2027-03-05")) },
			sheet.Options{},
			[]string{
				"Visit 2: now Fri, Mar 5, 2027, 9:00 AM – 11:10 AM, before Thu, Mar 4, 2027, 9:00 AM – 11:10 AM",
				"Other visit: now Sat, Mar 6, 2027, 9:00 AM – 10:00 AM, before Fri, Mar 5, 2027, 9:00 AM – 10:00 AM",
			},
			[]string{`<em class="mark">changed</em><span class="line"><bdi>before: Thu, Mar 4, 2027, 9:00`},
		},
		{
			"took place as planned", func() *schedule.Plan {
				return after(t, plan, 1, schedule.Given{Session: at(1).ID(), Date: at(1).Date(), Dose: dose.MustMass("36 mg")})
			}, sheet.Options{}, nil, []string{"Nothing has changed since"},
		},
		{
			"missed and cancelled", func() *schedule.Plan {
				p := after(t, plan, 1, schedule.Missed{Session: at(1).ID()})
				return after(t, p, 2, schedule.Cancelled{Session: at(2).ID(), By: schedule.ByPatient})
			},
			sheet.Options{},
			[]string{"Visit 1: missed", "Visit 2, Other visit (Tue, Mar 2, 2027), Other visit (Fri, Mar 5, 2027): cancelled"},
			nil,
		},
		{
			"on hold", func() *schedule.Plan { return after(t, plan, 1, schedule.Held{Session: at(1).ID()}) },
			sheet.Options{},
			[]string{
				"The treatment is on hold.",
				"Visits 1–6, Other visit (Tue, Mar 2, 2027), Other visit (Fri, Mar 5, 2027), Other visit (Tue, Mar 9, 2027), Other visit (Fri, Mar 12, 2027), Follow-up (Thu, Jun 3, 2027): on hold",
			},
			[]string{`<p class="say">The treatment is on hold.</p>`},
		},
		{
			"lost", func() *schedule.Plan {
				return after(t, plan, 1, schedule.ClinicClosed{From: at(3).Date(), To: at(3).Date(), Reason: "x"})
			},
			sheet.Options{},
			[]string{"Visit 3: new date needed"},
			nil,
		},
		{
			"dose", func() *schedule.Plan {
				return after(t, plan, 1, schedule.Weighed{Date: at(1).Date(), Weight: dose.MustWeight("80 kg")})
			},
			sheet.Options{Doses: true},
			[]string{"Visits 1–4: the dose has changed"},
			[]string{"before: 36\u00A0mg"},
		},
		{
			"a dose that nobody asked for", func() *schedule.Plan {
				return after(t, plan, 1, schedule.Weighed{Date: at(1).Date(), Weight: dose.MustWeight("80 kg")})
			}, sheet.Options{}, nil, nil,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			now := tt.now()
			tt.o.Since = plan
			w := made(t, now, tt.o)
			if tt.want == nil {
				assert.True(t, strings.Contains(w.html, "Nothing has changed since"), "Nothing has changed since")
			} else {
				_, lines, _ := strings.Cut(section(t, w.html, "since"), "\n")
				assert.Equal(t, strings.Join(tt.want, "\n"), lines)
				assert.Contains(t, w.text, "\nChanged since Monday, March 1, 2027, 8:00 AM\n")
			}
			for _, text := range tt.has {
				assert.True(t, strings.Contains(w.html, text), text)
			}
		})
	}
}

// The earlier plan must be an earlier state of the same one.
func TestSinceAnotherPlan(t *testing.T) {
	plan := build(t, course())
	later := after(t, plan, 2, schedule.Weighed{Date: schedule.MustDate("2027-03-02"), Weight: dose.MustWeight("72 kg")})
	const want = "Since: want an earlier state of the same plan"
	_, err := sheet.New(plan, sheet.Options{Locale: locale(t, "en-US"), Since: later})
	assert.EqualError(t, err, want)
	_, err = sheet.New(plan, sheet.Options{Locale: locale(t, "en-US"), Since: examplePlan()})
	assert.EqualError(t, err, want)
	_, err = sheet.New(plan, sheet.Options{Locale: locale(t, "en-US"), Since: new(schedule.Plan)})
	assert.EqualError(t, err, "Since: want a plan made by schedule.Build")
}

// After a decision, another version and a shift of all that is to come the top stays
// short: no more than six visits are named one by one.
func TestSinceMuch(t *testing.T) {
	spec := course()
	spec.Gates, spec.FollowUps = nil, nil
	spec.Phases = spec.Phases[:1]
	spec.Phases[0].Companions = nil
	spec.Phases[0].Cadence = protocol.MustCadence("1/wk x30")
	plan := build(t, spec)
	second, _ := plan.At(2)
	now := after(t, plan, 1, schedule.Shifted{Session: second.ID(), Weeks: 1})
	lines := strings.Split(section(t, made(t, now, sheet.Options{Since: plan}).html, "since"), "\n")
	require.Len(t, lines, 1+6+1)
	assert.True(t, strings.HasPrefix(lines[1], "Visit 2: now "), lines[1])
	assert.Equal(t, "Visits 8–30: other days or times, marked below", lines[7])

	spec.Version = "2"
	spec.Phases = append([]protocol.Phase(nil), spec.Phases...)
	spec.Phases[0].Visit.Tasks = spec.Phases[0].Visit.Tasks[:2]
	next, err := spec.Compile()
	require.NoError(t, err)
	now = after(t, plan, 1, schedule.Adopted{Protocol: next, Who: "a clinician"})
	assert.Equal(t, "Changed since Monday, March 1, 2027, 8:00 AM\nVisit 1: now Tue, Mar 2, 2027, 9:00 AM – 11:10 AM, before Mon, Mar 1, 2027, 9:00 AM – 11:10 AM\nVisits 1–30: what to do has changed", section(t, made(t, now, sheet.Options{Since: plan}).html, "since"))
}
