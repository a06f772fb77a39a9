package schedule_test

import (
	"errors"
	"testing"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// An opening that answers nonsense about a day is refused by the event that asks about
// that day, which names it, and the plan goes on as it was: also with what was given,
// which would otherwise be in the way of everything after it.
func TestEventsThatAskAnOpeningOfNonsense(t *testing.T) {
	nine := clinic.MustHours("09:00-10:00").From
	open := weekdaysOnly(t)
	sane := day("2025-02-10")
	opening := openingFunc(func(d date.Date) ([]clinic.Hours, string) {
		if d >= sane {
			return []clinic.Hours{{From: nine, To: nine}}, ""
		}
		return open.Open(d)
	})
	for _, tt := range []struct {
		name, asOf string
		field      string
		what       func(s *story) schedule.Happening
	}{
		{"moved", "2025-01-06", `Date "2025-02-20"`, func(s *story) schedule.Happening {
			return schedule.Moved{Session: s.id(8), Date: day("2025-02-20"), Reason: "agreed", Who: "dr-1"}
		}},
		{"shifted", "2025-01-06", "plan", func(s *story) schedule.Happening { return schedule.Shifted{Session: s.id(8), Weeks: 2} }},
		{"restarted", "2025-01-06", "plan", func(s *story) schedule.Happening {
			return schedule.Restarted{Session: s.id(1), Date: day("2025-02-10")}
		}},
		{"re-anchored", "2025-01-06", "plan", func(s *story) schedule.Happening {
			return schedule.Reanchored{Session: s.id(8), Date: day("2025-02-14")}
		}},
		{"added", "2025-01-06", `Date "2025-02-20"`, func(*story) schedule.Happening { return schedule.Added{Date: day("2025-02-20")} }},
		{"given", "2025-02-21", `Date "2025-02-20"`, func(*story) schedule.Happening { return schedule.Given{Date: day("2025-02-20")} }},
		{"given at a session", "2025-02-21", `Date "2025-02-20"`, func(s *story) schedule.Happening { return schedule.Given{Session: s.id(8), Date: day("2025-02-20")} }},
		{"given past midnight", "2025-02-21", `Date "2025-02-09"`, func(s *story) schedule.Happening {
			return schedule.Given{Session: s.id(8), Date: day("2025-02-09"), Start: clock(t, "22:00"), End: clock(t, "01:00")}
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := living(t, request(bare(t, "3-2-1-1-1", 2), opening, "2025-01-06"))
			before := string(schedule.FormatPlan(s.plan))
			_, err := s.try(tt.asOf, tt.what(s))
			refused, ok := errors.AsType[*schedule.EventError](err)
			require.True(t, ok, "%v", err)
			value := ""
			if refused.Value != "" {
				value = ` "` + refused.Value + `"`
			}
			require.Equal(t, tt.field, refused.Field+value)
			require.Regexp(t, `^Opening 2025-02-\d\d "09:00-09:00": want a closing time that is not the opening time$`, refused.Want)
			require.Equal(t, before, string(schedule.FormatPlan(s.plan)))
			s.on("2025-02-21", schedule.Missed{Session: s.id(1)}) // what asks about no such day goes on
		})
	}
}
