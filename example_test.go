package regimen_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

func Example() {
	key, asOf := schedule.Key{0: 0xA7, 15: 0x3C}, time.Date(2025, 1, 6, 8, 0, 0, 0, time.UTC)
	start, weight := schedule.MustDate("2025-01-06"), dose.MustWeight("72 kg")

	taper := protocol.Phase{
		Name: "taper", Cadence: protocol.MustCadence("3-2-1-1-1 then every 4w x3"), MinGap: 2, Visit: protocol.Visit{Administration: 40 * time.Minute, Observation: 2 * time.Hour},
		Dose: dose.MustRule("0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 100 mg"),
	}
	prescribed, err := protocol.Spec{Phases: []protocol.Phase{taper}}.Compile()
	hours := clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday)
	office, err2 := clinic.New(clinic.Spec{Zone: time.UTC, Weekly: hours})
	plan, err3 := schedule.Build(schedule.Request{
		Protocol: prescribed, Start: start, Opening: office, Weighings: []schedule.Weighing{{Date: start, Weight: weight}}, Key: key, AsOf: asOf,
	})

	if err != nil || err2 != nil || err3 != nil {
		fmt.Println(err, err2, err3)
		return
	}
	for _, session := range plan.All() {
		fmt.Println(session)
	}

	// Output:
	// 1 Mon 2025-01-06 08:00 36 mg
	// 2 Wed 2025-01-08 08:00 36 mg
	// 3 Fri 2025-01-10 08:00 36 mg
	// 4 Mon 2025-01-13 08:00 36 mg
	// 5 Thu 2025-01-16 08:00 36 mg
	// 6 Mon 2025-01-20 08:00 36 mg
	// 7 Mon 2025-01-27 08:00 36 mg
	// 8 Mon 2025-02-03 08:00 36 mg
	// 9 Mon 2025-03-03 08:00 36 mg
	// 10 Mon 2025-03-31 08:00 36 mg
	// 11 Mon 2025-04-28 08:00 36 mg
}

// The example in the README is the one above, to the letter.
func TestReadmeExample(t *testing.T) {
	source, err := os.ReadFile("example_test.go")
	require.NoError(t, err)
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	_, code, found := strings.Cut(string(source), "\ttaper := ")
	require.True(t, found)
	code, _, found = strings.Cut("\ttaper := "+code, "\n\n\tif err")
	require.True(t, found)
	block := "```go\n" + strings.ReplaceAll(code[1:], "\n\t", "\n") + "\n```\n"
	assert.Contains(t, string(readme), block)
}
