package plan

import (
	"fmt"
	"strconv"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// Options say what a [Planner] plans besides the dates.
type Options struct {
	// Doses gives every session a dose by weight.
	Doses bool
	// Window, if not 0, is the number of days of every window.
	Window int
	// Closures is how many days the clinic is closed besides weekends. They are
	// Saturdays, so that they cost a look-up each and move nothing.
	Closures int
	// Daily opens the clinic on weekends too.
	Daily bool
	// Keep builds with a planner of the library that is kept, rather than with
	// Build each time.
	Keep bool
}

// A Planner builds plans with regimen, for a clinic that is open from 08:00 to
// 17:00.
type Planner struct {
	request   schedule.Request
	weights   []dose.Weight
	weighings []schedule.Weighing
	kept      *schedule.Planner
	plan      *schedule.Plan
}

// NewPlanner returns the planner of a calendar.
func NewPlanner(c Calendar, o Options) *Planner {
	phase := protocol.Phase{
		Name: "all", Cadence: protocol.MustCadence(c.Cadence), MinGap: 2,
		Visit: protocol.Visit{Administration: 40 * time.Minute, Observation: 2 * time.Hour},
	}
	if o.Doses {
		phase.Dose = dose.MustRule("0.5 mg/kg of actual weight, cap 60 mg, round 0.1 mg half up, hard max 200 mg")
	}
	if o.Window > 0 {
		phase.Window = &protocol.Window{Before: (o.Window - 1) / 2, After: o.Window / 2}
	}
	prescribed, err := protocol.Spec{Phases: []protocol.Phase{phase}}.Compile()
	must(err)

	days := []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}
	if !o.Daily {
		days = days[:5]
	}
	office, err := clinic.New(clinic.Spec{
		Zone: time.UTC, Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), days...), Closed: saturdays(o.Closures),
	})
	must(err)

	x := &Planner{request: schedule.Request{
		Protocol: prescribed, Opening: office, Key: schedule.Key{15: 1},
	}}
	if o.Doses {
		x.weighings = make([]schedule.Weighing, 1)
		for i := range weights {
			x.weights = append(x.weights, dose.MustWeight(strconv.Itoa(45+i%100)+"."+strconv.Itoa(i/100)+" kg"))
		}
	}
	if o.Keep {
		x.kept, err = schedule.NewPlanner(prescribed, office, nil)
		must(err)
	}
	x.Build(0)
	return x
}

// saturdays returns closures on n Saturdays in a row, from before the first
// plan if there are many.
func saturdays(n int) []clinic.Closure {
	closures := make([]clinic.Closure, n)
	for i := range closures {
		closures[i] = clinic.Closure{Date: date.New(2024, time.January, 6) + date.Date(7*(i-n/2)), Reason: "closed"}
	}
	return closures
}

// weights is how many patients there are, each of another weight.
const weights = 1000

// Request returns the request for plan i.
func (x *Planner) Request(i int) schedule.Request {
	x.request.Start = Start(i)
	x.request.AsOf = x.request.Start.MidnightUTC() // nothing is planned before it
	if x.weighings != nil {
		x.weighings[0] = schedule.Weighing{Date: x.request.Start, Weight: x.weights[i%weights]}
		x.request.Weighings = x.weighings
	}
	return x.request
}

// Build builds plan i, and keeps it to be read.
func (x *Planner) Build(i int) *schedule.Plan {
	build := schedule.Build
	if x.kept != nil {
		build = x.kept.Build
	}
	var err error
	x.plan, err = build(x.Request(i))
	must(err)
	return x.plan
}

// Stream builds n plans in the memory of one.
func (x *Planner) Stream(n int) {
	requests := func(yield func(schedule.Request) bool) {
		for i := range n {
			if !yield(x.Request(i)) {
				return
			}
		}
	}
	for _, err := range x.kept.Stream(requests) {
		must(err)
	}
}

// Run builds n plans.
func (x *Planner) Run(n int) {
	for i := range n {
		x.Build(i)
	}
}

func must(err error) {
	if err != nil {
		panic(fmt.Sprintf("plan: %v", err))
	}
}
