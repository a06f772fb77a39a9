package protocol

import (
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/regimen-go/regimen/dose"
)

// parameters fills the values of all parameters into the phases and returns what
// is wrong with them.
func (c *compiler) parameters() ErrorList {
	f := filling{compiler: c, taken: map[target]bool{}}
	c.open = c.unread("/parameters")
	for i := range c.phases {
		own := filler{phase: &c.phases[i], beside: medicineFillers(c.phases[i].Beside)}
		for k := range c.phases[i].Parts {
			part := &c.phases[i].Parts[k]
			own.parts = append(own.parts, filler{phase: &Phase{Dose: part.Rule}, rule: &part.Rule})
		}
		f.phases = append(f.phases, own)
	}
	f.beside = medicineFillers(c.ofAll)
	seen := map[string]bool{}
	problems := make([]ErrorList, len(c.spec.Parameters))
	for i, p := range c.spec.Parameters {
		errs, at := &problems[i], parameterPlace(i)
		switch {
		case !isName(p.Name, "-"):
			errs.add(at+"/name", p.Name, "want lower-case letters, digits and hyphens, at most 100 bytes, a letter first", CodeValue, ErrInvalid)
		case seen[p.Name]:
			errs.add(at+"/name", p.Name, "want every name once", CodeDuplicate, ErrInvalid)
		}
		seen[p.Name] = true
		errs.texts(at, p)
		c.open = c.open || c.unread(at+"/fills") || c.partly(at+"/fills")
		if !f.parameter(at, p, errs) {
			c.wait(p)
		}
	}
	for i := range f.phases {
		f.phases[i].finish()
	}
	for i := range f.beside {
		f.beside[i].finish()
	}
	for i, p := range c.spec.Parameters {
		if p.Value == "" && isBasis(p) && c.needsBasis(p) {
			problems[i].unset(parameterPlace(i), p)
			c.wait(p)
		}
	}
	return slices.Concat(problems...)
}

// wait marks the places that a parameter leaves open.
func (c *compiler) wait(p Parameter) {
	for _, to := range p.Fills {
		for t := range c.named(to) {
			c.waiting[t] = true
		}
	}
}

// named yields what a place names: the field in each phase that it means, or in the
// parts and the medicines of its name there are. A medicine without a phase is also one of
// the whole protocol. A file may have many places, and each may name all phases.
func (c *compiler) named(to Place) iter.Seq[target] {
	return func(yield func(target) bool) {
		if to.Medicine != "" && to.Phase == "" {
			if k := medicineCalled(c.ofAll, to.Medicine); k >= 0 && !yield(target{phase: everyPhase, medicine: k + 1, field: to.Field}) {
				return
			}
		}
		for i := range c.phases {
			p, t := &c.phases[i], target{phase: i, field: to.Field}
			switch {
			case !to.of(p):
				continue
			case to.Medicine != "":
				t.medicine = medicineCalled(p.Beside, to.Medicine) + 1
			case to.Part != "":
				t.part = slices.IndexFunc(p.Parts, func(part dose.Part) bool { return part.Name == to.Part }) + 1
			}
			if t.medicine == 0 && to.Medicine != "" || t.part == 0 && to.Part != "" {
				continue
			}
			if !yield(t) {
				return
			}
		}
	}
}

// medicineCalled returns the position of the medicine of a name, -1 where there is none.
func medicineCalled(list []Medicine, name string) int {
	return slices.IndexFunc(list, func(m Medicine) bool { return m.IsCalled(name) })
}

// texts checks that what a parameter says can be written to a file.
func (l *ErrorList) texts(at string, p Parameter) {
	check := func(at, text string) {
		if !utf8.ValidString(text) {
			l.add(at, text, "want UTF-8", CodeValue, ErrInvalid)
		}
	}
	check(at+"/doc", p.Doc)
	for i, choice := range p.Choices {
		check(at+"/choices/"+strconv.Itoa(i), choice)
	}
	check(at+"/multipleOf", p.MultipleOf)
	check(at+"/low", p.Low)
	check(at+"/high", p.High)
	check(at+"/value", p.Value)
}

