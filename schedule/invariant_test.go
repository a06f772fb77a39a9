package schedule_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/mangle"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// holdsTogether checks what is true of every plan, from what the plan says and
// what the request asked for.
func holdsTogether(t testing.TB, r schedule.Request, plan *schedule.Plan) {
	t.Helper()
	phases := map[string]int{}
	visits := map[string]time.Duration{}
	for _, p := range r.Protocol.Phases() {
		phases[p.Name] = p.MinGap
		visits[p.Name] = p.Visit.LengthOf(1)
	}
	ids := map[schedule.ID]bool{}
	var before schedule.Session
	for i, s := range plan.All() {
		require.Equal(t, i+1, s.Ordinal())
		require.False(t, ids[s.ID()])
		ids[s.ID()] = true
		require.LessOrEqual(t, s.Earliest(), s.Latest())
		require.GreaterOrEqual(t, s.Earliest(), r.Start)
		if !s.Placed() {
			require.Equal(t, schedule.Drop, r.ShortWeek)
			continue
		}
		require.GreaterOrEqual(t, s.Date(), s.Earliest())
		require.LessOrEqual(t, s.Date(), s.Latest())
		require.Equal(t, int(s.Date()-s.Target()), s.ShiftDays())
		hours, _ := r.Opening.Open(s.Date())
		inside := false
		for _, h := range hours {
			inside = inside || h.From.Compare(s.Start()) <= 0 && s.End().Compare(h.To) <= 0
		}
		require.True(t, inside, "%s-%s in %v", s.Start(), s.End(), hours)
		require.Equal(t, visits[s.Phase()], time.Duration(s.End().Minutes()-s.Start().Minutes())*time.Minute)
		if !before.IsZero() {
			require.GreaterOrEqual(t, int(s.Date()-before.Date()), max(phases[before.Phase()], phases[s.Phase()]))
		}
		before = s
		if c := s.Dose(); !c.IsZero() {
			again, err := c.Rule().Calculate(c.Body())
			require.NoError(t, err)
			require.Equal(t, c, again)
		}
	}
	require.True(t, json.Valid(plan.AppendJSON(nil)))
	for _, f := range schedule.Validate(plan) {
		require.NotEmpty(t, f.Text)
		require.NotEqual(t, schedule.CheckFailed, f.Code, f.Text)
	}
}

// bytesSource makes decisions out of bytes, and counts on when they run out: a
// source that repeated itself would keep rejection sampling waiting for ever.
type bytesSource struct {
	data []byte
	next uint64
}

func (s *bytesSource) Uint64() (v uint64) {
	if len(s.data) < 8 {
		s.next += 0x9E3779B97F4A7C15
		return s.next
	}
	for _, b := range s.data[:8] {
		v = v<<8 | uint64(b)
	}
	s.data = s.data[8:]
	s.next ^= v
	if v == 0 {
		return s.next
	}
	return v
}

// From arbitrary bytes to a request to a plan, or a typed error, to what is true
// of every plan.
func FuzzBuild(f *testing.F) {
	r := rand.New(rand.NewPCG(9, 10))
	for range 20 {
		seed := make([]byte, 600)
		for i := range seed {
			seed[i] = byte(r.Uint32())
		}
		f.Add(seed)
	}
	f.Fuzz(mangle.Target(func(t *testing.T, data []byte) {
		r := rand.New(&bytesSource{data: data})
		x, ok := randomInstance(t, r)
		if !ok {
			return
		}
		plan, err := schedule.Build(x.request)
		if err != nil {
			require.Nil(t, plan)
			require.NotEmpty(t, err.Error())
			return
		}
		holdsTogether(t, x.request, plan)

		// The same days and doses, whatever else the protocol has.
		notion := drawNotions(r, notions{r.IntN(2) == 0, r.IntN(2) == 0, r.IntN(2) == 0, r.IntN(2) == 0})
		x.request.Weighings = []schedule.Weighing{{Date: x.request.Start - 30, Weight: dose.MustWeight("70.5 kg")}}
		x.request.Protocol, x.request.GivenBefore = compiled(t, notion.without), nil
		without, err := schedule.Build(x.request)
		if err != nil {
			return
		}
		x.request.Protocol = compiled(t, notion.with)
		with, err := schedule.Build(x.request)
		if err != nil {
			require.ErrorContains(t, err, "beside the drug")
			return
		}
		require.Equal(t, sessionsOf(without), sessionsOf(with))
	}))
}

