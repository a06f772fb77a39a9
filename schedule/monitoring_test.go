package schedule_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/scheduletest"
)

// clozapineSpec is test data: reviews every 4 weeks, and blood counts weekly for 18
// weeks, then every 2 weeks up to week 52, then every 4 weeks while treated.
func clozapineSpec() protocol.Spec {
	return protocol.Spec{
		Phases: []protocol.Phase{{
			Name: "reviews", Cadence: protocol.MustCadence("every 4w x20"), MinGap: 1,
			Visit: protocol.Visit{Kind: protocol.Assessment, Administration: 30 * time.Minute},
		}},
		Monitoring: []protocol.Monitoring{{
			Name: "blood count", Cadence: protocol.MustCadence("1/wk x18 then every 2w x17 then every 4w"), WhileTreated: true,
			Visit:  protocol.Visit{Kind: protocol.Assessment, Administration: 10 * time.Minute},
			Before: []protocol.ResultNeeded{{Within: 7}},
		}},
	}
}

// monitored returns the visits of a monitoring, in order.
func monitored(p *schedule.Plan, name string) (list []schedule.OtherVisit) {
	for v := range p.OtherVisits() {
		if v.Role == schedule.RoleMonitoring && (name == "" || v.Name == name) {
			list = append(list, v)
		}
	}
	return list
}

// The blood counts of clozapine are worked by whole days from Monday 2026-01-05: 18
// weekly ones, 17 every 14 days after the last of those, and every 28 days from then on
// up to the last review, 76 weeks after the first. The clinic is open on weekdays.
func TestClozapineBloods(t *testing.T) {
	p := living(t, request(compiled(t, clozapineSpec()), weekdaysOnly(t), "2026-01-05")).plan
	start := day("2026-01-05")
	var want []date.Date
	for week := range 18 {
		want = append(want, start+date.Date(7*week)) // weeks 1 to 18
	}
	for k := range 17 {
		want = append(want, start+date.Date(7*17+14*(k+1))) // weeks 20 to 52
	}
	for k := 1; 7*17+14*17+28*k <= 28*19; k++ {
		want = append(want, start+date.Date(7*17+14*17+28*k))
	}
	require.Len(t, want, 18+17+6)
	assert.Equal(t, day("2026-12-28"), want[34], "the last of week 52")
	assert.Equal(t, day("2027-06-14"), want[40])
	var got []date.Date
	for i, v := range monitored(p, "blood count") {
		got = append(got, v.Date)
		assert.Equal(t, v.Target, v.Date)
		assert.Equal(t, i+1, v.Number)
		assert.Equal(t, schedule.StatePlanned, v.State)
		assert.True(t, v.SessionID.IsZero())
	}
	assert.Equal(t, want, got)
}

// sessionsJSON is everything that a plan says of its sessions, byte for byte.
func sessionsJSON(t *testing.T, p *schedule.Plan) string {
	t.Helper()
	var b strings.Builder
	for _, s := range p.All() {
		text, err := s.MarshalJSON()
		require.NoError(t, err)
		b.Write(text)
		b.WriteByte('\n')
	}
	return b.String()
}

// withoutMonitoring is a protocol without its monitoring.
func withoutMonitoring(s protocol.Spec) protocol.Spec {
	s = s.Clone()
	s.Monitoring = nil
	return s
}

// bloodsSpec has two infusions a week for two weeks and a weekly one for four, with a
// gate after the induction; counts weekly at the clinic while treated, each before the
// infusions of its week, and a scale at home every two weeks whatever becomes of the
// treatment.
func bloodsSpec() protocol.Spec {
	visit := protocol.Visit{Administration: 40 * time.Minute, Observation: 20 * time.Minute}
	return protocol.Spec{
		Phases: []protocol.Phase{
			{Name: "induction", Cadence: protocol.MustCadence("2/wk x2"), MinGap: 2, Visit: visit},
			{Name: "weekly", Cadence: protocol.MustCadence("1/wk x4"), MinGap: 2, Visit: visit},
		},
		Gates: []protocol.Gate{{Name: "response", Phase: "induction", Assess: "the score"}},
		Monitoring: []protocol.Monitoring{
			{
				Name: "count", Cadence: protocol.MustCadence("1/wk x4 then every 2w"), WhileTreated: true,
				Visit:  protocol.Visit{Kind: protocol.Assessment, Administration: 10 * time.Minute},
				Before: []protocol.ResultNeeded{{Phase: "induction", Within: 6}, {Phase: "weekly", From: 2, Within: 14}},
			},
			{
				Name: "scale", Cadence: protocol.MustCadence("every 2w x5"), From: "weekly", Elsewhere: "at home", Open: protocol.OnDays(time.Monday, time.Tuesday),
				Visit: protocol.Visit{Kind: protocol.Assessment},
			},
		},
	}
}

