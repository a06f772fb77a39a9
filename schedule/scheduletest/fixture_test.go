package scheduletest_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// The values here are made up for the tests.
const halfPerKilogram = "0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 200 mg"

var day = schedule.MustDate

// taper is a phase that gives a drug.
func taper(cadence string, gap int) protocol.Phase {
	return protocol.Phase{
		Name: "taper", Cadence: protocol.MustCadence(cadence), MinGap: gap, Dose: dose.MustRule(halfPerKilogram),
		Visit: protocol.Visit{Administration: 40 * time.Minute, Observation: 2 * time.Hour},
	}
}

func compile(t testing.TB, phases ...protocol.Phase) *protocol.Protocol {
	t.Helper()
	p, err := protocol.Spec{Phases: phases}.Compile()
	require.NoError(t, err)
	return p
}

// version returns a protocol as a version of the one with the id "course".
func version(t testing.TB, p *protocol.Protocol, version string) *protocol.Protocol {
	t.Helper()
	spec := p.Spec()
	spec.ID, spec.Version = "course", version
	next, err := spec.Compile()
	require.NoError(t, err)
	return next
}

// weekdays is a clinic that is open from Monday to Friday but for some days.
func weekdays(t testing.TB, closed ...clinic.Closure) *clinic.Clinic {
	t.Helper()
	office, err := clinic.New(clinic.Spec{
		Zone: time.UTC, Closed: closed,
		Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday),
	})
	require.NoError(t, err)
	return office
}

// ofPhases is a patient of 72 kg who begins on Monday 6 January 2025.
func ofPhases(t testing.TB, phases ...protocol.Phase) schedule.Request {
	t.Helper()
	start := day("2025-01-06")
	return schedule.Request{
		Protocol: compile(t, phases...), Start: start, Opening: weekdays(t),
		Weighings: []schedule.Weighing{{Date: start, Weight: dose.MustWeight("72 kg")}},
	}
}

func request(t testing.TB) schedule.Request {
	t.Helper()
	return ofPhases(t, taper("3-2-1-1-1", 2))
}

func closed(from, to, reason string) clinic.Closure {
	c := clinic.Closure{Date: day(from), Reason: reason}
	if to != "" {
		c.To = day(to)
	}
	return c
}

// A reporter is a test that fails without failing.
type reporter struct{ text string }

func (r *reporter) Helper() {}

func (r *reporter) Errorf(format string, args ...any) { r.text += fmt.Sprintf(format, args...) }