func TestInvariantsOfRandomPlans(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for range many(3000) {
		x, ok := randomInstance(t, r)
		if !ok {
			continue
		}
		if plan, err := schedule.Build(x.request); err == nil {
			holdsTogether(t, x.request, plan)
		}
	}
}

// closedToo is an Opening with one more closure.
type closedToo struct {
	clinic.Opening
	day date.Date
}

func (c closedToo) Open(d date.Date) ([]clinic.Hours, string) {
	if d == c.day {
		return nil, "one more closure"
	}
	return c.Opening.Open(d)
}

func cost(plan *schedule.Plan) (left, squares int) {
	for _, s := range plan.All() {
		if !s.Placed() {
			left++
		}
		squares += s.ShiftDays() * s.ShiftDays()
	}
	return left, squares
}

// A closure on a day that no session uses changes nothing; one on a day that is
// used never makes the plan better.
func TestOneMoreClosure(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(13, 14))
	unused, used := 0, 0
	for unused < many(800) || used < many(800) {
		x, ok := randomInstance(t, r)
		if !ok || x.request.ShortWeek == schedule.Carry || x.request.ShortWeek == schedule.Postpone {
			continue
		}
		plan, err := schedule.Build(x.request)
		if err != nil || plan.Len() == 0 {
			continue
		}
		days := map[date.Date]bool{x.request.Start: true}
		for _, s := range plan.All() {
			days[s.Date()] = true
		}
		day := x.request.Start + 1 + date.Date(r.IntN(60))
		left, squares := cost(plan)
		x.request.Opening = closedToo{x.request.Opening, day}
		again, err := schedule.Build(x.request)
		if !days[day] {
			unused++
			require.NoError(t, err, x.text)
			for i, s := range plan.All() {
				require.Equal(t, s.Date(), sessionAt(again, i+1).Date(), x.text)
			}
			continue
		}
		used++
		if err != nil {
			continue
		}
		leftNow, squaresNow := cost(again)
		require.True(t, leftNow > left || leftNow == left && squaresNow >= squares, x.text)
	}
}

// Taking a rule away never makes a plan worse.
func TestOneRuleLess(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	compared := 0
	for compared < many(1500) {
		x := randomBrute(t, r)
		x.request.ShortWeek = schedule.Drop
		plan, err := schedule.Build(x.request)
		if err != nil {
			continue
		}
		left, squares := cost(plan)
		for _, free := range []func(*schedule.Wishes){
			func(w *schedule.Wishes) { w.Absences = nil },
			func(w *schedule.Wishes) { w.Appointments = nil },
			func(w *schedule.Wishes) { w.Never = protocol.DaySet{} },
		} {
			eased := x.request
			free(&eased.Wishes)
			better, err := schedule.Build(eased)
			require.NoError(t, err)
			leftNow, squaresNow := cost(better)
			require.True(t, leftNow < left || leftNow == left && squaresNow <= squares)
			compared++
		}
	}
}

// 0.5 is exact in binary, so plans are built at rates that are not: doses, sums
// and limits that meet exactly are right here.
func TestExactWhereBinaryIsNot(t *testing.T) {
	for _, tt := range []struct{ rate, weight, dose string }{
		{"0.3", "54.5 kg", "16.4 mg"},
		{"0.7", "65.5 kg", "45.9 mg"},
		{"0.75", "65.8 kg", "49.4 mg"},
		{"0.35", "71 kg", "24.9 mg"},
		{"1.5", "45.3 kg", "68 mg"},
		{"1.15", "71 kg", "81.7 mg"},
		{"0.15", "67 kg", "10.1 mg"},
	} {
		r := request(withDose(t, "3/wk x1", 2, tt.rate+" mg/kg of actual weight, round 0.1 mg half up, hard max 200 mg"), everyDay(t), "2025-01-06")
		r.Weighings = []schedule.Weighing{{Date: r.Start, Weight: dose.MustWeight(tt.weight)}}
		plan, err := schedule.Build(r)
		require.NoError(t, err)
		for _, s := range plan.All() {
			require.Equal(t, tt.dose, s.Dose().Dose().String())
		}
	}
}