func parameterPlace(i int) string { return "/parameters/" + strconv.Itoa(i) }

func (l *ErrorList) unset(at string, p Parameter) {
	want := "want a value"
	if doc, _, _ := strings.Cut(p.Doc, "\n"); doc != "" && isLine(doc) {
		want += ": " + doc
	}
	l.add(at, p.Name, want, CodeUnset, ErrUnset)
}

// isBasis reports whether the parameter is nothing but a basis. The basis of a
// fixed dose is nobody's weight, so such a parameter may stay unset.
func isBasis(p Parameter) bool {
	return len(p.Fills) > 0 && !slices.ContainsFunc(p.Fills, func(to Place) bool { return to.Field != FieldBasis })
}

// needsBasis reports whether something that takes its basis from the parameter is an
// amount per kilogram without one.
func (c *compiler) needsBasis(p Parameter) bool {
	for _, to := range p.Fills {
		for t := range c.named(to) {
			if c.lacksBasis(t) {
				return true
			}
		}
	}
	return false
}

// lacksBasis reports whether a place is an amount per kilogram without a basis, in a phase
// also in a step or a part.
func (c *compiler) lacksBasis(t target) bool {
	switch {
	case t.phase == everyPhase:
		return lacksBasis(c.ofAll[t.medicine-1].Dose)
	case t.medicine > 0:
		return lacksBasis(c.phases[t.phase].Beside[t.medicine-1].Dose)
	case t.part > 0:
		return lacksBasis(c.phases[t.phase].Parts[t.part-1].Rule)
	}
	phase := &c.phases[t.phase]
	return lacksBasis(phase.Dose) || slices.ContainsFunc(phase.Steps, func(s Step) bool { return lacksBasis(s.Dose) }) ||
		slices.ContainsFunc(phase.Parts, func(part dose.Part) bool { return lacksBasis(part.Rule) })
}

func lacksBasis(r dose.Rule) bool {
	basis, ok := basisOf(r)
	return ok && basis == 0
}

// basisOf returns whose weight a rule counts, and false if it counts none.
func basisOf(r dose.Rule) (dose.Basis, bool) {
	if _, basis, ok := r.Amount.PerWeight(); ok {
		return basis, true
	}
	_, basis, _, ok := r.Amount.PerWeightOverTime()
	return basis, ok
}

// A filling puts the values of parameters into phases and medicines, each place once.
type filling struct {
	*compiler
	phases []filler
	beside []filler // of the medicines of the whole protocol
	taken  map[target]bool
}

// A target is one field of one phase, of a part of its dose, or of a medicine beside it.
type target struct {
	phase          int // everyPhase: the medicines of the whole protocol
	part, medicine int // counted from 1, 0 for the phase itself
	field          Field
}

const everyPhase = -1

// of returns what fills in the target.
func (f *filling) of(t target) *filler {
	switch {
	case t.phase == everyPhase:
		return &f.beside[t.medicine-1]
	case t.medicine > 0:
		return &f.phases[t.phase].beside[t.medicine-1]
	case t.part > 0:
		return &f.phases[t.phase].parts[t.part-1]
	default:
		return &f.phases[t.phase]
	}
}

// holder returns what has the field of a target, in words.
func (f *filling) holder(t target) string {
	switch {
	case t.phase == everyPhase:
		return "medicine " + strconv.Quote(f.ofAll[t.medicine-1].Name)
	case t.medicine > 0:
		return "medicine " + strconv.Quote(f.compiler.phases[t.phase].Beside[t.medicine-1].Name) + " of phase " + strconv.Quote(f.compiler.phases[t.phase].Name)
	default:
		return "phase " + strconv.Quote(f.compiler.phases[t.phase].Name)
	}
}

// ofDose reports whether a parameter can fill the field of a part and of a medicine.
func (f Field) ofDose() bool { return FieldAmount <= f && f <= FieldMaximum }

