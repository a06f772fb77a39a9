package schedule_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// lostSessions lists the sessions that are lost, with why.
func lostSessions(p *schedule.Plan) (texts []string) {
	for _, s := range p.All() {
		if why := s.Lost(); why != "" {
			texts = append(texts, s.Date().String()+" "+why)
		}
	}
	return texts
}

// Wishes take the place of those before, nothing moves, and what no longer suits is
// lost; what is planned from then on keeps to them. The sessions are Mondays and
// Thursdays 03-02, 03-05, 03-09, 03-12, then Mondays 03-16 and 03-23.
func TestWished(t *testing.T) {
	r := request(compiled(t, visitSpec()), weekdaysOnly(t), "2026-03-02")
	r.Wishes.Never = protocol.OnDays(time.Friday)
	s := living(t, r).give(2)
	dates := s.calendar()
	s.on("2026-03-06", schedule.PatientAway{From: day("2026-03-10"), To: day("2026-03-12"), Reason: "trip"})
	assert.Equal(t, []string{"2026-03-12 unsuitable (trip)"}, lostSessions(s.plan))
	s.on("2026-03-06", schedule.Wished{Wishes: schedule.Wishes{Never: protocol.OnDays(time.Monday), Preferred: clock(t, "13:00")}})
	assert.Equal(t, dates, s.calendar(), "nothing moves")
	assert.Equal(t, []string{
		"2026-03-09 unsuitable (never on Mondays)", "2026-03-16 unsuitable (never on Mondays)", "2026-03-23 unsuitable (never on Mondays)",
	}, lostSessions(s.plan), "the trip is not stated again")
	assert.Equal(t, 1, sessionAt(s.plan, 3).Revision())
	assert.Equal(t, "08:00", sessionAt(s.plan, 4).Start().String(), "nor do times")
	assert.Equal(t, 2, sessionAt(s.plan, 4).Revision(), "lost, and no longer")
	s.on("2026-03-06", schedule.PlacedAgain{Sessions: []schedule.ID{s.id(3), s.id(5), s.id(6)}})
	assert.Equal(t, "Mon 2026-03-02 given, Thu 2026-03-05 given, Tue 2026-03-10, Thu 2026-03-12, Tue 2026-03-17, Tue 2026-03-24", s.calendar())
	assert.Equal(t, "13:00", sessionAt(s.plan, 3).Start().String())
	assert.Empty(t, lostSessions(s.plan))
	wishes := s.plan.Wishes()
	assert.Empty(t, wishes.Absences)
	assert.Equal(t, protocol.OnDays(time.Monday), wishes.Never)
	requireKept(t, s.plan)

	// Wishes are taken back like they were made: by saying what holds.
	s.on("2026-03-06", schedule.Wished{})
	assert.Equal(t, schedule.Wishes{}, s.plan.Wishes())
	assert.Empty(t, lostSessions(s.plan))
}

// Targets that were chosen by other weekdays stay, and say so; those that come after the
// wish follow it.
func TestWishedWeekdays(t *testing.T) {
	spec := protocol.Spec{
		Phases: []protocol.Phase{{Name: "all", Cadence: protocol.MustCadence("2/wk x3"), MinGap: 2}},
		Gates:  []protocol.Gate{{Name: "more?", Phase: "all", Assess: "more", Outcomes: []protocol.Outcome{{When: "yes", Then: protocol.Extend}}}},
	}
	s := living(t, request(compiled(t, spec), weekdaysOnly(t), "2026-03-02")).give(5)
	why := func(n int) string {
		e, err := s.plan.Explain(s.id(n))
		require.NoError(t, err)
		return e.TargetRule
	}
	before := why(6)
	s.on("2026-03-16", schedule.Wished{Wishes: schedule.Wishes{Weekdays: []protocol.DaySet{protocol.OnDays(time.Tuesday, time.Friday)}}})
	assert.Equal(t, before, why(6))
	assert.Equal(t, day("2026-03-19"), sessionAt(s.plan, 6).Target())
	s.give(6).on("2026-03-19", schedule.Decided{Gate: "more?", Then: protocol.Extend, Sessions: 2, Who: "attending"})
	assert.Equal(t, day("2026-03-24"), sessionAt(s.plan, 7).Target(), "a Tuesday")
	assert.Equal(t, day("2026-03-27"), sessionAt(s.plan, 8).Target(), "a Friday")
	assert.Contains(t, why(7), "Tue")
	requireKept(t, s.plan)
}

