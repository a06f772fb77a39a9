package sheet

import (
	"bytes"
	"encoding/csv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// What was recorded as given beside the drug and what came of a count stand in the table, in
// the words of the record, for whom they are meant.
func TestRecordedColumns(t *testing.T) {
	plan := several(t)
	s, _ := plan.At(1)
	var count schedule.OtherVisit
	for v := range plan.OtherVisits() {
		if v.Role == schedule.RoleMonitoring && count.ID.IsZero() {
			count = v
		}
	}
	for i, what := range []schedule.Happening{
		schedule.Given{Session: s.ID(), Date: s.Date(), Dose: s.Dose().Dose(), Beside: []schedule.MedicineGiven{
			{Name: "=oxygen", Reason: "saturation"},
			{Name: "examplafentanil", Dose: dose.MustMass("0.02 mg")},
			{Name: "Examplazepam", NotGiven: true, Reason: "asleep"},
		}},
		schedule.VisitDone{Visit: count.ID, Date: count.Date, Result: "1.4 G/l", Verdict: schedule.VerdictNotOK},
	} {
		next, err := plan.Apply(schedule.Event{ID: string(rune('a' + i)), What: what}, time.Date(2027, 3, 20, 20, 0, 0, 0, time.UTC))
		require.NoError(t, err)
		plan = next
	}
	columns := func(o Options) (beside, result, verdict []string) {
		o.Locale = locale(t, "en-GB")
		made, err := New(plan, o)
		require.NoError(t, err)
		var out bytes.Buffer
		require.NoError(t, made.WriteCSV(&out))
		rows, err := csv.NewReader(&out).ReadAll()
		require.NoError(t, err)
		for at, name := range rows[0] {
			for _, row := range rows[1:] {
				list := map[string]*[]string{"given_beside": &beside, "result": &result, "verdict": &verdict}[name]
				if list != nil && row[at] != "" {
					*list = append(*list, row[0]+" "+row[at])
				}
			}
		}
		return beside, result, verdict
	}
	beside, result, verdict := columns(Options{Drug: true, Doses: true, For: protocol.ForStaff})
	assert.Equal(t, []string{s.ID().String() + " '=oxygen; examplafentanil 20 mcg; Examplazepam 0 mg"}, beside)
	assert.Equal(t, []string{count.ID.String() + " 1.4 G/l"}, result)
	assert.Equal(t, []string{count.ID.String() + " not ok"}, verdict)

	beside, result, verdict = columns(Options{Drug: true, Doses: true})
	assert.Len(t, beside, 1)
	assert.Empty(t, append(result, verdict...), "results are for staff")
	for _, o := range []Options{{Doses: true}, {Drug: true}, {}} {
		beside, _, _ = columns(o)
		assert.Empty(t, beside, "asked for without names or without doses")
	}
}
