package schedule

import (
	"slices"
	"strconv"

	"github.com/regimen-go/regimen/internal/civil"
)

// Recomputed takes for sessions to come what [Plan.Verify] computes: the plan was made by
// other rules, and somebody decides that they are to be as the present ones have them:
// target, window, day, time and planned dose. Their revisions rise where something that
// a calendar shows is another. What was given stays. In a plan that was made here nothing
// differs, and nothing changes.
//
// It is refused where the journal cannot be applied again, where the sessions are not to
// come by what was computed, and where a day is past, closed, unsuitable or too close to
// another session: the named ones are taken together. The zero Recomputed is not valid.
type Recomputed struct {
	// Sessions are to come, or held; none is named twice.
	Sessions []ID
	// Reason is shown to people. It may be empty. Who decided is required.
	Reason, Who string
}

func (Recomputed) kind() string { return "recomputed" }

func (r Recomputed) fields(f *objectFields) Happening {
	f.sessionList("sessions", &r.Sessions, must)
	f.reason(&r.Reason, may)
	f.text("who", &r.Who, must)
	return unlessWritten(f, r)
}

func (r Recomputed) describe() string {
	return "recomputed, " + plural(len(r.Sessions), "session")
}

func (r Recomputed) apply(e *edit) error {
	p := e.plan
	switch {
	case r.Who == "":
		return e.refuse(ErrEvent, "Who", "", "want who decided")
	case len(r.Sessions) == 0:
		return e.refuse(ErrEvent, "Sessions", "", "want the ids of sessions")
	}
	var list []int
	for _, id := range r.Sessions {
		i, err := e.find("Sessions", id)
		if err != nil {
			return err
		}
		if !p.slots[i].toCome() {
			return e.refuse(ErrSettled, "Sessions", id.String(), "want sessions that are to come: session "+strconv.Itoa(i+1)+" is "+p.state(i).String())
		}
		if slices.Contains(list, i) {
			return e.refuse(ErrEvent, "Sessions", id.String(), "want every session once")
		}
		list = append(list, i)
	}
	if !p.kept {
		return nil
	}
	again, number, err := e.old.computed()
	if err != nil {
		want := "want a request that makes a plan: "
		if number > 0 {
			want = "want entries that can be applied again: "
		}
		return e.refuse(ErrEvent, "Sessions", "", want+err.Error())
	}
	return r.take(e, again, list)
}

// take takes the sessions of another plan, which has the same journal.
func (r Recomputed) take(e *edit, again *Plan, list []int) error {
	p := e.plan
	sameProtocols := slices.EqualFunc(p.tenures, again.tenures, func(a, b tenure) bool { return a.protocol.Digest() == b.protocol.Digest() })
	var moved []int
	for _, i := range list {
		s := &p.slots[i]
		j := again.named(p.id(i))
		if j < 0 || !again.slots[j].toCome() || !sameProtocols {
			return e.refuse(ErrSettled, "Sessions", p.id(i).String(), "want sessions that are to come by what is computed: session "+strconv.Itoa(i+1)+" is not")
		}
		other := &again.slots[j]
		was := s.placing
		s.placing, s.agreed = other.placing, other.agreed
		if s.pending() && (s.day != was.day || s.start != was.start || s.end != was.end) {
			moved = append(moved, i)
		}
		// The plan would find the dose again that it has of the same rule and body, which may be
		// the one to give up: the one that was computed is named.
		if s.dose = other.dose; s.dose >= 0 {
			s.dose = p.doses.add(*again.doses.at(s.dose))
		}
	}
	w := withdrawal{edit: e}
	for _, i := range moved {
		if s := &p.slots[i]; !w.lawful(i) {
			return e.refuse(ErrNoDay, "Sessions", p.id(i).String(), "want days that are possible: session "+strconv.Itoa(i+1)+" would be on "+
				dayText(civil.Date(s.day))+" "+s.times())
		}
	}
	return nil
}
