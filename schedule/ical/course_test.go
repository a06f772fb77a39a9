package ical_test

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/ical"
)

// A course that is lived: what happened is drawn, and the calendar is exported after
// every event that the plan takes.
type life struct {
	t        *testing.T
	random   *rand.Rand
	plan     *schedule.Plan
	versions []*protocol.Protocol
	took     map[string]int // events by type
	events   map[string]exported
	known    map[string]string // the session or visit of a UID, as the plan has it
}

type exported struct {
	read
	sequence int
	text     string // without what says when it was written
}

var stampLines = regexp.MustCompile(`(?m)^(DTSTAMP|LAST-MODIFIED):.*\r\n`)

// export returns the events by UID, with the text of each.
func (l *life) export() map[string]exported {
	r, data := export(l.t, l.plan, ical.Options{Tasks: true, NoCount: true})
	require.NoError(l.t, r.agrees(l.plan))
	events := map[string]exported{}
	texts := strings.Split(data, "BEGIN:VEVENT\r\n")[1:]
	for i, e := range r.events {
		sequence, err := strconv.Atoi(e.value("SEQUENCE"))
		require.NoError(l.t, err)
		stamp := l.plan.LastModified().Format("20060102T150405Z")
		assert.Equal(l.t, []string{stamp, stamp}, []string{e.value("DTSTAMP"), e.value("LAST-MODIFIED")})
		text, _, _ := strings.Cut(texts[i], "END:VEVENT")
		events[e.value("UID")] = exported{e, sequence, stampLines.ReplaceAllString(text, "")}
	}
	return events
}

// states says what the plan has of each session and visit.
func states(plan *schedule.Plan) map[string]string {
	all := map[string]string{}
	for _, s := range plan.All() {
		all[s.ID().String()] = s.State().String() + strconv.FormatBool(s.Placed()) + s.End().String() + s.Lost()
	}
	for v := range plan.OtherVisits() {
		all[v.ID.String()] = v.State.String() + strconv.FormatBool(v.Placed()) + v.End.String() + v.Lost
	}
	return all
}

// pick returns one of the sessions, sooner one of the next than another.
func (l *life) pick() schedule.Session {
	var open []schedule.Session
	for _, s := range l.plan.All() {
		if s.Placed() && (s.State() == schedule.StatePlanned || s.State() == schedule.StateProvisional || s.State() == schedule.StateHeld) {
			open = append(open, s)
		}
	}
	if len(open) == 0 {
		s, _ := l.plan.At(1)
		return s
	}
	return open[min(l.random.IntN(3), len(open)-1)]
}

// draw returns something that may happen, and the instant at which it is known.
func (l *life) draw() (schedule.Happening, time.Time) {
	s, r := l.pick(), l.random
	at, _ := clinic.NewTimeOfDay(9*60 + 15*r.IntN(20))
	end, _ := clinic.NewTimeOfDay(at.Minutes() + 90 + r.IntN(120))
	asOf := l.plan.AsOf().Add(time.Duration(r.IntN(8)) * time.Hour)
	over := midnight(cmp.Or(s.Date(), s.Target())).Add(23 * time.Hour)
	if asOf.After(over) {
		over = asOf
	}
	today := date.New(asOf.Date())
	given := schedule.Given{Session: s.ID(), Date: s.Date(), Dose: dose.MustMass("36 mg"), Reason: "asked", Who: "somebody"}
	switch r.IntN(16) {
	case 0, 1, 2:
		return given, over
	case 3:
		given.Start = at
		return given, over
	case 4:
		given.Start, given.End = at, end
		return given, over
	case 5:
		given.Date -= date.Date(r.IntN(2))
		return given, over
	case 6:
		return schedule.Missed{Session: s.ID()}, over
	case 7:
		return schedule.Cancelled{Session: s.ID(), By: schedule.ByPatient, Rest: r.IntN(30) == 0}, asOf
	case 8:
		return schedule.Held{Session: s.ID()}, asOf
	case 9:
		return schedule.Resumed{}, asOf
	case 10:
		return schedule.Moved{Session: s.ID(), Date: s.Date() + date.Date(r.IntN(5)-2), Start: at}, asOf
	case 11:
		return schedule.Added{Phase: s.Phase(), Date: today + date.Date(r.IntN(20)), Reason: "asked"}, asOf
	case 12:
		from := today + date.Date(r.IntN(9))
		return schedule.ClinicClosed{From: from, To: from + date.Date(r.IntN(12)), Reason: "works"}, asOf
	case 13:
		return schedule.Decided{Gate: "go on?", Then: protocol.Continue, Who: "somebody"}, asOf
	case 14:
		return schedule.Adopted{Protocol: l.versions[r.IntN(len(l.versions))], Reason: "asked", Who: "somebody"}, asOf
	default:
		return schedule.Shifted{Session: s.ID(), Weeks: r.IntN(2)}, asOf
	}
}