// bloods begins on Monday 2026-03-02: infusions on 03-02, 03-05, 03-09, 03-12, 03-16,
// 03-23, 03-30 and 04-06; counts on the Mondays 03-02 to 03-23 and on 04-06; scales on 03-16,
// 03-30, 04-13, 04-27 and 05-11.
func bloods(t *testing.T, closed ...string) *story {
	t.Helper()
	return living(t, request(compiled(t, bloodsSpec()), weekdaysOnly(t, closed...), "2026-03-02"))
}

// monitoringText says how the visits of a monitoring stand, one line each.
func monitoringText(p *schedule.Plan, name string) string {
	var b strings.Builder
	for _, v := range monitored(p, name) {
		when := "no date"
		if v.Placed() {
			when = v.Date.String()[5:]
		}
		if !v.Start.IsZero() {
			when += " " + v.Start.String()
		}
		b.WriteString(when + " " + v.State.String())
		if v.Lost != "" {
			b.WriteString(", lost: " + v.Lost)
		}
		if v.Revision > 0 {
			b.WriteString(" " + strconv.Itoa(v.Revision))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func (s *story) count(n int) schedule.ID { return s.monitoring("count", n) }

func (s *story) monitoring(name string, n int) schedule.ID {
	s.t.Helper()
	list := monitored(s.plan, name)
	for _, v := range list {
		if v.Number == n {
			return v.ID
		}
	}
	s.t.Fatalf("no %s %d", name, n)
	return schedule.ID{}
}

// Monitoring follows from its own cadence, and the sessions are byte for byte those of a
// plan without it, whatever happens.
func TestMonitoringLeavesSessionsAlone(t *testing.T) {
	s := bloods(t)
	bare := living(t, request(compiled(t, withoutMonitoring(bloodsSpec())), weekdaysOnly(t), "2026-03-02"))
	assert.Equal(t, "03-02 09:00 planned\n03-09 09:00 planned\n03-16 09:00 provisional\n03-23 09:00 provisional\n04-06 09:00 provisional\n", monitoringText(s.plan, "count"))
	assert.Equal(t, "03-16 provisional\n03-30 provisional\n04-13 provisional\n04-27 provisional\n05-11 provisional\n", monitoringText(s.plan, "scale"))
	assert.Equal(t, sessionsJSON(t, bare.plan), sessionsJSON(t, s.plan))
	for _, step := range []struct {
		on   string
		what func(s *story) schedule.Happening
	}{
		{"2026-03-02", func(s *story) schedule.Happening {
			return schedule.Given{Session: s.id(1), Date: day("2026-03-02"), Start: clock(t, "09:00"), End: clock(t, "10:00")}
		}},
		{"2026-03-03", func(s *story) schedule.Happening {
			return schedule.ClinicClosed{From: day("2026-03-09"), To: day("2026-03-10"), Reason: "storm"}
		}},
		{"2026-03-04", func(s *story) schedule.Happening {
			return schedule.Moved{Session: s.id(5), Date: day("2026-03-17"), Start: clock(t, "08:00")}
		}},
		{"2026-03-05", func(s *story) schedule.Happening {
			return schedule.Given{Session: s.id(2), Date: day("2026-03-05")}
		}},
		{"2026-03-06", func(s *story) schedule.Happening { return schedule.Held{Session: s.id(3)} }},
		{"2026-03-20", func(s *story) schedule.Happening { return schedule.Resumed{} }},
	} {
		s.on(step.on, step.what(s))
		bare.on(step.on, step.what(bare))
		assert.Equal(t, sessionsJSON(t, bare.plan), sessionsJSON(t, s.plan), "%T", step.what(s))
		require.NoError(t, scheduletest.TestPlan(s.plan))
	}
}

// What becomes of the treatment becomes of what is looked at while treated, and of
// nothing else.
func TestMonitoringFollowsTheTreatment(t *testing.T) {
	t.Run("a gate that stops", func(t *testing.T) {
		s := bloods(t).give(4)
		s.on("2026-03-12", schedule.Decided{Gate: "response", Then: protocol.Stop, Who: "attending"})
		assert.Equal(t, "03-02 09:00 planned\n03-09 09:00 planned\n03-16 09:00 cancelled 1\n03-23 09:00 cancelled 1\n04-06 09:00 cancelled 1\n", monitoringText(s.plan, "count"))
		assert.Equal(t, strings.Repeat("cancelled ", 5), statesOf(s.plan, "scale"), "the phase that it is counted from never begins")
	})
	t.Run("a gate that goes on", func(t *testing.T) {
		s := bloods(t).give(4)
		s.on("2026-03-12", schedule.Decided{Gate: "response", Then: protocol.Continue, Who: "attending"})
		assert.Equal(t, strings.Repeat("planned ", 5), statesOf(s.plan, "count"))
		assert.Equal(t, strings.Repeat("planned ", 5), statesOf(s.plan, "scale"))
	})
	t.Run("stopped later", func(t *testing.T) {
		s := bloods(t).give(4)
		s.on("2026-03-12", schedule.Decided{Gate: "response", Then: protocol.Continue, Who: "attending"})
		s.give(5).on("2026-03-17", schedule.Cancelled{Session: s.id(6), Rest: true, By: schedule.ByPatient})
		assert.Equal(t, "planned planned planned cancelled cancelled ", statesOf(s.plan, "count"))
		assert.Equal(t, strings.Repeat("planned ", 5), statesOf(s.plan, "scale"), "it goes on whatever becomes of the treatment")
	})
	t.Run("on hold", func(t *testing.T) {
		s := bloods(t).give(2)
		s.on("2026-03-06", schedule.Held{Session: s.id(3), Reason: "fever"})
		assert.Equal(t, "planned held held held held ", statesOf(s.plan, "count"))
		s.on("2026-03-20", schedule.Resumed{})
		// Nothing was asked for while the treatment waited: the window of the second count
		// ended on 03-12, and that of the third on 03-19.
		assert.Equal(t, "03-02 09:00 planned\n03-09 09:00 cancelled 2\n03-16 09:00 cancelled 2\n03-23 09:00 provisional 2\n04-06 09:00 provisional 2\n", monitoringText(s.plan, "count"))
		assert.Empty(t, hasCode(s.plan, schedule.MonitoringMissing))
	})
	t.Run("extended and shifted", func(t *testing.T) {
		s := bloods(t).give(4)
		s.on("2026-03-12", schedule.Decided{Gate: "response", Then: protocol.Continue, Who: "attending"})
		s.on("2026-03-13", schedule.Shifted{Session: s.id(5), Weeks: 2})
		assert.Equal(t, "03-02 03-09 03-16 03-23 04-06 04-20 ", daysOf(s.plan, "count"), "it goes on with the sessions")
		assert.Equal(t, "03-30 04-13 04-27 05-11 05-25 ", daysOf(s.plan, "scale"), "it is counted from the phase, which begins later")
	})
	t.Run("switched", func(t *testing.T) {
		s := bloods(t).give(1)
		other := compiled(t, protocol.Spec{
			Drug: "another", Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence("1/wk x2"), MinGap: 1}},
			Monitoring: []protocol.Monitoring{{Name: "count", Cadence: protocol.MustCadence("1/wk x2")}},
		})
		s.on("2026-03-03", schedule.Switched{Protocol: other, Start: day("2026-03-10"), Gap: 1, Who: "attending"})
		assert.Equal(t, "03-02 03-10 03-17 ", daysOf(s.plan, "count"))
		assert.Equal(t, "planned cancelled planned cancelled planned cancelled cancelled ", statesOf(s.plan, "count"))
	})
	t.Run("adopted", func(t *testing.T) {
		s := bloods(t).give(4)
		spec := bloodsSpec()
		spec.Monitoring[0].Cadence = protocol.MustCadence("1/wk x6")
		spec.Monitoring = append(spec.Monitoring, protocol.Monitoring{Name: "weight", Cadence: protocol.MustCadence("1/wk x4")})
		count := s.count(4)
		s.on("2026-03-12", schedule.Adopted{Protocol: compiled(t, spec), Who: "attending"})
		assert.Equal(t, "03-02 03-09 03-16 03-23 03-30 04-06 ", daysOf(s.plan, "count"))
		assert.Equal(t, count, s.count(4), "what stays keeps its id")
		assert.Equal(t, "03-12 03-16 03-23 ", daysOf(s.plan, "weight"), "nothing is asked of the days before; the window of 03-09 lasts to 03-12")
	})
}

func statesOf(p *schedule.Plan, name string) (text string) {
	for _, v := range monitored(p, name) {
		text += v.State.String() + " "
	}
	return text
}

// daysOf returns the days of the visits that are to take place or took place.
func daysOf(p *schedule.Plan, name string) (text string) {
	for _, v := range monitored(p, name) {
		if v.Placed() && v.State != schedule.StateCancelled {
			text += v.Date.String()[5:] + " "
		}
	}
	return text
}

// The clinic and the patient decide when it can be, as for sessions; elsewhere the
// clinic does not matter.
func TestMonitoringDays(t *testing.T) {
	// 03-09 and 03-10 are closed: of 03-08 and 03-11, which are as near, the later, and
	// 03-08 is a Sunday.
	s := bloods(t, "2026-03-09", "2026-03-10")
	assert.Equal(t, "03-02 03-11 03-16 03-23 04-06 ", daysOf(s.plan, "count"))
	s.on("2026-03-03", schedule.ClinicClosed{From: day("2026-03-16"), Reason: "storm"})
	assert.Contains(t, monitoringText(s.plan, "count"), "03-16 09:00 provisional, lost: closed (storm) 1\n")
	assert.Contains(t, monitoringText(s.plan, "scale"), "03-16 provisional\n", "at home")
	assert.Len(t, hasCode(s.plan, schedule.DayLost), 2, "a session and a count")
	s.on("2026-03-03", schedule.VisitMoved{Visit: s.count(3), Date: day("2026-03-17")})
	assert.Contains(t, monitoringText(s.plan, "count"), "03-17 08:00 provisional 2\n")
	s.on("2026-03-03", schedule.PatientAway{From: day("2026-03-30")})
	assert.Contains(t, monitoringText(s.plan, "scale"), "03-30 provisional, lost: unsuitable 1\n")
	for what, want := range map[schedule.Happening]string{
		schedule.VisitMoved{Visit: s.monitoring("scale", 2), Date: day("2026-04-01")}: "want another day: at home takes patients on Mon,Tue",
		schedule.VisitMoved{Visit: s.count(3), Date: day("2026-03-21")}:               "want a day in the window of count, Fri 2026-03-13 to Thu 2026-03-19",
		schedule.VisitMoved{Visit: s.count(3), Date: day("2026-03-16")}:               "want another day: closed (storm)",
	} {
		require.ErrorContains(t, s.as("2026-03-03 18:00", what), want)
	}
	s.on("2026-03-03", schedule.VisitMoved{Visit: s.monitoring("scale", 2), Date: day("2026-03-31"), Start: clock(t, "19:00")})
	assert.Contains(t, monitoringText(s.plan, "scale"), "03-31 19:00 provisional 2\n")

	// No two of one monitoring share a day: of 8 and 9 only the 9th is open.
	spec := withoutMonitoring(bloodsSpec())
	spec.Monitoring = []protocol.Monitoring{{Name: "daily", Cadence: protocol.MustCadence("7/wk x1")}}
	s = living(t, request(compiled(t, spec), weekdaysOnly(t, "2026-03-04"), "2026-03-02"))
	assert.Equal(t, "03-02 03-03 03-05 03-06 ", daysOf(s.plan, "daily"))
	assert.Len(t, hasCode(s.plan, schedule.MonitoringMissing), 3)
}

// What became of it is recorded like that of companions and follow-ups.
func TestMonitoringTakesPlace(t *testing.T) {
	s := bloods(t).give(1)
	assert.Equal(t, []string{"violation: session 1: took place on Mon 2026-03-02 without the result of count, which has to be of Tue 2026-02-24 to Mon 2026-03-02 [result-missing]"},
		hasCode(s.plan, schedule.ResultMissing))
	s.on("2026-03-02", schedule.VisitDone{Visit: s.count(1), Date: day("2026-03-02"), Result: "4.1 G/L", Verdict: schedule.VerdictOK})
	assert.Len(t, hasCode(s.plan, schedule.ResultMissing), 1, "it was planned after the session, and nobody says that it was before")
	s.correct("2026-03-02", "e2", schedule.VisitDone{Visit: s.count(1), Date: day("2026-03-02"), Start: clock(t, "07:30"), Result: "4.1 G/L", Verdict: schedule.VerdictOK})
	assert.Empty(t, hasCode(s.plan, schedule.ResultMissing))
	at, _ := s.plan.OtherVisit(s.count(1))
	assert.Equal(t, "4.1 G/L", at.Result)
	assert.Equal(t, schedule.VerdictOK, at.Verdict)

	// The second count is a day late, and not ok.
	s.on("2026-03-09", schedule.Weighed{Date: day("2026-03-09"), Weight: dose.MustWeight("70 kg")})
	assert.Len(t, hasCode(s.plan, schedule.ResultPending), 1, "session 3 is planned today; the count of 03-02 is 7 days old")
	due := s.plan.On(day("2026-03-09")).ResultDue
	require.Len(t, due, 1)
	results := due[0].ResultsDue()
	require.Len(t, results, 1)
	text, err := json.Marshal(results[0])
	require.NoError(t, err)
	assert.Equal(t, `{"monitoring":"count","from":"2026-03-03","to":"2026-03-09","visit":null}`, string(text))
	var read schedule.ResultDue
	require.NoError(t, json.Unmarshal(text, &read))
	assert.Equal(t, results[0], read)
	assert.Len(t, s.plan.On(day("2026-03-09")).MonitoringDue, 1)
	assert.True(t, s.plan.Row().ResultDueBy(day("2026-03-09")))
	assert.True(t, s.plan.Row().MonitoringDueBy(day("2026-03-09")))
	s.on("2026-03-10", schedule.Weighed{Date: day("2026-03-10"), Weight: dose.MustWeight("70 kg")})
	assert.Len(t, hasCode(s.plan, schedule.MonitoringOverdue), 1)
	s.on("2026-03-10", schedule.VisitDone{Visit: s.count(2), Date: day("2026-03-10"), Result: "1.2 G/L", Verdict: schedule.VerdictNotOK})
	assert.Empty(t, hasCode(s.plan, schedule.MonitoringOverdue))
	s.on("2026-03-12", schedule.Given{Session: s.id(4), Date: day("2026-03-12")})
	assert.Equal(t, []string{"warning: session 2: took place on Thu 2026-03-12, and the result of count of Tue 2026-03-10 was said to be not ok (1.2 G/L) [result-not-ok]"},
		hasCode(s.plan, schedule.ResultNotOK))
	assert.Empty(t, hasCode(s.plan, schedule.ResultMissing))

	s.on("2026-03-20", schedule.VisitMissed{Visit: s.count(3), Reason: "holiday"})
	assert.Equal(t, []string{"warning: plan: count of Mon 2026-03-16 did not take place (holiday) [monitoring-missing]"}, hasCode(s.plan, schedule.MonitoringMissing))
	s.on("2026-03-21", schedule.VisitDone{Visit: s.count(3), Date: day("2026-03-21")})
	assert.Len(t, hasCode(s.plan, schedule.VisitOutsideWindow), 1)
	assert.Len(t, hasCode(s.plan, schedule.ClosedDay), 1, "a Saturday")
	s.on("2026-03-21", schedule.VisitDone{Visit: s.monitoring("scale", 1), Date: day("2026-03-21"), Start: clock(t, "02:00")})
	assert.Len(t, hasCode(s.plan, schedule.ClosedDay), 1, "not at home")
	assert.Len(t, hasCode(s.plan, schedule.OutsideHours), 1, "that of the count at 07:30, and none at home")

	// A correction takes the result back.
	s.correct("2026-03-22", "e2", nil)
	at, _ = s.plan.OtherVisit(s.count(1))
	assert.Equal(t, schedule.StatePlanned, at.State)
	assert.Empty(t, at.Result)
	assert.Len(t, hasCode(s.plan, schedule.ResultMissing), 1)
	require.NoError(t, scheduletest.TestPlan(s.plan))
}

// Why a visit is on its day can be told like that of a session.
func TestExplainVisit(t *testing.T) {
	s := bloods(t, "2026-03-09", "2026-03-10")
	text, err := s.plan.ExplainVisit(s.count(2))
	require.NoError(t, err)
	assert.Equal(t, `count, visit 2 of 1/wk x4 then every 2w
  target Mon 2026-03-09: 1/wk x4: day 1 of the week from Mon 2026-03-09 (days of a week with 1: 1, ideal)
  window Fri 2026-03-06 to Thu 2026-03-12: 3 days either side of the only session of its week
  Fri 2026-03-06 possible
  Sat 2026-03-07 closed (not open on Saturdays)
  Sun 2026-03-08 closed (not open on Sundays)
  Mon 2026-03-09 closed (holiday)
  Tue 2026-03-10 closed (holiday)
  Wed 2026-03-11 chosen
  Thu 2026-03-12 possible
`, text)
	_, err = s.plan.ExplainVisit(s.id(1))
	require.ErrorIs(t, err, schedule.ErrUnknownVisit)

	x, err := s.plan.Explain(s.id(1))
	require.NoError(t, err)
	assert.Equal(t, []string{"of count, of Tue 2026-02-24 to Mon 2026-03-02: not known"}, x.Results)
}