// A session that has an appointment on another day is lost until it is there.
func TestWishedAppointment(t *testing.T) {
	s := visitStory(t).give(1)
	s.on("2026-03-03", schedule.Wished{Wishes: schedule.Wishes{Appointments: []schedule.Appointment{{Ordinal: 1, Date: day("2026-03-04")}, {Ordinal: 3, Date: day("2026-03-10")}}}})
	assert.Equal(t, []string{"2026-03-09 unsuitable (agreed for Tue 2026-03-10)"}, lostSessions(s.plan), "the first was given")
	s.on("2026-03-03", schedule.PlacedAgain{Sessions: []schedule.ID{s.id(3)}})
	assert.Equal(t, day("2026-03-10"), sessionAt(s.plan, 3).Date())
	assert.Empty(t, lostSessions(s.plan))
	s.on("2026-03-03", schedule.Moved{Session: s.id(3), Date: day("2026-03-09")})
	assert.Empty(t, lostSessions(s.plan), "what was decided since holds")
	requireKept(t, s.plan)
}

// An appointment holds while its session has it in its window, also where that is
// postponed from below it: session 2 was to be by Thu 2026-03-12, so on the 14th it and
// all after it move seven days, once, and the 17th is before the window of the third.
func TestWishedAppointmentOfOnePostponed(t *testing.T) {
	for _, tt := range []struct{ on, want string }{
		{"2026-03-17", "Mon 2026-03-02 given, Mon 2026-03-09 missed, Mon 2026-03-16, Mon 2026-03-23, Mon 2026-03-30"},
		{"2026-03-20", "Mon 2026-03-02 given, Mon 2026-03-09 missed, Mon 2026-03-16, Fri 2026-03-20, Mon 2026-03-30"},
	} {
		r := request(bare(t, "1/wk x4", 2), weekdaysOnly(t), "2026-03-02")
		r.ShortWeek = schedule.Postpone
		s := living(t, r).give(1)
		s.on("2026-03-03", schedule.Wished{Wishes: schedule.Wishes{Appointments: []schedule.Appointment{{Ordinal: 3, Date: day(tt.on)}}}})
		if tt.on == "2026-03-17" {
			s.on("2026-03-03", schedule.PlacedAgain{Sessions: []schedule.ID{s.id(3)}})
		}
		s.on("2026-03-14", schedule.Missed{Session: s.id(2)})
		s.on("2026-03-14", schedule.Shifted{Session: s.id(2)})
		assert.Equal(t, tt.want, s.calendar(), tt.on)
		third := sessionAt(s.plan, 4)
		assert.Equal(t, "2026-03-23 2026-03-20 2026-03-26", third.Target().String()+" "+third.Earliest().String()+" "+third.Latest().String(), tt.on)
		requireKept(t, s.plan)
	}
}

func TestWishedRefused(t *testing.T) {
	wish := func(w schedule.Wishes) func(*testing.T, *story) schedule.Happening {
		return func(*testing.T, *story) schedule.Happening { return schedule.Wished{Wishes: w} }
	}
	requireRefused(t, []refusal{
		{"an absence backwards", visitStory, "2026-03-02", wish(schedule.Wishes{Absences: []schedule.Absence{{From: day("2026-03-04"), To: day("2026-03-03")}}}), schedule.ErrEvent, `event "e" (wished): Absences "2026-03-03": want a last day that is not before the first, 2026-03-04`},
		{"a session there is not", visitStory, "2026-03-02", wish(schedule.Wishes{Appointments: []schedule.Appointment{{Ordinal: 7, Date: day("2026-03-04")}}}), schedule.ErrUnknownSession, `event "e" (wished): Appointments "7": want the number of a session: the plan has 6`},
		{"midnight", visitStory, "2026-03-02", wish(schedule.Wishes{Preferred: clock(t, "24:00")}), schedule.ErrEvent, `event "e" (wished): Preferred "24:00": want a time before 24:00`},
	})
}

// idealRule gives 0.5 mg/kg of the ideal weight of a man: 50 kg and 2.3 kg for each inch
// over 60, so 68.4 kg at 172.72 cm and 73 kg at 177.8 cm.
const idealRule = "0.5 mg/kg of ideal weight, below 60 in clamp, where ideal exceeds actual ideal, hard max 100 mg"

func heightStory(t *testing.T) *story {
	t.Helper()
	r := request(withDose(t, "1/wk x3", 2, idealRule), everyDay(t), "2026-03-02")
	r.Sex, r.Height = dose.Male, dose.MustHeight("172.72 cm")
	r.Weighings = []schedule.Weighing{{Date: day("2026-02-27"), Weight: dose.MustWeight("82 kg")}}
	return living(t, r)
}

