package scheduletest_test

import (
	"errors"
	"flag"
	"fmt"
	"go/format"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/mangle"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/scheduletest"
)

var update = flag.Bool("update", false, "write the golden file anew")

// mistaken is set where the requests below are to have their mistakes again.
const mistaken = "SCHEDULETEST_MISTAKEN"

// everySeven is three sessions seven days apart. The mistake is a cadence by the
// week, in which a closed day does not move the sessions after it.
func everySeven(t testing.TB) schedule.Request {
	t.Helper()
	if os.Getenv(mistaken) != "" {
		return ofPhases(t, taper("1/wk x3", 5))
	}
	return ofPhases(t, taper("1/wk x3", 7))
}

// atLeastSevenDays is a property: no session is less than seven days after the
// one before.
func atLeastSevenDays(p *schedule.Plan) error {
	var before date.Date
	for _, s := range p.All() {
		if before != 0 && s.Date()-before < 7 {
			return fmt.Errorf("session %d is %d days after the one before\n%s", s.Ordinal(), s.Date()-before, scheduletest.Calendar(p))
		}
		before = s.Date()
	}
	return nil
}

func TestSweep(t *testing.T) {
	calls, weights, starts := 0, map[string]bool{}, map[date.Date]bool{}
	sweep := scheduletest.Sweep{Request: ofPhases(t, taper("2-1-1", 2)), Closures: [][]clinic.Closure{nil, {closed("2025-01-15", "", "")}}}
	require.NoError(t, sweep.Run("count", func(p *schedule.Plan) error {
		calls++
		starts[p.Start()] = true
		for _, s := range p.All() {
			weights[s.Dose().Body().Weight.String()] = true
		}
		return nil
	}))
	// Two of the seven days are a Saturday and a Sunday.
	assert.Equal(t, 2*5*111, calls)
	assert.Len(t, weights, 111)
	assert.Len(t, starts, 5)

	sweep.Days = protocol.OnDays(time.Tuesday, time.Sunday)
	calls = 0
	require.NoError(t, sweep.Run("count", func(p *schedule.Plan) error {
		calls++
		require.Equal(t, time.Tuesday, p.Start().Weekday())
		return nil
	}))
	assert.Equal(t, 2*111, calls)
}

func TestSweepOfEveryPlan(t *testing.T) {
	sweep := scheduletest.Sweep{Request: request(t), Lightest: 70, Heaviest: 72, MayBlock: true, Closures: [][]clinic.Closure{
		nil, {closed("2025-01-15", "2025-01-16", "")}, {closed("2025-01-20", "", "holiday"), closed("2025-01-27", "", "holiday")},
	}}
	require.NoError(t, sweep.Run("scheduletest.TestPlan", scheduletest.TestPlan))
}

