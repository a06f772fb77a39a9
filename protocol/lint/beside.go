package lint

import (
	"strconv"

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
func factAbout(s protocol.Spec, place string) bool {
	for _, source := range s.Sources {
		for _, f := range source.Facts {
			if under(f.About, place) {
				return true
			}
		}
	}
	return false
}

// besideDoses returns the doses of the medicines that are known.
func besideDoses(s protocol.Spec) (list []placedRule) {
	for _, m := range besides(s) {
		if !m.Dose.Amount.IsZero() {
			list = append(list, placed(m.place+"/dose", m.Order()))
		}
	}
	return list
}
