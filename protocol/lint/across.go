package lint

import (
	"strings"

	"github.com/regimen-go/regimen/protocol"
)

// Rules about several files.

// nameOf returns what a file is called in a message.
func nameOf(s *Subject) string {
	if s.Name != "" {
		return s.Name
	}
	return s.Spec.ID
}

func acrossIDs(all []*Subject, report ReportOf) {
	type version struct{ id, version string }
	first := map[version]*Subject{}
	for i, s := range all {
		key := version{s.Spec.ID, s.Spec.Version}
		if s.Spec.ID == "" {
			continue
		}
		if other, ok := first[key]; ok {
			report(i, "/id", "%q version %q is also that of %s", key.id, key.version, nameOf(other))
			continue
		}
		first[key] = s
	}
}

// drugOf returns a drug without what tells its names apart: capitals, spaces, hyphens,
// and what is in brackets.
func drugOf(name string) string {
	for {
		open := strings.IndexByte(name, '(')
		shut := strings.IndexByte(name, ')')
		if open < 0 || shut < open {
			return strings.Join(wordsOf(name), "")
		}
		name = name[:open] + name[shut+1:]
	}
}

// A namedDrug is a name with where it was read first.
type namedDrug struct {
	name  string
	in    *Subject
	place string
}

// acrossDrugs compares the names of drugs, then those of medicines beside them: by these
// sums are counted, and capitals make no difference there.
func acrossDrugs(all []*Subject, report ReportOf) {
	first := map[string]namedDrug{}
	for i, s := range all {
		key := drugOf(s.Spec.Drug)
		if key == "" {
			continue
		}
		other, ok := first[key]
		switch {
		case !ok:
			first[key] = namedDrug{s.Spec.Drug, s, "/drug"}
		case other.name != s.Spec.Drug:
			report(i, "/drug", "the drug is %q here and %q in %s", s.Spec.Drug, other.name, nameOf(other.in))
		}
	}
	for i, s := range all {
		for _, m := range besides(s.Spec) {
			key := drugOf(m.Name)
			other, ok := first[key]
			switch {
			case !ok && key != "":
				first[key] = namedDrug{m.Name, s, m.place + "/name"}
			case !ok || protocol.SameDrug(other.name, m.Name):
			case other.in == s:
				report(i, m.place+"/name", "the medicine is %q here and %q at %s", m.Name, other.name, other.place)
			default:
				report(i, m.place+"/name", "the medicine is %q here and %q in %s", m.Name, other.name, nameOf(other.in))
			}
		}
	}
}

// elsewhere reports files that lack what another file of the drug has.
func elsewhere(all []*Subject, report ReportOf, place, what string, has func(protocol.Spec) bool) {
	with := map[string]*Subject{}
	for _, s := range all {
		if key := drugOf(s.Spec.Drug); key != "" && has(s.Spec) && with[key] == nil {
			with[key] = s
		}
	}
	for i, s := range all {
		if other := with[drugOf(s.Spec.Drug)]; other != nil && !has(s.Spec) {
			report(i, place, "%s of %s are in %s, and none are here", what, s.Spec.Drug, nameOf(other))
		}
	}
}

func acrossContraindications(all []*Subject, report ReportOf) {
	elsewhere(all, report, "/contraindications", "contraindications", func(s protocol.Spec) bool { return len(s.Contraindications) > 0 })
}

func acrossLabels(all []*Subject, report ReportOf) {
	elsewhere(all, report, "/labels", "labels", func(s protocol.Spec) bool { return len(s.Labels) > 0 })
}
