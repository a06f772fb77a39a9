package protocol_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
)

// A visit of 3 h 10 min: 30 min before the dose, which takes 40 min, and 2 h after it;
// from the third session on 1 h, so 2 h 10 min in all.
func TestStageOf(t *testing.T) {
	visit := protocol.Visit{
		Preparation: 30 * time.Minute, Administration: 40 * time.Minute, Observation: 2 * time.Hour,
		Later: []protocol.LaterObservation{{From: 3, Observation: time.Hour}},
	}
	for _, test := range []struct {
		from      protocol.Moment
		at, until string // until "" for a task that does not last
		first     protocol.Stage
		third     protocol.Stage
	}{
		{protocol.Arrival, "-1m", "", protocol.BeforeVisit, protocol.BeforeVisit},
		{protocol.Arrival, "0m", "", protocol.DuringVisit, protocol.DuringVisit},
		{protocol.AdministrationStart, "-31m", "0m", protocol.BeforeVisit, protocol.BeforeVisit},
		{protocol.AdministrationStart, "-30m", "0m", protocol.DuringVisit, protocol.DuringVisit},
		{protocol.AdministrationStart, "-4h", "24h", protocol.BeforeVisit, protocol.BeforeVisit},
		{protocol.AdministrationStart, "99m", "", protocol.DuringVisit, protocol.DuringVisit},
		{protocol.AdministrationStart, "100m", "", protocol.DuringVisit, protocol.AfterVisit},
		{protocol.AdministrationEnd, "60m", "", protocol.DuringVisit, protocol.AfterVisit},
		{protocol.AdministrationEnd, "0m", "60m", protocol.DuringVisit, protocol.DuringVisit},
		{protocol.AdministrationEnd, "0m", "61m", protocol.DuringVisit, protocol.AfterVisit},
		{protocol.Departure, "-1m", "", protocol.DuringVisit, protocol.DuringVisit},
		{protocol.Departure, "0m", "", protocol.AfterVisit, protocol.AfterVisit},
		{protocol.Departure, "0m", "168h", protocol.AfterVisit, protocol.AfterVisit},
	} {
		at, err := time.ParseDuration(test.at)
		require.NoError(t, err)
		task := protocol.Task{Text: "x", From: test.from, At: at}
		if test.until != "" {
			until, err := time.ParseDuration(test.until)
			require.NoError(t, err)
			task.Until = &until
		}
		assert.Equal(t, test.first, visit.StageOf(task, 1), "%v", test)
		assert.Equal(t, test.third, visit.StageOf(task, 3), "%v", test)
		for stage := protocol.BeforeVisit; stage <= protocol.AfterVisit; stage++ {
			task.Stage = stage
			assert.Equal(t, stage, visit.StageOf(task, 1), "what is stated wins")
		}
	}
}

func TestAudienceConcerns(t *testing.T) {
	const nobody, patient, staff, both = protocol.Audience(0), protocol.ForPatient, protocol.ForStaff, protocol.ForBoth
	for task, readers := range map[protocol.Audience]map[protocol.Audience]bool{
		nobody:  {nobody: true, patient: true, staff: true, both: true},
		patient: {nobody: true, patient: true, staff: false, both: true},
		staff:   {nobody: true, patient: false, staff: true, both: true},
		both:    {nobody: true, patient: true, staff: true, both: true},
	} {
		for reader, concerns := range readers {
			assert.Equal(t, concerns, task.Concerns(reader), "%q for %q", task, reader)
		}
	}
}

const taskFile = `{
  "format": "regimen/1",
  "phases": [
    {
      "name": "course",
      "cadence": "1",
      "visit": {
        "observation": "1 h",
        "tasks": [
          {
            "text": "transport home arranged",
            "for": "patient",
            "from": "departure",
            "stage": "before"
          },
          {
            "text": "call",
            "for": "both",
            "from": "departure",
            "at": "1 h"
          }
        ]
      }
    }
  ]
}
`

func TestTaskFile(t *testing.T) {
	spec, err := protocol.Parse("tasks.json", []byte(taskFile))
	require.NoError(t, err)
	assert.Equal(t, []protocol.Task{
		{Text: "transport home arranged", For: protocol.ForPatient, From: protocol.Departure, Stage: protocol.BeforeVisit},
		{Text: "call", For: protocol.ForBoth, From: protocol.Departure, At: time.Hour},
	}, spec.Phases[0].Visit.Tasks)
	assert.Equal(t, taskFile, string(protocol.Format(spec)))

	compiled, err := spec.Compile()
	require.NoError(t, err)
	digests := map[protocol.Digest]bool{compiled.Digest(): true}
	for range 4 {
		spec.Phases[0].Visit.Tasks[0].For = (spec.Phases[0].Visit.Tasks[0].For + 1) % 4
		for range 4 {
			spec.Phases[0].Visit.Tasks[0].Stage = (spec.Phases[0].Visit.Tasks[0].Stage + 1) % 4
			compiled, err := spec.Compile()
			require.NoError(t, err)
			digests[compiled.Digest()] = true
		}
	}
	assert.Len(t, digests, 16, "whom a task is for and where it stands are part of what the protocol says")
}
