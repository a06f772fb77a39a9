package lint

import (
	"slices"
	"strconv"
	"time"

	"github.com/regimen-go/regimen/protocol"
)

// Rules about medicines beside the drug.

// A placedMedicine is a medicine beside the drug with where the file has it.
type placedMedicine struct {
	place string
	protocol.Medicine
}

// besides returns the medicines of a protocol: those of its phases, and those of all.
func besides(s protocol.Spec) (list []placedMedicine) {
	add := func(at string, medicines []protocol.Medicine) {
		for k, m := range medicines {
			list = append(list, placedMedicine{at + "/beside/" + strconv.Itoa(k), m})
		}
	}
	for i, p := range s.Phases {
		add(phaseAt(i), p.Beside)
	}
	add("", s.Beside)
	return list
}

func checkBesideRoute(s *Subject, report Report) {
	for _, m := range besides(s.Spec) {
		if m.GivenBy() == 0 {
			report(m.place, "nothing says how %s is given", m.Name)
		}
	}
}

// checkBesideSource finds medicines that name no source and that no fact is about.
func checkBesideSource(s *Subject, report Report) {
	for _, m := range besides(s.Spec) {
		if m.Source == "" && !factAbout(s.Spec, m.place) {
			report(m.place, "nothing says why %s is given", m.Name)
		}
	}
}

// factAbout reports whether a fact is about something at a place, or in it.
func factAbout(s protocol.Spec, place string) bool { return len(factsAbout(s, place)) > 0 }

// besides returns the medicines of a variant with the values filled in, each with its
// place: those of all, once, and those of its phases.
func (v *Variant) besides() (list []placedMedicine) {
	spec := v.Protocol.Spec()
	all := false
	for i, p := range v.phases {
		ofAll := len(p.Beside) - len(spec.Phases[i].Beside)
		for k, m := range p.Beside {
			switch {
			case k >= ofAll:
				list = append(list, placedMedicine{phaseAt(i) + "/beside/" + strconv.Itoa(k-ofAll), m})
			case !all:
				list = append(list, placedMedicine{"/beside/" + strconv.Itoa(k), m})
			}
		}
		all = all || ofAll > 0
	}
	return list
}

// besideDoses returns the doses of the medicines that are known.
func (v *Variant) besideDoses() (list []placedRule) {
	for _, m := range v.besides() {
		if v.knowsDose(m) {
			list = append(list, placed(m.place+"/dose", m.Order()))
		}
	}
	return list
}

// knowsDose reports whether what a dose of a medicine is computed by is known.
func (v *Variant) knowsDose(m placedMedicine) bool {
	return !slices.ContainsFunc([]protocol.Field{protocol.FieldAmount, protocol.FieldCap, protocol.FieldMaximum}, func(f protocol.Field) bool {
		return v.assumedBeside[placedField{m.place, f}]
	})
}

// isFilledBy reports whether a place of a parameter is one of the medicine.
func (m placedMedicine) isFilledBy(s protocol.Spec, to protocol.Place) bool {
	if to.Medicine == "" || !m.IsCalled(to.Medicine) {
		return false
	}
	if to.Phase == "" {
		return true
	}
	for i, p := range s.Phases {
		if p.Name == to.Phase && under(m.place, phaseAt(i)) {
			return true
		}
	}
	return false
}

// checkAsNeeded finds medicines that may be given on a condition as often as it is met.
func checkAsNeeded(s *Subject, report Report) {
	for _, m := range besides(s.Spec) {
		if m.Condition != "" && len(m.Cumulative) == 0 {
			report(m.place, "%s is given if %q, and nothing says how much of it at most", m.Name, m.Condition)
		}
	}
}

// checkBesideIdle finds numbers of sessions that no phase has. Those of a phase do not
// compile.
func checkBesideIdle(v *Variant, report Report) {
	most, known := v.mostSessions("")
	if !known {
		return
	}
	for i, m := range v.Protocol.Spec().Beside {
		for k, n := range m.Sessions {
			if n > most {
				report("/beside/"+strconv.Itoa(i)+"/sessions/"+strconv.Itoa(k), "%s is given at session %d of a phase, and none has more than %d", m.Name, n, most)
			}
		}
	}
}

// checkBesideTime compares when medicines are given with how long before a dose the facts
// about them say.
func checkBesideTime(v *Variant, report Report) {
	spec := v.Protocol.Spec()
	for _, m := range v.besides() {
		if m.From == 0 {
			continue
		}
		for i, p := range v.phases {
			if !slices.ContainsFunc(p.Beside, func(other protocol.Medicine) bool { return other.Name == m.Name }) ||
				!v.Known(i, protocol.FieldAdministration, protocol.FieldObservation) {
				continue
			}
			session := 1
			if len(m.Sessions) > 0 {
				session = m.Sessions[0]
			}
			before := p.Visit.SinceArrival(protocol.AdministrationStart, session) - m.SinceArrival(p.Visit, session)
			for _, f := range factsAbout(spec, m.place) {
				said, ok := beforeIn(f.Says)
				if !ok {
					said, ok = beforeIn(f.Quote)
				}
				if ok && (before < said.least || said.most > 0 && before > said.most) {
					when := protocol.FormatDuration(max(before, -before)) + " before the administration"
					if before <= 0 {
						when = protocol.FormatDuration(-before) + " after the administration begins"
					}
					report(m.place+"/at", "%s is given %s, and %q is stated", m.Name, when, said.words)
					break
				}
			}
			break
		}
	}
}

// factsAbout returns the facts about something at a place, or in it.
func factsAbout(s protocol.Spec, place string) (list []protocol.Fact) {
	for _, source := range s.Sources {
		for _, f := range source.Facts {
			if under(f.About, place) {
				list = append(list, f)
			}
		}
	}
	return list
}

// An earliness is how long before a dose a text has something given.
type earliness struct {
	least, most time.Duration // most is 0 where the text has no bound
	words       string
}

// beforeIn returns what a text says of how long before the dose: "30 min before the
// infusion", "30 to 60 minutes before", "at least 1 h prior to the dose".
func beforeIn(text string) (earliness, bool) {
	words := wordsOf(text)
	for i, w := range words {
		if !oneOf(w, "before", "prior") || i < 2 {
			continue
		}
		rest := words[i+1:]
		if len(rest) > 0 && !slices.ContainsFunc(rest[:min(5, len(rest))], func(w string) bool {
			return oneOf(w, "dose", "doses", "infusion", "infusions", "injection", "administration", "treatment", "chemotherapy", "each", "every", "it")
		}) {
			continue // before a meal, before the night
		}
		d, ok := durationIn(words[i-2 : i])
		if !ok {
			continue
		}
		said, first := earliness{least: d, most: d}, i-2
		for k := i - 3; k >= max(0, i-4); k-- {
			if low, ok := durationIn([]string{words[k], words[i-1]}); ok && low < d {
				said.least, first = low, k
				break
			}
		}
		switch {
		case first > 0 && words[first-1] == "least":
			said.most, first = 0, first-1
		case first > 0 && oneOf(words[first-1], "within", "most", "to"):
			said.least, first = time.Minute, first-1
		}
		for _, w := range words[first : i+1] {
			if said.words != "" {
				said.words += " "
			}
			said.words += w
		}
		return said, true
	}
	return earliness{}, false
}
