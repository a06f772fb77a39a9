package lint

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/regimen-go/regimen/protocol"
)

// Rules about visits.

// A placedVisit is a visit with where the file has it.
type placedVisit struct {
	place string
	name  string
	visit protocol.Visit
	// phase is that of a session, -1 for any other visit.
	phase int
}

// visits returns the visits of a protocol: of sessions, and those around them.
func visits(phases []protocol.Phase, spec *protocol.Spec) (list []placedVisit) {
	for i, p := range phases {
		list = append(list, placedVisit{phaseAt(i) + "/visit", p.Name, p.Visit, i})
		for k, c := range p.Companions {
			list = append(list, placedVisit{phaseAt(i) + "/companions/" + strconv.Itoa(k) + "/visit", c.Name, c.Visit, -1})
		}
	}
	for k, f := range spec.FollowUps {
		list = append(list, placedVisit{"/followUps/" + strconv.Itoa(k) + "/visit", f.Name, f.Visit, -1})
	}
	for k, m := range spec.Monitoring {
		list = append(list, placedVisit{monitoringAt(k) + "/visit", m.Name, m.Visit, -1})
	}
	return list
}

// lengths returns the numbers of the sessions at which the observation changes, with
// the first.
func lengths(v protocol.Visit) []int {
	numbers := []int{1}
	for _, later := range v.Later {
		if later.From > 1 {
			numbers = append(numbers, later.From)
		}
	}
	return numbers
}

// timed returns the visits of a variant whose lengths are known.
func (v *Variant) timed() []placedVisit {
	spec := v.Protocol.Spec()
	return slices.DeleteFunc(visits(v.phases, &spec), func(p placedVisit) bool {
		return p.phase >= 0 && !v.Known(p.phase, protocol.FieldAdministration, protocol.FieldObservation)
	})
}

// fromSession names the session from which something holds, "" for all.
func fromSession(n int) string {
	if n == 1 {
		return ""
	}
	return " from session " + strconv.Itoa(n) + " on"
}

func checkObservation(v *Variant, report Report) {
	least, _, _ := requiredOf(v.Protocol.Drug())
	for i, p := range v.phases {
		if p.Dose.IsZero() || least > 0 || !v.Known(i, protocol.FieldObservation) || statesObservation(p.Visit) {
			continue
		}
		report(phaseAt(i)+"/visit", "%q gives a drug and states no observation", p.Name)
	}
}

// statesObservation reports whether a visit says how long the patient is watched, also
// that they are not.
func statesObservation(v protocol.Visit) bool {
	return v.Observation > 0 || v.Unobserved || len(v.Later) > 0 && v.Later[0].From == 1
}

// requiredOf returns the least observation that the label of a drug asks for, in how
// many of the first sessions, 0 for all, and what says so; 0 for any other drug.
func requiredOf(drug string) (least time.Duration, first int, source string) {
	for _, d := range []struct {
		names  []string
		least  time.Duration
		first  int
		source string
	}{
		{[]string{"esketamine", "spravato"}, 2 * time.Hour, 0, "the US label of Spravato, 2.1 to 2.3: at least 2 h, and until clinically stable"},
		{[]string{"natalizumab", "tysabri"}, time.Hour, 12, "the manufacturer's dosing page of Tysabri: 1 h after each of the first 12 infusions"},
	} {
		if slices.ContainsFunc(wordsOf(drug), func(w string) bool { return slices.Contains(d.names, w) }) {
			return d.least, d.first, d.source
		}
	}
	return 0, 0, ""
}

func checkRequired(v *Variant, report Report) {
	least, first, source := requiredOf(v.Protocol.Drug())
	if least == 0 {
		return
	}
	given := 0 // by the phases before
	for i, p := range v.phases {
		before := given
		if p.Dose.IsZero() {
			continue
		}
		if n, ends := p.Cadence.Sessions(); ends {
			given += n
		}
		if !v.Known(i, protocol.FieldObservation) {
			continue
		}
		for _, n := range lengths(p.Visit) {
			if first > 0 && before+n > first {
				continue
			}
			if d := p.Visit.ObservationOf(n); d < least {
				report(phaseAt(i)+"/visit", "%q has %s of observation%s, and %s asks for %s (%s)", p.Name, protocol.FormatDuration(d), fromSession(n), v.Protocol.Drug(), protocol.FormatDuration(least), source)
				break
			}
		}
	}
}

// checkLastTask finds tasks that are counted from the administration and due after
// departure. One that lasts is for the time at home.
func checkLastTask(v *Variant, report Report) {
	for _, p := range v.timed() {
		for k, task := range p.visit.Tasks {
			if task.From != protocol.AdministrationStart && task.From != protocol.AdministrationEnd || task.Until != nil || task.Stage == protocol.AfterVisit {
				continue
			}
			for _, n := range lengths(p.visit) {
				due, leaves := p.visit.SinceArrival(task.From, n)+task.At, p.visit.LengthOf(n)
				if leaves > 0 && due > leaves {
					report(p.place+"/tasks/"+strconv.Itoa(k), "%q is due %s after arrival, and the patient leaves after %s%s", task.Text, protocol.FormatDuration(due), protocol.FormatDuration(leaves), fromSession(n))
					break
				}
			}
		}
	}
}

