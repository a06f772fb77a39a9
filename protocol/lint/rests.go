package lint

import (
	"slices"
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/protocol"
)

// Rules about what a protocol rests on, and how it is named.

func checkSources(s *Subject, report Report) {
	if len(s.Spec.Sources) == 0 {
		report("/sources", "no document is named")
	}
}

func checkGrades(s *Subject, report Report) {
	for i, source := range s.Spec.Sources {
		place := "/sources/" + strconv.Itoa(i)
		if len(source.Facts) == 0 {
			report(place, "%q has no facts", source.Key)
		}
		for k, f := range source.Facts {
			if f.Grade < protocol.Primary || f.Grade > protocol.Unverified {
				report(place+"/facts/"+strconv.Itoa(k), "%q has no grade", shortened(f.Says))
			}
		}
	}
}

// checkUnverified finds unverified facts about phases that give a drug, also about what
// a parameter fills there.
func checkUnverified(s *Subject, report Report) {
	for i, source := range s.Spec.Sources {
		for k, f := range source.Facts {
			if f.Grade != protocol.Unverified {
				continue
			}
			if under(f.About, "/beside") {
				report("/sources/"+strconv.Itoa(i)+"/facts/"+strconv.Itoa(k), "%q is about a medicine beside the drug and not verified", shortened(f.Says))
				continue
			}
			for n, p := range s.Spec.Phases {
				gives := !p.Dose.IsZero() || fills(s.Spec, p.Name, protocol.FieldAmount)
				if gives && (under(f.About, phaseAt(n)) || f.About == "/phases" || fillsAt(s.Spec, f.About, p.Name)) {
					report("/sources/"+strconv.Itoa(i)+"/facts/"+strconv.Itoa(k), "%q is about %q and not verified", shortened(f.Says), p.Name)
					break
				}
			}
		}
	}
}

// fillsAt reports whether a place is that of a parameter, or in it, which fills a
// phase.
func fillsAt(s protocol.Spec, place, phase string) bool {
	for j, p := range s.Parameters {
		if under(place, "/parameters/"+strconv.Itoa(j)) {
			return slices.ContainsFunc(p.Fills, func(to protocol.Place) bool { return to.Phase == "" || to.Phase == phase })
		}
	}
	return false
}

// checkFactPlace looks for the places of facts in the file that the protocol is
// written as.
func checkFactPlace(s *Subject, report Report) {
	places := protocol.NewPlaces(protocol.Format(s.Spec))
	for i, source := range s.Spec.Sources {
		for k, f := range source.Facts {
			if f.About != "" && !places.Has(f.About) && !filled(s.Spec, f.About) {
				report("/sources/"+strconv.Itoa(i)+"/facts/"+strconv.Itoa(k)+"/about", "%q is about %s, which is not there", shortened(f.Says), f.About)
			}
		}
	}
}

// filled reports whether a place is one that a parameter fills: it is left out of the
// file.
func filled(s protocol.Spec, place string) bool {
	for _, parameter := range s.Parameters {
		for _, to := range parameter.Fills {
			for _, at := range placesOf(s, to) {
				if under(at, place) || place == at {
					return true
				}
			}
		}
	}
	return false
}

// placesOf returns where the file has what a parameter fills by one of its places.
func placesOf(s protocol.Spec, to protocol.Place) (list []string) {
	if to.Medicine != "" {
		for _, m := range besides(s) {
			if m.isFilledBy(s, to) {
				list = append(list, m.place+"/dose")
			}
		}
		return list
	}
	for i, p := range s.Phases {
		switch {
		case to.Phase != "" && to.Phase != p.Name:
		case to.Part == "":
			list = append(list, phaseAt(i)+fieldPlace(to.Field))
		default:
			for k, part := range p.Parts {
				if part.Name == to.Part {
					list = append(list, phaseAt(i)+"/parts/"+strconv.Itoa(k)+"/dose")
				}
			}
		}
	}
	return list
}

// fieldPlace returns where a phase has what a parameter fills.
func fieldPlace(f protocol.Field) string {
	switch f {
	case protocol.FieldAmount, protocol.FieldBasis, protocol.FieldCap, protocol.FieldRounding, protocol.FieldMaximum:
		return "/dose"
	case protocol.FieldAdministration, protocol.FieldObservation:
		return "/visit/" + f.String()
	default:
		return "/" + f.String()
	}
}

// unread reports whether a note, or a fact, says that something was not read, or that
// there is none.
func unread(s protocol.Spec, words ...string) bool {
	says := func(text string) bool {
		list := wordsOf(text)
		return slices.ContainsFunc(list, func(w string) bool { return slices.Contains(words, w) }) &&
			slices.ContainsFunc(list, func(w string) bool {
				return oneOf(w, "not", "no", "none", "unread", "nothing", "neither", "silent", "without")
			})
	}
	if slices.ContainsFunc(s.Notes, says) {
		return true
	}
	return slices.ContainsFunc(s.Sources, func(source protocol.Source) bool {
		return slices.ContainsFunc(source.Facts, func(f protocol.Fact) bool {
			return under(f.About, "/"+words[0]) && says(f.Says)
		})
	})
}

func checkContraindications(s *Subject, report Report) {
	if len(s.Spec.Contraindications) == 0 && !unread(s.Spec, "contraindications", "contraindication") {
		report("/contraindications", "none is stated, and no note says that they were not read")
	}
}

func checkLabels(s *Subject, report Report) {
	if len(s.Spec.Labels) == 0 && !unread(s.Spec, "labels", "label") {
		report("/labels", "none is stated, and no note says that it was not read")
	}
}

func checkID(s *Subject, report Report) {
	if s.Spec.ID == "" {
		report("/id", "the protocol has no id and no version")
	}
}

func checkKebab(s *Subject, report Report) {
	if s.Spec.ID != "" && !isKebab(s.Spec.ID) {
		report("/id", "%q is not kebab-case, such as %q", s.Spec.ID, kebab(s.Spec.ID))
	}
}

// kebab returns an id that is kebab-case and like another.
func kebab(id string) string { return strings.Join(wordsOf(strings.ReplaceAll(id, ".", "-")), "-") }

// checkVersion compares what the protocol means with what it meant before. Other wording
// needs no new version.
func checkVersion(s *Subject, report Report) {
	if s.Earlier == nil || s.Earlier.ID != s.Spec.ID || s.Earlier.Version != s.Spec.Version {
		return
	}
	d, err := protocol.Diff(*s.Earlier, s.Spec)
	switch {
	case err != nil && string(protocol.Format(*s.Earlier)) == string(protocol.Format(s.Spec)):
	case err != nil: // what differs cannot be told, only that something does
		report("/version", "the protocol is still %q, and says something else than before", s.Spec.Version)
	case d.MeaningChanged():
		report("/version", "the protocol is still %q, and is another than before: %s", s.Spec.Version, shortened(d.Edits()[0].Text))
	}
}
