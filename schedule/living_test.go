package schedule_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// A story applies events one after another, each at noon of the day that begins
// its line in the expectations.
type story struct {
	t    *testing.T
	plan *schedule.Plan
	n    int
}

func living(t *testing.T, r schedule.Request) *story {
	t.Helper()
	r.AsOf = noon(r.Start.String()).Add(-12 * time.Hour)
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	return &story{t: t, plan: plan}
}

func noon(day string) time.Time {
	d := schedule.MustDate(day)
	return time.Date(d.Year(), d.Month(), d.Day(), 12, 0, 0, 0, time.UTC)
}

// on applies what happened as of a day.
func (s *story) on(day string, what schedule.Happening) *story {
	s.t.Helper()
	next, err := s.try(day, what)
	require.NoError(s.t, err)
	s.plan = next
	return s
}

func (s *story) try(day string, what schedule.Happening) (*schedule.Plan, error) {
	s.n++
	return s.plan.Apply(schedule.Event{ID: "e" + strconv.Itoa(s.n), What: what}, noon(day))
}

// id returns the id of the session with a number.
func (s *story) id(ordinal int) schedule.ID { return sessionAt(s.plan, ordinal).ID() }

// give records the sessions up to a number as given as planned.
func (s *story) give(upTo int) *story {
	s.t.Helper()
	for i, session := range s.plan.All() {
		if state := session.State(); i < upTo && (state == schedule.StatePlanned || state == schedule.StateProvisional) {
			s.on(session.Date().String(), schedule.Given{Session: session.ID(), Date: session.Date(), Dose: session.Dose().Dose()})
		}
	}
	return s
}

// calendar lists the sessions: date, state where it is not planned, and dose.
func (s *story) calendar() string {
	var list []string
	for _, session := range s.plan.All() {
		line := "-"
		if session.Placed() {
			line = session.Date().Weekday().String()[:3] + " " + session.Date().String()
		}
		if session.State() != schedule.StatePlanned {
			line += " " + session.State().String()
		}
		list = append(list, line)
	}
	return strings.Join(list, ", ")
}

func day(s string) date.Date { return schedule.MustDate(s) }

