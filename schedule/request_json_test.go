package schedule_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// A request is written as it is read with what its JSON lacks, and not read without.
func TestRequestJSON(t *testing.T) {
	r := taperRequest(t)
	text, err := json.Marshal(r)
	require.NoError(t, err)
	read, err := schedule.ParseRequest("request.json", text, schedule.PlanSource{Protocols: []*protocol.Protocol{r.Protocol}, Opening: r.Opening})
	require.NoError(t, err)
	want, err := schedule.Build(r)
	require.NoError(t, err)
	got, err := schedule.Build(read)
	require.NoError(t, err)
	assert.Equal(t, string(schedule.FormatPlan(want)), string(schedule.FormatPlan(got)))

	require.ErrorContains(t, json.Unmarshal(text, &r), "ParseRequest is given them")
	r.Opening, r.Zone = nil, nil
	_, err = json.Marshal(r)
	require.ErrorContains(t, err, "time zone")
}