// checkTasks finds tasks that are counted from one end of a visit and lie beyond the
// other, and those that are said to be during or after the visit and are not. What is said to
// be before may be due later: transport home is arranged before.
func checkTasks(v *Variant, report Report) {
	for _, p := range v.timed() {
		for k, task := range p.visit.Tasks {
			for _, n := range lengths(p.visit) {
				due, leaves := p.visit.SinceArrival(task.From, n)+task.At, p.visit.LengthOf(n)
				place := p.place + "/tasks/" + strconv.Itoa(k)
				switch {
				case leaves == 0:
				case task.Stage == protocol.DuringVisit && (due < 0 || due > leaves && task.From != protocol.AdministrationStart && task.From != protocol.AdministrationEnd):
					report(place, "%q is said to be during the visit, and is due %s%s", task.Text, aroundVisit(due, leaves), fromSession(n))
				case task.Stage == protocol.AfterVisit && due < leaves && (task.Until == nil || due+*task.Until-task.At <= leaves):
					report(place, "%q is said to be after the visit, and is due %s%s", task.Text, aroundVisit(due, leaves), fromSession(n))
				case task.From == protocol.Arrival && due > leaves:
					report(place, "%q is counted from arrival and due after %s, and the visit takes %s%s", task.Text, protocol.FormatDuration(due), protocol.FormatDuration(leaves), fromSession(n))
				case (task.From == protocol.AdministrationEnd || task.From == protocol.Departure) && due < 0:
					report(place, "%q is counted from %s and due %s before arrival%s", task.Text, task.From, protocol.FormatDuration(-due), fromSession(n))
				default:
					continue
				}
				break
			}
		}
	}
}

// aroundVisit says when a task is due, that begins so long after arrival.
func aroundVisit(due, leaves time.Duration) string {
	switch {
	case due < 0:
		return protocol.FormatDuration(-due) + " before arrival"
	case due > leaves:
		return protocol.FormatDuration(due-leaves) + " after departure"
	default:
		return protocol.FormatDuration(due) + " after arrival, when the patient is there"
	}
}

func checkTaskTwice(s *Subject, report Report) {
	for _, p := range visits(s.Spec.Phases, &s.Spec) {
		for k, task := range p.visit.Tasks {
			if at := slices.IndexFunc(p.visit.Tasks[:k], func(other protocol.Task) bool { return sameTask(task, other) }); at >= 0 {
				report(p.place+"/tasks/"+strconv.Itoa(k), "%q is there already, as task %d of the visit", task.Text, at+1)
			}
		}
	}
}

// sameTask reports whether two tasks are one, whatever capitals and spaces they are
// written with.
func sameTask(a, b protocol.Task) bool {
	until := a.Until == nil && b.Until == nil || a.Until != nil && b.Until != nil && *a.Until == *b.Until
	return until && a.For == b.For && a.Stage == b.Stage && a.From == b.From && a.At == b.At && strings.Join(wordsOf(a.Text), " ") == strings.Join(wordsOf(b.Text), " ")
}

func checkVisitLong(v *Variant, report Report) {
	const most = 12 * time.Hour
	for _, p := range v.timed() {
		for _, n := range lengths(p.visit) {
			if d := p.visit.LengthOf(n); d > most {
				report(p.place, "a visit of %q takes %s%s", p.name, protocol.FormatDuration(d), fromSession(n))
				break
			}
		}
	}
}

// checkFasting compares the tasks of not eating and not drinking with what facts say
// of them.
func checkFasting(s *Subject, report Report) {
	for _, kind := range [][]string{{"food", "eat", "eating", "meal", "fast", "fasting"}, {"liquid", "liquids", "drink", "drinking", "fluid", "fluids"}} {
		least, key := statedFast(s.Spec, kind)
		if least == 0 {
			continue
		}
		for _, p := range visits(s.Spec.Phases, &s.Spec) {
			for k, task := range p.visit.Tasks {
				if !mentions(task.Text, kind) || task.From != protocol.Arrival && task.From != protocol.AdministrationStart {
					continue
				}
				before := p.visit.SinceArrival(protocol.AdministrationStart, 1) - p.visit.SinceArrival(task.From, 1) - task.At
				if task.At <= 0 && before < least {
					report(p.place+"/tasks/"+strconv.Itoa(k), "%q begins %s before the administration, and %s asks for %s", task.Text, protocol.FormatDuration(before), key, protocol.FormatDuration(least))
				}
			}
		}
	}
}

func mentions(text string, kind []string) bool {
	return slices.ContainsFunc(wordsOf(text), func(w string) bool { return slices.Contains(kind, w) })
}

// statedFast returns the longest time before a dose that a fact has patients fast, and
// the key of its source.
func statedFast(s protocol.Spec, kind []string) (most time.Duration, key string) {
	for _, source := range s.Sources {
		for _, f := range source.Facts {
			for _, text := range []string{f.Says, f.Quote} {
				words := wordsOf(text)
				at := slices.IndexFunc(words, func(w string) bool { return slices.Contains(kind, w) })
				if at < 0 || !slices.Contains(words, "before") && !slices.Contains(words, "no") {
					continue
				}
				d, ok := durationIn(words[at:])
				if !ok {
					d, ok = durationIn(words)
				}
				if ok && d > most {
					most, key = d, source.Key
				}
			}
		}
	}
	return most, key
}
