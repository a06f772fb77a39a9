package demo

import (
	"context"
	"encoding/binary"
	"fmt"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/examples/clinicapp/store"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// Many enrols patients whose treatments begin over ten years, and makes up so many events in
// all: sessions given and missed, and weights. It returns how many there are.
func Many(ctx context.Context, s *store.Store, first date.Date, patients, events int) (made int, err error) {
	p, err := Prescribed("ketamine-iv-taper")
	if err != nil {
		return 0, err
	}
	zone := s.Calendar().Zone()
	planner, err := schedule.NewPlanner(p, s.Calendar(), zone)
	if err != nil {
		return 0, err
	}
	var batch []store.New
	for i := range patients {
		start := openFrom(s.Calendar(), first+date.Date(7*(i%520)+i/520%5))
		r := schedule.Request{
			Start: start, Until: start + 182, AsOf: at(start-1, 9, zone), ShortWeek: schedule.Postpone,
			Weighings: []schedule.Weighing{{Date: start - 1, Weight: dose.MustWeight(fmt.Sprintf("%d kg", 55+i%50))}},
		}
		binary.BigEndian.PutUint64(r.Key[:], uint64(i)+1)
		plan, err := planner.Build(r)
		if err != nil {
			return made, err
		}
		// As many for each as there are left for those who are left.
		want := (events - made) / (patients - i)
		plan, n, err := busy(plan, i, want)
		if err != nil {
			return made, err
		}
		made += n
		batch = append(batch, store.New{Number: fmt.Sprintf("M-%06d", i+1), Name: fmt.Sprintf("Patient %06d", i+1), Form: fmt.Sprintf("made-%d", i+1), Plan: plan})
		if len(batch) == 500 || i == patients-1 {
			if err := s.EnrolMany(ctx, batch); err != nil {
				return made, err
			}
			batch = batch[:0]
		}
	}
	return made, nil
}

// busy records events of a plan from its start on: weights, sessions as planned, and one that
// was missed.
func busy(plan *schedule.Plan, i, want int) (*schedule.Plan, int, error) {
	n := 0
	record := func(what schedule.Happening, asOf time.Time) (err error) {
		n++
		plan, err = plan.Apply(schedule.Event{ID: fmt.Sprintf("made-%d", n), What: what, RecordedBy: "nurse"}, asOf)
		return err
	}
	for k := 1; k <= plan.Len() && n < want; k++ {
		s, _ := plan.At(k)
		asOf := at(s.Date(), 16, plan.Zone())
		if k%3 == 1 {
			if err := record(schedule.Weighed{Date: s.Date(), Weight: dose.MustWeight(fmt.Sprintf("%d kg", 55+(i+k)%50))}, asOf); err != nil {
				return nil, n, err
			}
			if n == want {
				break
			}
			s, _ = plan.At(k)
		}
		if c := plan.On(s.Date()).Checkpoint; c.Session > 0 && c.Session < k {
			if err := record(schedule.Decided{Gate: c.Gate.Name, Then: protocol.Continue, Who: "prescriber"}, asOf); err != nil {
				return nil, n, err
			}
		}
		var what schedule.Happening = schedule.Given{Session: s.ID(), Date: s.Date(), Dose: s.Amount()}
		if k == 5 && i%10 == 0 {
			what = schedule.Missed{Session: s.ID(), Reason: "did not come"}
		}
		if err := record(what, asOf); err != nil {
			return nil, n, err
		}
	}
	return plan, n, nil
}
