package schedule_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// nonsenseFrom is open on weekdays, and from a day on says of every day that it closes when
// it opens.
func nonsenseFrom(t *testing.T, first string) clinic.Opening {
	open, nine := weekdaysOnly(t), clinic.MustHours("09:00-10:00").From
	return openingFunc(func(d date.Date) ([]clinic.Hours, string) {
		if d >= day(first) {
			return []clinic.Hours{{From: nine, To: nine}}, ""
		}
		return open.Open(d)
	})
}

const nonsense = `^Opening 2026-0\d-\d\d "09:00-09:00": want a closing time that is not the opening time$`

// What looks at days that were never asked about refuses an answer that makes no sense by
// the field that led there, and the plan is as it was.
func TestNonsenseOfDaysThatAreAskedLater(t *testing.T) {
	visits := func(from string, change func(*schedule.Request)) func(*testing.T) *story {
		return func(t *testing.T) *story {
			r := request(compiled(t, visitSpec()), nonsenseFrom(t, from), "2026-03-02")
			if change != nil {
				change(&r)
			}
			return living(t, r)
		}
	}
	switching := func(policy schedule.ShortWeek, from string) func(*testing.T) *story {
		return func(t *testing.T) *story {
			r := request(racemic(t, nil), nonsenseFrom(t, from), "2026-03-02")
			r.ShortWeek = policy
			return living(t, r).give(3)
		}
	}
	for _, tt := range []struct {
		name, asOf, field, value string
		story                    func(*testing.T) *story
		what                     func(s *story) schedule.Happening
	}{
		{"switched to such a day", "2026-03-10", "Start", "2026-04-06", switching(schedule.Refuse, "2026-04-01"), func(*story) schedule.Happening {
			return switchTo(nasalSpray(t, nil), "2026-04-06", 14)
		}},
		{"switched, and later days are", "2026-03-10", "plan", "", switching(schedule.Refuse, "2026-04-07"), func(*story) schedule.Happening {
			return switchTo(nasalSpray(t, nil), "2026-04-06", 14)
		}},
		{"switched, and what is carried asks", "2026-03-10", "Protocol", "esk 1", switching(schedule.Carry, "2026-04-07"), func(*story) schedule.Happening {
			return switchTo(nasalSpray(t, nil), "2026-04-06", 14)
		}},
		{"a visit that lasted until then", "2026-04-25", "plan", "", visits("2026-04-25", nil), func(s *story) schedule.Happening {
			return schedule.VisitDone{Visit: s.call(28).ID, Date: day("2026-04-24"), Start: clock(t, "22:00"), End: clock(t, "01:00")}
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := tt.story(t)
			before := string(schedule.FormatPlan(s.plan))
			_, err := s.try(tt.asOf, tt.what(s))
			refused, ok := errors.AsType[*schedule.EventError](err)
			require.True(t, ok, "%v", err)
			assert.Equal(t, []string{tt.field, tt.value}, []string{refused.Field, refused.Value})
			assert.Regexp(t, nonsense, refused.Want)
			assert.Equal(t, before, string(schedule.FormatPlan(s.plan)))
		})
	}
}

// A file need not have an answer for every day of a window: what looks at such a day asks,
// and refuses what makes no sense.
func TestNonsenseOfDaysThatAFileLeavesOut(t *testing.T) {
	window := func(t *testing.T) schedule.Request {
		p := compiled(t, protocol.Spec{Phases: []protocol.Phase{{
			Name: "all", Cadence: protocol.MustCadence("1/wk x3"), MinGap: 2, Window: &protocol.Window{After: 3},
		}}})
		return request(p, weekdaysOnly(t), "2026-03-02")
	}
	visits := func(t *testing.T) schedule.Request {
		return request(compiled(t, visitSpec()), weekdaysOnly(t), "2026-03-02")
	}
	for _, tt := range []struct {
		name         string
		request      func(*testing.T) schedule.Request
		from, to     string // of the file
		nonsense     string
		asOf         string
		way          bool // on that is offered
		what         func(s *story) schedule.Happening
		field, value string
	}{
		{"placed again", window, `"2026-03-16/2026-03-19"`, `"2026-03-16/2026-03-17"`, "2026-03-18", "2026-03-18", false, func(s *story) schedule.Happening {
			return schedule.PlacedAgain{Sessions: []schedule.ID{s.id(3)}}
		}, "plan", ""},
		{"a way on", window, `"2026-03-16/2026-03-19"`, `"2026-03-16/2026-03-17"`, "2026-03-18", "2026-03-18", true, nil, "plan", ""},
		{"a visit moved", visits, `"2026-04-20/2026-04-23"`, `"2026-04-20/2026-04-21"`, "2026-04-22", "2026-04-20", false, func(s *story) schedule.Happening {
			return schedule.VisitMoved{Visit: s.call(28).ID, Date: day("2026-04-22")}
		}, "Date", "2026-04-22"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := tt.request(t)
			plan, err := schedule.Build(r)
			require.NoError(t, err)
			file := string(schedule.FormatPlan(plan))
			require.Equal(t, 1, strings.Count(file, tt.from), "%s", file)
			file = strings.Replace(file, tt.from, tt.to, 1)
			plan, err = schedule.ParsePlan("x.plan", sealed([]byte(file)), schedule.PlanSource{Opening: nonsenseFrom(t, tt.nonsense), Zone: r.Zone})
			require.NoError(t, err)
			s := &story{t: t, plan: plan}
			if tt.way {
				err = wayOf(t, s.plan, noon(tt.asOf), schedule.WayPlaceAgain, s.id(3)).Err
			} else {
				_, err = s.try(tt.asOf, tt.what(s))
			}
			refused, ok := errors.AsType[*schedule.EventError](err)
			require.True(t, ok, "%v", err)
			assert.Equal(t, []string{tt.field, tt.value}, []string{refused.Field, refused.Value})
			assert.Regexp(t, nonsense, refused.Want)
		})
	}
}