// parameter fills in the value of one parameter and reports whether a value that
// is needed has arrived.
func (f *filling) parameter(at string, p Parameter, errs *ErrorList) bool {
	targets := f.targets(at, p, errs)
	checked := checkAllowed(at, p, errs, f.partly)
	switch {
	case p.Value == "":
		if !isBasis(p) {
			errs.unset(at, p)
		}
		return isBasis(p)
	case len(p.Choices) > 0 && !p.isChoice(p.Value) && !f.partly(at+"/choices"):
		errs.add(at+"/value", p.Value, "want "+p.anyChoice(), CodeValue, ErrInvalid)
		return false
	}
	for _, t := range targets {
		if err := f.of(t).fill(t.field, p.Value); err != nil {
			errs.add(at+"/value", p.Value, wantOf(err), CodeValue, err)
			return false
		}
	}
	if want := p.bounds(p.Value); checked && want != "" {
		errs.add(at+"/value", p.Value, want, CodeValue, ErrInvalid)
		return false
	}
	return true
}

// targets returns the places that take the value of a parameter.
func (f *filling) targets(at string, p Parameter, errs *ErrorList) (targets []target) {
	if len(p.Fills) == 0 {
		errs.add(at+"/fills", "", "want at least one place that takes the value", CodeMissing, ErrInvalid)
	}
	for i, to := range p.Fills {
		at := at + "/fills/" + strconv.Itoa(i)
		switch {
		case to.Field < FieldCadence || to.Field > lastField:
			errs.add(at+"/field", to.Field.String(), "want a field of a phase", CodeValue, ErrInvalid)
			continue
		case to.Part != "" && to.Medicine != "":
			errs.add(at+"/medicine", to.Medicine, "want a part or a medicine, not both", CodeValue, ErrInvalid)
			continue
		case to.ofDose() && !to.Field.ofDose():
			errs.add(at+"/field", to.Field.String(), "want the amount, basis, cap, rounding or maximum of "+to.holder(), CodeValue, ErrInvalid)
			continue
		}
		some := false
		for t := range f.named(to) {
			some = true
			if f.taken[t] || f.of(t).states(to.Field) {
				errs.add(at, to.Field.String(), "want a field that nothing else gives, neither "+f.holder(t)+" nor another place", CodeDuplicate, ErrInvalid)
				break
			}
			if to.Field == FieldSteps && len(f.of(t).phase.Steps) == 0 {
				errs.add(at, to.String(), "want a phase with steps, unlike "+strconv.Quote(f.of(t).phase.Name), CodeValue, ErrInvalid)
				break
			}
			f.taken[t] = true
			targets = append(targets, t)
		}
		if !some {
			f.unnamed(at, to, errs)
		}
	}
	return targets
}

// holder returns what has a dose of its own that the place is in: "a part".
func (p Place) holder() string {
	if p.Part != "" {
		return "a part"
	}
	return "a medicine"
}

// unnamed refuses a place that names nothing.
func (f *filling) unnamed(at string, to Place, errs *ErrorList) {
	if !f.hasPhase(to.Phase) && (to.Phase != "" || !to.ofDose()) {
		errs.add(at+"/phase", to.Phase, "want the name of a phase", CodeUnknownRef, ErrInvalid)
		return
	}
	if f.mayName(to) {
		return
	}
	want := ""
	if to.Phase != "" {
		want = " of phase " + strconv.Quote(to.Phase)
	}
	switch {
	case to.Part != "":
		errs.add(at+"/part", to.Part, "want the name of a part"+want, CodeUnknownRef, ErrInvalid)
	case to.Medicine != "":
		errs.add(at+"/medicine", to.Medicine, "want the name of a medicine beside the drug"+want, CodeUnknownRef, ErrInvalid)
	}
}

