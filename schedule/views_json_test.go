package schedule_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule"
)

func marshalled(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	require.NoError(t, err)
	return string(text)
}

// A status has its sessions as they are marshalled on their own, each in its list.
func TestStatusJSON(t *testing.T) {
	s := living(t, request(withDose(t, "3/wk x2", 2, "28 mg"), everyDay(t), "2025-01-06"))
	s.on("2025-01-07", schedule.Given{Session: s.id(1), Date: day("2025-01-07"), Dose: dose.MustMass("28 mg")})
	s.on("2025-01-08", schedule.Missed{Session: s.id(2)})
	s.on("2025-01-09", schedule.Held{Session: s.id(6)})
	s.on("2025-01-09", schedule.ClinicClosed{From: sessionAt(s.plan, 5).Date(), Reason: "storm"})
	list := func(ordinals ...int) string {
		var texts []string
		for _, ordinal := range ordinals {
			texts = append(texts, marshalled(t, sessionAt(s.plan, ordinal)))
		}
		return "[" + strings.Join(texts, ",") + "]"
	}
	status := s.plan.On(day("2025-01-13"))
	want := `{"date":"2025-01-13","standing":"active","due":` + list(4) + `,"overdue":` + list(3) + `,"upcoming":[],"lost":` + list(5) + `,"held":` + list(6) +
		`,"checkpoint":null,"completed":1,"of":6,"percent":16,"adherence":{"planned":3,"given":1,"extra":0,"missed":1,"cancelled":0,"overdue":1,` +
		`"madeUp":0,"shiftDays":1,"largestShift":1,"meanShift":"1.0","doses":[{"drug":null,"dose":"28 mg","error":null}]}}`
	assert.Equal(t, want, marshalled(t, status))
	assert.Contains(t, want, `"adherence":`+marshalled(t, status.Adherence)+"}")
	assert.Contains(t, marshalled(t, s.plan.On(day("2025-01-11"))), `"due":[],"overdue":`+list(3)+`,"upcoming":`+list(4)+`,"lost":`+list(5)+`,`)

	gate := gatedStory(t)
	on := marshalled(t, gate.plan.On(gate.plan.Start()))
	for c := range gate.plan.Checkpoints() {
		assert.Contains(t, on, `"checkpoint":`+marshalled(t, c)+`,"completed":0`)
		break
	}
	failed := schedule.Adherence{LargestShift: -2, Doses: []schedule.DrugSum{{Drug: "ketamine", Err: errors.New("too much")}}}
	assert.Equal(t, `{"planned":0,"given":0,"extra":0,"missed":0,"cancelled":0,"overdue":0,"madeUp":0,"shiftDays":0,"largestShift":-2,`+
		`"meanShift":null,"doses":[{"drug":"ketamine","dose":null,"error":"too much"}]}`, marshalled(t, failed))
}

// A repair has the plan that it leads to, or why there is none.
func TestRepairJSON(t *testing.T) {
	s := taperStory(t).give(2).on("2025-01-10", schedule.Missed{Session: taperStory(t).id(3)})
	repairs, err := s.plan.Repairs(noon("2025-01-10"), s.id(3))
	require.NoError(t, err)
	possible, refused := 0, 0
	for _, r := range repairs {
		text := marshalled(t, r)
		var read struct {
			Way, Text              string
			Possible               bool
			Why, Condition, Source *string
			Entries, Findings      []json.RawMessage
			Diff                   *schedule.Diff
			Plan                   json.RawMessage
			Quote                  *string
		}
		require.NoError(t, json.Unmarshal([]byte(text), &read), text)
		assert.Equal(t, r.Way.String(), read.Way)
		assert.Equal(t, r.Text, read.Text)
		assert.Equal(t, r.Possible(), read.Possible)
		assert.Len(t, read.Entries, len(r.Entries))
		for i, entry := range r.Entries {
			assert.Equal(t, marshalled(t, entry), string(read.Entries[i]))
		}
		assert.Len(t, read.Findings, len(r.Findings))
		for i, f := range r.Findings {
			assert.Equal(t, marshalled(t, f), string(read.Findings[i]))
		}
		if !r.Possible() {
			refused++
			assert.Nil(t, read.Diff)
			assert.Equal(t, "null", string(read.Plan))
			require.NotNil(t, read.Why)
			assert.NotEmpty(t, *read.Why)
			continue
		}
		possible++
		assert.Nil(t, read.Why)
		assert.Equal(t, marshalled(t, r.Plan), string(read.Plan))
		assert.Equal(t, marshalled(t, r.Diff), marshalled(t, read.Diff))
		assert.Equal(t, r.Source, *read.Source)
	}
	assert.Positive(t, possible)
	assert.Positive(t, refused)
	none := schedule.Repair{Way: schedule.WayAppend, Text: "t", Err: errors.New("no room")}
	assert.Equal(t, `{"way":"append","possible":false,"why":"no room","text":"t","condition":null,"source":null,"quote":null,`+
		`"entries":[],"diff":null,"plan":null,"findings":[]}`, marshalled(t, none))
	none.Err = &schedule.EventError{Field: "Date", Want: "want another day"}
	assert.Contains(t, marshalled(t, none), `"why":"want another day"`)
	none.Condition, none.Source, none.Quote = "c", "s", "q"
	none.Findings = []schedule.Finding{{Code: "a", Severity: schedule.Info}, {Code: "b", Severity: schedule.Warning}}
	none.Entries = []schedule.Entry{{Event: schedule.Event{ID: "a", What: schedule.Resumed{}}}, {Event: schedule.Event{ID: "b", What: schedule.Resumed{}}}}
	assert.Contains(t, marshalled(t, none), `"condition":"c","source":"s","quote":"q","entries":[`+marshalled(t, none.Entries[0])+`,`+marshalled(t, none.Entries[1])+`],"diff"`)
	assert.Contains(t, marshalled(t, none), `"findings":[`+marshalled(t, none.Findings[0])+`,`+marshalled(t, none.Findings[1])+`]}`)
}

// What was recorded of a dose is in the JSON of its session.
func TestGivenJSON(t *testing.T) {
	s := living(t, request(withDose(t, "1/wk x12", 1, "28 mg"), everyDay(t), "2025-01-06"))
	given := schedule.Given{
		Session: s.id(1), Date: day("2025-01-06"), Dose: dose.MustMass("17 mg"), During: dose.MustDuration("20 min"), Weight: dose.MustWeight("81.5 kg"),
		NotDone: []string{"call", "form"}, Reason: "stopped", Who: "a nurse",
	}
	s.on("2025-01-06", given)
	assert.Contains(t, marshalled(t, sessionAt(s.plan, 1)), `"dose":"17 mg","during":"20 min","weight":"81.5 kg","notDone":["call","form"],"reason":"stopped","who":"a nurse"`)
	s.give(2)
	assert.Contains(t, marshalled(t, sessionAt(s.plan, 2)), `"dose":"28 mg","during":null,"weight":null,"notDone":[],"reason":null,"who":null`)
	assert.Contains(t, marshalled(t, sessionAt(s.plan, 12)), `"ordinal":12,"number":12,"phase":`)
	assert.Contains(t, marshalled(t, sessionAt(s.plan, 12)), `"given":null`)
}