func TestLiving(t *testing.T) {
	taper := func(t *testing.T) *story {
		return living(t, request(bare(t, "3-2-1-1-1", 2), weekdaysOnly(t), "2025-01-06"))
	}
	for _, tt := range []struct {
		name string
		run  func(s *story)
		want string
	}{
		{"planned", func(*story) {}, "Mon 2025-01-06, Wed 2025-01-08, Fri 2025-01-10, Mon 2025-01-13, Thu 2025-01-16, Mon 2025-01-20, Mon 2025-01-27, Mon 2025-02-03"},
		{
			"given late", func(s *story) {
				s.give(1).on("2025-01-09", schedule.Given{Session: s.id(2), Date: day("2025-01-09")})
			},
			"Mon 2025-01-06 given, Thu 2025-01-09 given, Fri 2025-01-10, Mon 2025-01-13, Thu 2025-01-16, Mon 2025-01-20, Mon 2025-01-27, Mon 2025-02-03",
		},
		{
			"missed and shifted", func(s *story) {
				s.give(5).on("2025-01-20", schedule.Missed{Session: s.id(6)}).on("2025-01-21", schedule.Shifted{Session: s.id(6), Weeks: 1})
			},
			"Mon 2025-01-06 given, Wed 2025-01-08 given, Fri 2025-01-10 given, Mon 2025-01-13 given, Thu 2025-01-16 given, Mon 2025-01-20 missed, Mon 2025-01-27, Mon 2025-02-03, Mon 2025-02-10",
		},
		{
			"missed and appended", func(s *story) {
				s.give(2).on("2025-01-10", schedule.Missed{Session: s.id(3)}).on("2025-01-10", schedule.Appended{Session: s.id(3)})
			},
			"Mon 2025-01-06 given, Wed 2025-01-08 given, Fri 2025-01-10 missed, Mon 2025-01-13, Thu 2025-01-16, Mon 2025-01-20, Mon 2025-01-27, Mon 2025-02-03, Mon 2025-02-10",
		},
		{
			"missed and made up for", func(s *story) {
				s.give(1).on("2025-01-08", schedule.Missed{Session: s.id(2)}).on("2025-01-08", schedule.Cancelled{Session: s.id(3), By: schedule.ByPatient}).
					on("2025-01-08", schedule.Added{Date: day("2025-01-09"), For: s.id(2)})
			},
			"Mon 2025-01-06 given, Wed 2025-01-08 missed, Thu 2025-01-09, Fri 2025-01-10 cancelled, Mon 2025-01-13, Thu 2025-01-16, Mon 2025-01-20, Mon 2025-01-27, Mon 2025-02-03",
		},
		{
			"held and resumed", func(s *story) {
				s.give(5).on("2025-01-17", schedule.Held{Session: s.id(6)}).on("2025-01-30", schedule.Resumed{})
			},
			"Mon 2025-01-06 given, Wed 2025-01-08 given, Fri 2025-01-10 given, Mon 2025-01-13 given, Thu 2025-01-16 given, Mon 2025-01-20 cancelled, Mon 2025-01-27 cancelled, Mon 2025-02-03",
		},
		{
			"held and shifted", func(s *story) {
				s.give(5).on("2025-01-17", schedule.Held{Session: s.id(6)}).on("2025-01-30", schedule.Shifted{Session: s.id(6), Weeks: 2})
			},
			"Mon 2025-01-06 given, Wed 2025-01-08 given, Fri 2025-01-10 given, Mon 2025-01-13 given, Thu 2025-01-16 given, Mon 2025-02-03, Mon 2025-02-10, Mon 2025-02-17",
		},
		{
			"restarted", func(s *story) {
				s.give(5).on("2025-01-20", schedule.Missed{Session: s.id(6)}).on("2025-01-21", schedule.Restarted{Session: s.id(6), Date: day("2025-01-22")})
			},
			"Mon 2025-01-06 given, Wed 2025-01-08 given, Fri 2025-01-10 given, Mon 2025-01-13 given, Thu 2025-01-16 given, Mon 2025-01-20 missed, Wed 2025-01-22, Fri 2025-01-24, Mon 2025-01-27, Wed 2025-01-29, Fri 2025-01-31, Wed 2025-02-05, Wed 2025-02-12, Wed 2025-02-19",
		},
		{
			"anchored again", func(s *story) {
				s.give(5).on("2025-01-22", schedule.Given{Session: s.id(6), Date: day("2025-01-22")}).on("2025-01-22", schedule.Reanchored{Session: s.id(6)})
			},
			"Mon 2025-01-06 given, Wed 2025-01-08 given, Fri 2025-01-10 given, Mon 2025-01-13 given, Thu 2025-01-16 given, Wed 2025-01-22 given, Wed 2025-01-29, Wed 2025-02-05",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := taper(t)
			tt.run(s)
			require.Equal(t, strings.ReplaceAll(tt.want, ", ", "\n"), strings.ReplaceAll(s.calendar(), ", ", "\n"))
			requireKept(t, s.plan)
		})
	}
}

// unasked is an opening that must not be asked: a plan file has every answer.
type unasked struct{}

func (unasked) Open(d date.Date) ([]clinic.Hours, string) { panic("asked about " + d.String()) }

// protocolsOf returns every protocol that a plan needs.
func protocolsOf(plan *schedule.Plan) []*protocol.Protocol {
	list := []*protocol.Protocol{plan.Protocol(), plan.BuiltFrom()}
	for entry := range plan.History() {
		switch what := entry.Event.What.(type) {
		case schedule.Adopted:
			list = append(list, what.Protocol)
		case schedule.Switched:
			list = append(list, what.Protocol)
		}
	}
	return list
}

// requireKept checks that a plan is what its file says it is.
func requireKept(t testing.TB, plan *schedule.Plan) {
	t.Helper()
	file := schedule.FormatPlan(plan)
	again, err := schedule.ParsePlan("plan.json", file, schedule.PlanSource{
		Protocols: protocolsOf(plan), Opening: unasked{}, Zone: plan.Zone(),
	})
	require.NoError(t, err, "%s", file)
	require.Equal(t, string(file), string(schedule.FormatPlan(again)))
	require.Equal(t, string(plan.AppendJSON(nil)), string(again.AppendJSON(nil)))
}