// mayName reports whether a part or a medicine with the name may be among what could not
// be read.
func (f *filling) mayName(to Place) bool {
	if to.Medicine != "" && to.Phase == "" && f.hides("/beside", len(f.ofAll)) {
		return true
	}
	for i := range f.compiler.phases {
		p, at := &f.compiler.phases[i], "/phases/"+strconv.Itoa(i)
		switch {
		case f.unread(at) || f.unread(at+"/name"):
			return true
		case !to.of(p):
		case to.Part != "" && f.hides(at+"/parts", len(p.Parts)), to.Medicine != "" && f.hides(at+"/beside", len(p.Beside)):
			return true
		}
	}
	return f.unread("/phases")
}

// hides reports whether a list could not be read, or the name of one of those in it.
func (c *compiler) hides(list string, n int) bool {
	for k := range n {
		if at := list + "/" + strconv.Itoa(k); c.unread(at) || c.unread(at+"/name") {
			return true
		}
	}
	return c.unread(list)
}

// wantOf is what an error of a parser says without repeating the value.
func wantOf(err error) string {
	return "want " + findingOf(err).want
}

// A filler collects what parameters say about one phase: an amount per kilogram
// and its basis arrive apart and belong together.
type filler struct {
	phase  *Phase
	rate   dose.PerKilogram
	basis  dose.Basis
	policy dose.WeightPolicy // what the basis needs
	// parts are those of the phase, and beside its medicines. The filler of one has a
	// phase of its own, with its dose, and rule is where that belongs.
	parts, beside []filler
	rule          *dose.Rule
}

func medicineFillers(list []Medicine) []filler {
	fillers := make([]filler, 0, len(list))
	for i := range list {
		fillers = append(fillers, filler{phase: &Phase{Dose: list[i].Dose}, rule: &list[i].Dose})
	}
	return fillers
}

// states reports whether the phase gives the field itself.
func (f *filler) states(field Field) bool {
	p := f.phase
	switch field {
	case FieldCadence:
		return !p.Cadence.IsZero()
	case FieldAmount:
		return !p.Dose.Amount.IsZero()
	case FieldBasis:
		basis, ok := basisOf(p.Dose)
		return ok && basis != 0
	case FieldCap:
		return !p.Dose.Cap.IsZero()
	case FieldRounding:
		return !p.Dose.Rounding.IsZero()
	case FieldMaximum:
		return !p.Dose.Limits.Dose.HardMax.IsZero()
	case FieldMinGap:
		return p.MinGap != 0
	case FieldAdministration:
		return p.Visit.Administration != 0
	case FieldObservation:
		return p.Visit.Observation != 0 || p.Visit.Unobserved
	case FieldClimb:
		return p.Climb != 0
	case FieldFollows:
		return p.Follows != 0
	default: // FieldSteps
		return slices.ContainsFunc(p.Steps, func(s Step) bool { return s.From != 0 })
	}
}

// fill reads the text and puts the value in its field.
func (f *filler) fill(field Field, text string) (err error) {
	switch field {
	case FieldCadence:
		f.phase.Cadence, err = ParseCadence(text)
	case FieldAmount:
		var fixed dose.Mass
		if f.rate, err = dose.ParsePerKilogram(text); err != nil && !strings.Contains(text, "/") {
			if fixed, err = dose.ParseMass(text); err == nil {
				f.phase.Dose.Amount = dose.Fixed(fixed)
			}
		}
	case FieldBasis:
		f.basis, f.policy, err = dose.ParseBasisPolicy(text)
	case FieldCap:
		err = fillRules(f.phase, text, parseBound, func(r *dose.Rule) *dose.Mass { return &r.Cap })
	case FieldRounding:
		err = fillRules(f.phase, text, dose.ParseRounding, func(r *dose.Rule) *dose.Rounding { return &r.Rounding })
	case FieldMaximum:
		err = fillRules(f.phase, text, parseBound, func(r *dose.Rule) *dose.Mass { return &r.Limits.Dose.HardMax })
	case FieldMinGap:
		f.phase.MinGap, err = parseGap(text)
	case FieldAdministration:
		f.phase.Visit.Administration, err = ParseDuration(text)
	case FieldObservation:
		f.phase.Visit.Observation, err = ParseDuration(text)
		f.phase.Visit.Unobserved = err == nil && f.phase.Visit.Observation == 0
	case FieldClimb:
		f.phase.Climb, err = ParseClimb(text)
	case FieldFollows:
		f.phase.Follows, err = ParseFollows(text)
	case FieldSteps:
		err = fillSteps(f.phase.Steps, text)
	}
	return err
}