// step lets something happen and compares the calendar with the one before.
func (l *life) step(i int) {
	what, asOf := l.draw()
	next, err := l.plan.Apply(schedule.Event{ID: "e" + strconv.Itoa(i), What: what}, asOf)
	if err != nil {
		return
	}
	before, known := l.events, l.known
	l.plan = next
	l.took[strings.TrimPrefix(fmt.Sprintf("%T", what), "schedule.")]++
	l.events, l.known = l.export(), states(next)
	_, adopted := what.(schedule.Adopted)
	for uid, was := range before {
		now, kept := l.events[uid]
		if !assert.True(l.t, kept, "%s is lost after %#v:\n%s", uid, what, was.text) {
			continue
		}
		visit := uid[:16]
		changed := !was.start.Equal(now.start) || !was.end.Equal(now.end) || was.value("STATUS") != now.value("STATUS")
		switch {
		case changed:
			assert.Greater(l.t, now.sequence, was.sequence, "%s after %#v:\n%s\n%s", uid, what, was.text, now.text)
		case now.sequence == was.sequence:
			assert.Equal(l.t, was.text, now.text, "%s after %#v", uid, what)
		case uid != visit: // a task of a visit that changed, or of another version
			assert.Truef(l.t, adopted || l.events[visit].sequence > before[visit].sequence, "%s after %#v", uid, what)
		default: // a session that was given when it was planned
			assert.NotEqual(l.t, known[visit], l.known[visit], "%s has another SEQUENCE after %#v:\n%s", uid, what, was.text)
			assert.Equal(l.t, was.sequence+1, now.sequence)
		}
	}
}

// Whatever happens to a plan, no event of the calendar is ever lost, its SEQUENCE
// never falls and rises when its times or its status change, and what did not change
// is written as before.
func TestCourse(t *testing.T) {
	took := map[string]int{}
	seeds := uint64(30)
	if testing.Short() {
		seeds = 9
	}
	for seed := range seeds {
		spec := course(t)
		spec.Phases[1].Cadence = protocol.MustCadence("1/wk x4")
		r := requestFor(t, spec, location(t, "Europe/London"), "2026-03-02", "09:00-17:00")
		r.ShortWeek = []schedule.ShortWeek{schedule.Refuse, schedule.Drop, schedule.Postpone}[seed%3]
		longer := spec
		longer.Version, longer.Phases = "2", slices.Clone(spec.Phases)
		longer.Phases[0].Visit.Tasks = []protocol.Task{{Text: "Rest", From: protocol.Arrival, At: -time.Hour}}
		longer.Phases[1].Visit.Tasks = spec.Phases[0].Visit.Tasks
		longer.Phases[1].Visit.Observation = 2 * time.Hour
		second, err := longer.Compile()
		require.NoError(t, err)
		l := &life{t: t, random: rand.New(rand.NewPCG(seed, 1)), plan: build(t, r), took: took, versions: []*protocol.Protocol{r.Protocol, second}}
		l.events, l.known = l.export(), states(l.plan)
		for i := range 60 {
			l.step(i)
			if t.Failed() {
				t.Fatal("seed", seed, "event", i)
			}
		}
	}
	want := []string{"Added", "Adopted", "Cancelled", "ClinicClosed", "Decided", "Given", "Held", "Missed", "Moved", "Resumed", "Shifted"}
	assert.Equal(t, want, slices.Sorted(maps.Keys(took)), "what happened: %v", took)
}
