package schedule_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule"
)

// fileRows are the rows that a file has of the sessions of a plan.
func fileRows(p *schedule.Plan) (rows []schedule.FileSession) {
	for _, s := range p.All() {
		state := s.State()
		if state == schedule.StateProvisional { // which follows from the gates
			state = schedule.StatePlanned
		}
		rows = append(rows, schedule.FileSession{
			ID: s.ID(), Phase: s.Phase(), Number: s.Number(), Target: s.Target(), Earliest: s.Earliest(), Latest: s.Latest(),
			Date: s.Date(), Start: s.Start(), End: s.End(), State: state, Dose: s.Dose().Dose(), Revision: s.Revision(),
		})
	}
	return rows
}

// A file that is opened has of each session what the plan says of it, whatever has become of
// it; without protocols only the phases are not known.
func TestRowsOfAFile(t *testing.T) {
	r := request(bare(t, "3/wk x1", 2), weekdaysOnly(t, "2025-01-07", "2025-01-08", "2025-01-09", "2025-01-10"), "2025-01-06")
	r.ShortWeek = schedule.Drop
	left := living(t, r)
	held := gatedStory(t).give(2)
	held.on("2025-01-13", schedule.Missed{Session: held.id(3)}).on("2025-01-14", schedule.Held{Session: held.id(5)})
	held.on("2025-01-14", schedule.Adopted{Protocol: gated(t, "2"), Who: "attending"})
	long, _ := longStory(t)
	for name, s := range map[string]*story{"left out": left, "held": held, "long": long, "visits": visitStory(t).give(1)} {
		t.Run(name, func(t *testing.T) {
			file := schedule.FormatPlan(s.plan)
			opened, err := schedule.ParsePlanFile("plan.json", file, schedule.PlanSource{Opening: allDay(), Zone: s.plan.Zone()})
			require.NoError(t, err)
			want := fileRows(s.plan)
			assert.Equal(t, want, opened.Sessions)
			for i, entry := range opened.Journal {
				assert.Equal(t, schedule.Rules, entry.Rules, "entry %d", i+1)
			}
		})
	}
}

// A row is shown by its date or, where it has none, by its target.
func TestRowInWords(t *testing.T) {
	for want, row := range map[string]schedule.FileSession{
		"no date %!State(0)":                     {},
		"Mon 2025-01-06 planned":                 {Target: day("2025-01-06"), State: schedule.StatePlanned},
		"Tue 2025-01-07 planned":                 {Target: day("2025-01-06"), Date: day("2025-01-07"), State: schedule.StatePlanned},
		"Tue 2025-01-07 08:00 taper given 40 mg": {Date: day("2025-01-07"), Start: clock(t, "08:00"), Phase: "taper", State: schedule.StateGiven, Dose: dose.MustMass("40 mg")},
		"Mon 2025-01-06 taper left out":          {Target: day("2025-01-06"), Phase: "taper", State: schedule.StateLeftOut},
	} {
		assert.Equal(t, want, row.String())
	}
}