// fillRules puts the value into the rule of the phase, and into the rules of
// those steps that leave it open.
func fillRules[T interface{ IsZero() bool }](p *Phase, text string, parse func(string) (T, error), field func(*dose.Rule) *T) error {
	v, err := parse(text)
	if err != nil {
		return err
	}
	*field(&p.Dose) = v
	for i := range p.Steps {
		if to := field(&p.Steps[i].Dose); (*to).IsZero() {
			*to = v
		}
	}
	return nil
}

// fillSteps reads the sessions from which on the steps hold, such as "3, 5, 7",
// and gives each step its own. Without steps the text is only read.
func fillSteps(steps []Step, text string) error {
	list := strings.Split(text, ", ")
	if len(steps) > 0 && len(list) != len(steps) {
		return &Error{
			Place: "steps", Offset: -1, Value: kept(text),
			Want: "want as many sessions as there are steps, " + strconv.Itoa(len(steps)), Code: CodeValue, Err: ErrInvalid,
		}
	}
	from := make([]int, len(list))
	for i, item := range list {
		n, err := strconv.Atoi(item)
		if err != nil || strconv.Itoa(n) != item || n < 1 || n > maxSessions {
			return &Error{
				Place: "steps", Offset: -1, Value: kept(text),
				Want: "want numbers of sessions of the phase, such as 3, 5, 7", Code: CodeValue, Err: ErrNotation,
			}
		}
		from[i] = n
	}
	for i := range steps {
		steps[i].From = from[i]
	}
	return nil
}

// finish joins an amount per kilogram, a parameter's or the phase's own, with a
// basis, and does so in the steps and the parts that lack one. A medicine beside the drug
// is another drug, whose basis is its own.
func (f *filler) finish() {
	if !f.rate.IsZero() {
		f.phase.Dose.Amount = dose.PerWeight(f.rate, 0)
	}
	f.join(&f.phase.Dose)
	for i := range f.phase.Steps {
		f.join(&f.phase.Steps[i].Dose)
	}
	for i := range f.parts {
		part := &f.parts[i]
		part.finish()
		f.join(part.rule)
	}
	for i := range f.beside {
		f.beside[i].finish()
	}
	if f.rule != nil {
		*f.rule = f.phase.Dose
	}
}

// join gives the basis to an amount per kilogram without one.
func (f *filler) join(r *dose.Rule) {
	if !lacksBasis(*r) {
		return
	}
	if rate, _, ok := r.Amount.PerWeight(); ok {
		r.Amount = dose.PerWeight(rate, f.basis)
	} else if rate, _, during, ok := r.Amount.PerWeightOverTime(); ok {
		r.Amount = dose.PerWeightOverTime(rate, f.basis, during)
	}
	if f.policy != (dose.WeightPolicy{}) {
		r.Policy = f.policy
	}
}

// parseBound reads a bound on a dose. A bound of nothing would be read as no
// bound at all.
func parseBound(text string) (dose.Mass, error) {
	m, err := dose.ParseMass(text)
	if err == nil && m.IsZero() {
		err = &Error{
			Place: "bound", Offset: -1, Value: kept(text),
			Want: "want more than 0 mg", Code: CodeValue, Err: ErrInvalid,
		}
	}
	return m, err
}

// parseGap reads days, such as "2 days". The unit may be missing.
func parseGap(text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || strconv.Itoa(n) != text {
		n, err = ParseDays(text)
	}
	if err != nil || n < 1 || n > maxNumber {
		return 0, &Error{
			Place: "minGap", Offset: -1, Value: kept(text),
			Want: "want whole days from 1 to 3650, such as 2 days", Code: CodeValue, Err: ErrNotation,
		}
	}
	return n, nil
}