// The counterexample is the smallest there is, whatever it was found with.
func TestSweepMinimises(t *testing.T) {
	sweep := scheduletest.Sweep{
		Request: ofPhases(t, taper("1/wk x3", 5)), From: "everySeven(t)",
		Closures: [][]clinic.Closure{{
			closed("2025-01-02", "2025-01-03", "new year"), closed("2025-01-13", "2025-01-14", "renovation"), closed("2025-03-03", "2025-03-20", "spring break"),
		}},
	}
	err := sweep.Run("atLeastSevenDays", atLeastSevenDays)
	found, ok := errors.AsType[*scheduletest.Counterexample](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, day("2025-01-06"), found.Start)
	assert.Equal(t, dose.MustWeight("40 kg"), found.Weight)
	assert.Equal(t, []clinic.Closure{closed("2025-01-13", "", "renovation")}, found.Closures)
	require.NotNil(t, found.Plan)
	require.Error(t, atLeastSevenDays(found.Plan))
	require.ErrorIs(t, err, found.Err)

	// What is printed is a test of this package: see TestCounterexampleIsATest.
	code := "package scheduletest_test\n\nimport (\n\t\"testing\"\n\n" +
		"\t\"github.com/regimen-go/regimen/dose\"\n\t\"github.com/regimen-go/regimen/schedule\"\n\t\"github.com/regimen-go/regimen/schedule/clinic\"\n\t\"github.com/regimen-go/regimen/schedule/scheduletest\"\n)\n\n" + found.Code()
	formatted, err := format.Source([]byte(code))
	require.NoError(t, err)
	assert.Equal(t, string(formatted), code, "it needs no formatting")
	const golden = "pasted_test.go"
	if *update {
		require.NoError(t, os.WriteFile(golden, formatted, 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), code)
	assert.Contains(t, found.Error(), "atLeastSevenDays does not hold starting Mon 2025-01-06, 40 kg, closed Mon 2025-01-13 (renovation): session 3 is 6 days after")
	assert.Contains(t, found.Error(), found.Code())
}

// The test that was printed, and pasted into pasted_test.go, fails with the mistake
// and passes without it.
func TestCounterexampleIsATest(t *testing.T) {
	run := func(env ...string) (string, error) {
		c := exec.Command(os.Args[0], "-test.run=^TestCounterexampleAtLeastSevenDays$", "-test.v")
		c.Env = append(os.Environ(), env...)
		out, err := c.CombinedOutput()
		return string(out), err
	}
	out, err := run(mistaken + "=")
	require.NoError(t, err, out)
	require.Contains(t, out, "--- PASS: TestCounterexampleAtLeastSevenDays")
	out, err = run(mistaken + "=yes")
	require.Error(t, err)
	require.Contains(t, out, "session 3 is 6 days after the one before")
}

// A weight is a counterexample too: the lowest that fails.
func TestSweepOfDoses(t *testing.T) {
	atMostSixty := func(p *schedule.Plan) error {
		for _, s := range p.All() {
			if d := s.Dose().Dose(); d.Compare(dose.MustMass("60 mg")) > 0 {
				return fmt.Errorf("session %d is %s", s.Ordinal(), d)
			}
		}
		return nil
	}
	err := scheduletest.Sweep{Request: request(t)}.Run("atMostSixty", atMostSixty)
	found, ok := errors.AsType[*scheduletest.Counterexample](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, "121 kg", found.Weight.String(), "60.5 mg; 120 kg is 60 mg")
	assert.Empty(t, found.Closures)
	assert.Contains(t, err.Error(), `r := scheduletest.Case(request(t), schedule.MustDate("2025-01-06"), dose.MustWeight("121 kg"))`)

	strict := taper("3-2", 2)
	strict.Dose = dose.MustRule("0.5 mg/kg of actual weight, round 0.1 mg half up, hard max 60 mg")
	err = scheduletest.Sweep{Request: ofPhases(t, strict)}.Run("scheduletest.TestPlan", scheduletest.TestPlan)
	found, ok = errors.AsType[*scheduletest.Counterexample](err)
	require.True(t, ok, "%v", err)
	assert.Nil(t, found.Plan)
	assert.Equal(t, "121 kg", found.Weight.String())
	_, ok = errors.AsType[*schedule.DoseError](err)
	assert.True(t, ok)
	assert.Contains(t, found.Code(), "func TestCounterexampleTestPlan(t *testing.T) {")
}

func TestSweepBlocked(t *testing.T) {
	sweep := scheduletest.Sweep{Request: request(t), Closures: [][]clinic.Closure{{closed("2025-01-07", "2025-01-09", "strike"), closed("2025-02-20", "", "")}}}
	err := sweep.Run("scheduletest.TestPlan", scheduletest.TestPlan)
	found, ok := errors.AsType[*scheduletest.Counterexample](err)
	require.True(t, ok, "%v", err)
	require.Len(t, found.Closures, 1)
	assert.Equal(t, closed("2025-01-08", "", "strike"), found.Closures[0], "from a Monday on, only that Wednesday is two days from both others")
	assert.Equal(t, day("2025-01-06"), found.Start)
	_, ok = errors.AsType[*schedule.BuildError](err)
	assert.True(t, ok)

	sweep.MayBlock = true
	require.NoError(t, sweep.Run("scheduletest.TestPlan", scheduletest.TestPlan))
}

// A property that panics does not hold, and a protocol without a drug is tried
// without a weight.
func TestSweepWithoutDrug(t *testing.T) {
	visits := taper("1/wk x2", 0)
	visits.Dose = dose.Rule{}
	calls := 0
	r := ofPhases(t, visits)
	r.Weighings = nil
	require.NoError(t, scheduletest.Sweep{Request: r}.Run("count", func(*schedule.Plan) error { calls++; return nil }))
	assert.Equal(t, 5, calls)

	err := scheduletest.Sweep{Request: r}.Run("spoilt", func(*schedule.Plan) error { panic("spoilt\r\n\x00 */") })
	require.ErrorContains(t, err, "spoilt: it panicked")
	found, ok := errors.AsType[*scheduletest.Counterexample](err)
	require.True(t, ok)
	_, err = format.Source([]byte("package x\n\n" + found.Code()))
	require.NoError(t, err)
	assert.Contains(t, found.Code(), "dose.Weight{})")
}

func TestSweepRefuses(t *testing.T) {
	good := scheduletest.Sweep{Request: request(t)}
	fine := func(*schedule.Plan) error { return nil }
	for _, tt := range []struct {
		name   string
		change func(s *scheduletest.Sweep)
		called string
		want   string
	}{
		{"name", nil, "two words", "want the name of the property in the test"},
		{"no name", nil, "", "want the name of the property in the test"},
		{"path", nil, "a.b.c", "want the name of the property in the test"},
		{"weights", func(s *scheduletest.Sweep) { s.Lightest, s.Heaviest = 90, 80 }, "fine", "the lightest first, got 90 to 80"},
		{"no start", func(s *scheduletest.Sweep) { s.Request.Start = 0 }, "fine", "want a start"},
		{"no protocol", func(s *scheduletest.Sweep) { s.Request.Protocol = nil }, "fine", "want a protocol"},
		{"request", func(s *scheduletest.Sweep) { s.Request.Opening = nil }, "fine", "Opening: want a clinic"},
		{"nothing", func(s *scheduletest.Sweep) {
			s.Closures = [][]clinic.Closure{{closed("2025-01-01", "2025-01-31", "")}}
		}, "fine", "no combination has a plan: nothing was tested"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := good
			if tt.change != nil {
				tt.change(&s)
			}
			err := s.Run(tt.called, fine)
			require.ErrorContains(t, err, tt.want)
			_, is := errors.AsType[*scheduletest.Counterexample](err)
			require.False(t, is)
		})
	}
	require.ErrorContains(t, good.Run("fine", nil), "got nil")
	require.True(t, strings.HasPrefix(good.Run("fine", nil).Error(), "sweeping fine: "))
}

// Whatever closures and errors say, the code is Go.
func FuzzCounterexampleCode(f *testing.F) {
	f.Add("holiday", "session 3 is late")
	f.Add("\"`\\\x00\n", "a\r\n*/\u2028\ufeff\xff\t\x00")
	f.Fuzz(mangle.Target(func(t *testing.T, reason, says string) {
		c := scheduletest.Counterexample{
			Property: "property", From: "request(t)", Start: day("2025-01-06"), Weight: dose.MustWeight("72 kg"), Err: errors.New(says),
			Closures: []clinic.Closure{{Date: day("2025-01-08"), Reason: reason}},
		}
		code := "package x\n\n" + c.Code()
		formatted, err := format.Source([]byte(code))
		require.NoError(t, err, code)
		require.Equal(t, string(formatted), code)
	}))
}

func TestZeroCounterexample(t *testing.T) {
	assert.Contains(t, new(scheduletest.Counterexample).Error(), "no reason")
}