// A height changes the doses of the sessions on and after its day, and no other.
func TestMeasured(t *testing.T) {
	s := heightStory(t)
	assert.Equal(t, "34.2 mg, 34.2 mg, 34.2 mg", doses(s.plan))
	s.give(1)
	s.on("2026-03-10", schedule.Measured{Date: day("2026-03-10"), Height: dose.MustHeight("177.8 cm")})
	assert.Equal(t, "34.2 mg, 34.2 mg, 36.5 mg", doses(s.plan), "session 2 was on the 9th")
	assert.Equal(t, "177.8 cm", s.plan.Height().String())
	s.on("2026-03-10", schedule.Measured{Date: day("2026-03-09"), Height: dose.MustHeight("177.8 cm")})
	assert.Equal(t, "34.2 mg, 36.5 mg, 36.5 mg", doses(s.plan))
	s.on("2026-03-10", schedule.Measured{Date: day("2026-03-10"), Height: dose.MustHeight("172.72 cm")})
	assert.Equal(t, "34.2 mg, 36.5 mg, 34.2 mg", doses(s.plan), "of a day the last one recorded")
	assert.Equal(t, 0, sessionAt(s.plan, 2).Revision(), "no level changed")
	requireKept(t, s.plan)

	// A height that nobody knew at the start.
	r := request(withDose(t, "1/wk x2", 2, "41 mg"), everyDay(t), "2026-03-02")
	other := living(t, r)
	assert.True(t, other.plan.Height().IsZero())
	other.on("2026-03-03", schedule.Measured{Date: day("2026-03-03"), Height: dose.MustHeight("180 cm")})
	assert.Equal(t, "180 cm", other.plan.Height().String())
}

func TestMeasuredRefused(t *testing.T) {
	measured := func(m schedule.Measured) func(*testing.T, *story) schedule.Happening {
		return func(*testing.T, *story) schedule.Happening { return m }
	}
	requireRefused(t, []refusal{
		{"no height", heightStory, "2026-03-02", measured(schedule.Measured{Date: day("2026-03-02")}), schedule.ErrEvent, `event "e" (measured): Height: want a height`},
		{"no day", heightStory, "2026-03-02", measured(schedule.Measured{Height: dose.MustHeight("180 cm")}), schedule.ErrEvent, `event "e" (measured): Date: want a date`},
		{"tomorrow", heightStory, "2026-03-02", measured(schedule.Measured{Date: day("2026-03-03"), Height: dose.MustHeight("180 cm")}), schedule.ErrFuture, `event "e" (measured): Date "2026-03-03": want a date that is not after the as-of one, 2026-03-02`},
		{"metres for centimetres", heightStory, "2026-03-02", measured(schedule.Measured{Date: day("2026-03-02"), Height: dose.MustHeight("18 cm")}), dose.ErrImplausible, `event "e" (measured): Height "18 cm": implausible measurement: height "18 cm": want at least 91 cm`},
	})
}

// A session that was said to be cancelled, or to be missed for another reason, was
// missed: the entry before is corrected.
func TestMissedAfterAll(t *testing.T) {
	s := taperStory(t).give(1)
	s.on("2025-01-08", schedule.Cancelled{Session: s.id(2), By: schedule.ByPatient})
	s.on("2025-01-08", schedule.Missed{Session: s.id(2), Reason: "nobody called"})
	assert.True(t, strings.HasPrefix(s.calendar(), "Mon 2025-01-06 given, Wed 2025-01-08 missed, "))
	assert.Equal(t, []string{`info: session 2: event "e2" (cancelled) is corrected by event "e3" (missed) [corrected]`}, hasCode(s.plan, schedule.EntryCorrected))
	s.on("2025-01-09", schedule.Missed{Session: s.id(2), Reason: "in hospital"})
	assert.Len(t, hasCode(s.plan, schedule.EntryCorrected), 2)
	_, err := s.try("2025-01-09", schedule.Missed{Session: s.id(1)})
	require.ErrorIs(t, err, schedule.ErrSettled, "it was given")
	s.on("2025-01-09", schedule.Cancelled{Session: s.id(3), By: schedule.ByPatient})
	_, err = s.try("2025-01-09", schedule.Missed{Session: s.id(3)})
	require.ErrorIs(t, err, schedule.ErrFuture, "it would be tomorrow")
	requireKept(t, s.plan)
}
