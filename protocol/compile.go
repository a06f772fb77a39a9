package protocol

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/document"
)

// Compile checks the Spec and returns it as an immutable Protocol. It returns an
// [ErrorList] with every problem, in the order of the fields, if
//
//   - an ID, a version, a name or a key is malformed or used twice;
//   - no phase has a cadence, or one without end is not the last;
//   - a phase that gives a drug lacks its minimum gap or its time of
//     administration, or its dose rule cannot be used;
//   - a dose is not given over one time: its amount, the preparation and the
//     visit state different ones, the visit or the rests between devices do not
//     leave enough, or it runs on after departure and no companion ends it;
//   - the parts of a dose have one name, overlap, or leave the visit;
//   - nothing could ever judge a limit, or a dose passes a hard one for everybody;
//   - a phase that names more than one level does not say how they follow each
//     other, or one that names one does;
//   - a medicine beside the drug has no dose or no time, has the name of another or of
//     the drug, or takes longer than the visit has for it;
//   - a week has more sessions than its minimum gap can ever hold;
//   - a parameter is unset, out of its range, or fills a place that is not there
//     or is filled already.
//
// What depends on a parameter that is unset or refused is checked once it has a
// value.
func (s Spec) Compile() (*Protocol, error) {
	s = s.Clone()
	c := newCompiler(s)
	c.check()
	if err := c.errs.err(); err != nil {
		return nil, err
	}
	for i := range c.phases {
		c.phases[i].MinGap = max(1, c.phases[i].MinGap)
		if c.phases[i].takesBeside() && len(c.ofAll) > 0 {
			c.phases[i].Beside = slices.Concat(cloneEach(c.ofAll, Medicine.clone), c.phases[i].Beside)
		}
	}
	id := s.ID
	if id == "" {
		id = c.joined.String()
	}
	return &Protocol{
		spec: s, phases: c.phases, cadence: c.joined, phaseOf: c.phaseOf, digest: digest(s), id: id, file: document.AppendCompact(nil, Format(s)),
	}, nil
}

type compiler struct {
	spec    Spec
	phases  []Phase         // with the values of parameters filled in
	ofAll   []Medicine      // those of the whole protocol, likewise
	waiting map[target]bool // what parameters that are unset or refused leave open
	errs    ErrorList
	joined  Cadence
	phaseOf []int
	// unread reports whether the value at a place is not known, since the file
	// that has it has a problem there, partly whether this holds of anything in
	// it. A zero value that stands for one is not to be looked at.
	unread, partly func(place string) bool
	open           bool // what a parameter fills is not known
}

func newCompiler(s Spec) *compiler {
	known := func(string) bool { return false }
	phases := s.Clone().Phases
	for i := range phases {
		phases[i] = phases[i].summed()
	}
	return &compiler{spec: s, phases: phases, ofAll: cloneEach(s.Beside, Medicine.clone), waiting: map[target]bool{}, unread: known, partly: known}
}

// check collects every problem in the order of the fields.
func (c *compiler) check() {
	if c.sizes(); len(c.errs) > 0 {
		return // time would not be linear
	}
	parameterErrs := c.parameters()
	c.identity()
	c.checkPhases()
	c.around()
	c.errs = append(c.errs, parameterErrs...)
	c.sources()
}

func (c *compiler) identity() {
	s := c.spec
	if s.ID != "" && !isName(s.ID, ".-") {
		c.errs.add("/id", s.ID, "want lower-case letters, digits, dots and hyphens, at most 100 bytes, a letter first", CodeValue, ErrInvalid)
	}
	if s.ID == "" && s.Version != "" {
		c.errs.add("/id", "", "want both an id and a version, or neither", CodeMissing, ErrInvalid)
	}
	if s.ID != "" && s.Version == "" {
		c.errs.add("/version", "", "want both an id and a version, or neither", CodeMissing, ErrInvalid)
	}
	if !isLine(s.Version) || len(s.Version) > maxName {
		c.errs.add("/version", s.Version, "want one line of at most 100 bytes", CodeValue, ErrInvalid)
	}
	for _, f := range []struct{ place, value string }{{"/title", s.Title}, {"/drug", s.Drug}, {"/route", s.Route}} {
		if !isLine(f.value) {
			c.errs.add(f.place, f.value, "want one line", CodeValue, ErrInvalid)
		}
	}
}

func (c *compiler) checkPhases() {
	if len(c.phases) == 0 {
		c.errs.add("/phases", "", "want at least one phase", CodeMissing, ErrInvalid)
		return
	}
	seen := map[string]bool{}
	open := false
	for i, p := range c.phases {
		at := "/phases/" + strconv.Itoa(i)
		switch {
		case p.Name == "" || !isLine(p.Name) || len(p.Name) > maxName:
			c.errs.add(at+"/name", p.Name, "want one line of 1 to 100 bytes", CodeValue, ErrInvalid)
		case seen[p.Name]:
			c.errs.add(at+"/name", p.Name, "want every name once", CodeDuplicate, ErrInvalid)
		}
		seen[p.Name] = true
		open = open || c.waits(i, FieldCadence)
		c.join(at, i, p)
		c.visit(at, i, p)
	}
	if c.joined.IsZero() && !open {
		c.errs.add("/phases", "", "want at least one phase with a cadence", CodeMissing, ErrInvalid)
	}
	if n, ok := c.joined.Sessions(); ok && n > maxSessions {
		c.errs.add("/phases", strconv.Itoa(n), "want at most 20000 sessions in all", CodeTooLong, ErrInvalid)
	}
	if c.joined.Len() > maxSegments || len(c.joined.append(nil)) > maxText {
		c.errs.add("/phases", "", "want at most 64 segments and 4096 bytes of cadence in all", CodeTooLong, ErrInvalid)
	}
}

// visit checks what a session of the phase consists of.
func (c *compiler) visit(at string, index int, p Phase) {
	givesDrug := p.givesDrug() || c.waits(index, FieldAmount)
	c.doses(at, index, p, givesDrug)
	if !c.waits(index, FieldMinGap) {
		c.gap(at+"/minGap", p, givesDrug || len(p.Beside) > 0)
	}
	if p.Visit.Administration == 0 && givesDrug && !c.waits(index, FieldAdministration) {
		c.errs.add(at+"/visit/administration", "", "want how long the drug is given: a phase with a dose has no default for it", CodeMissing, ErrInvalid)
	}
	c.timetable(at+"/visit", p.Visit)
	c.course(at, index, p, givesDrug)
	if p.Window != nil {
		c.window(at+"/window", *p.Window)
	}
	for _, err := range checkWeekdays(p.Weekdays) {
		err.Place = at + err.Place
		c.errs = append(c.errs, err)
	}
}

func (c *compiler) window(at string, w Window) {
	c.within(at+"/before", w.Before, 0, maxWindow, "want 0 to 365 days")
	c.within(at+"/after", w.After, 0, maxWindow, "want 0 to 365 days")
}

// ruleErrors returns the problems of an order, a rule or a preparation one by one.
func ruleErrors(err error) []*dose.RuleError {
	problems, _ := errors.AsType[dose.RuleErrors](err)
	return problems
}

// path turns the name of a Go field, such as Limits.PerKilogram, into a place:
// /limits/perKilogram.
func path(field string) string {
	var b strings.Builder
	for name := range strings.SplitSeq(field, ".") {
		b.WriteString("/" + strings.ToLower(name[:min(1, len(name))]) + name[min(1, len(name)):])
	}
	return b.String()
}

// waits reports whether one of the fields of a phase is not known: a parameter
// without a usable value, a problem of its own, is to fill it, or it could not
// be read.
func (c *compiler) waits(phase int, fields ...Field) bool {
	at := "/phases/" + strconv.Itoa(phase)
	return c.open || len(c.spec.Parameters) > 0 && c.unread(at+"/name") || slices.ContainsFunc(fields, func(f Field) bool {
		return c.waiting[target{phase: phase, field: f}] || c.unread(at+f.path())
	})
}

func (c *compiler) gap(at string, p Phase, givesDrug bool) {
	switch {
	case p.MinGap < 0 || p.MinGap > maxNumber:
		c.errs.add(at, strconv.Itoa(p.MinGap), "want 1 to 3650 days", CodeValue, ErrInvalid)
		return
	case p.MinGap == 0 && givesDrug:
		c.errs.add(at, "", "want the least number of days between sessions: a phase with a dose has no default for it", CodeMissing, ErrInvalid)
		return
	}
	most := 1
	for _, s := range p.Cadence.segments {
		most = max(most, s.LastCount())
		for week := range s.Weeks() {
			most = max(most, s.Count(week))
		}
	}
	if (most-1)*p.MinGap >= weekdayCount {
		c.errs.add(at, strconv.Itoa(p.MinGap), "want a gap that a week of "+strconv.Itoa(most)+
			" sessions can hold: at most "+days((weekdayCount-1)/(most-1)), CodeGap, ErrInvalid)
	}
}

func days(n int) string {
	if n == 1 {
		return "1 day"
	}
	return strconv.Itoa(n) + " days"
}

// CheckWeekdays returns an [ErrorList] with every set that is empty or for the
// same number of sessions as one before it, at places such as "/weekdays/1".
func CheckWeekdays(sets []DaySet) error { return checkWeekdays(sets).err() }

func checkWeekdays(sets []DaySet) (errs ErrorList) {
	var seen [weekdayCount + 1]bool
	for i, set := range sets {
		at := "/weekdays/" + strconv.Itoa(i)
		switch {
		case set.Len() == 0:
			errs.add(at, "", "want at least one weekday", CodeMissing, ErrInvalid)
		case seen[set.Len()]:
			errs.add(at, set.String(), "want one set for each number of sessions", CodeDuplicate, ErrInvalid)
		}
		seen[set.Len()] = true
	}
	return errs
}

// join appends the cadence of a phase to that of the whole protocol.
func (c *compiler) join(at string, index int, p Phase) {
	if p.Cadence.IsZero() {
		return
	}
	if c.joined.AsNeeded() || c.joined.Endless() {
		c.errs.add(at+"/cadence", p.Cadence.String(), "want no cadence after a phase that has no end or is as needed", CodeOrder, ErrInvalid)
		return
	}
	c.joined.segments = append(c.joined.segments, p.Cadence.segments...)
	c.joined.asNeeded = p.Cadence.asNeeded
	for range p.Cadence.segments {
		c.phaseOf = append(c.phaseOf, index)
	}
}

func (c *compiler) sources() {
	seen := map[string]bool{}
	for i, source := range c.spec.Sources {
		at := "/sources/" + strconv.Itoa(i)
		switch {
		case source.Key == "" || !isLine(source.Key):
			c.errs.add(at+"/key", source.Key, "want one line that is not empty", CodeValue, ErrInvalid)
		case seen[source.Key]:
			c.errs.add(at+"/key", source.Key, "want every key once", CodeDuplicate, ErrInvalid)
		}
		seen[source.Key] = true
		if source.Citation == "" {
			c.errs.add(at+"/citation", "", "want what document this is", CodeMissing, ErrInvalid)
		}
		c.text(at, "/citation", source.Citation)
		c.text(at, "/address", source.Address)
		for j, fact := range source.Facts {
			at := at + "/facts/" + strconv.Itoa(j)
			c.text(at, "/about", fact.About)
			c.text(at, "/says", fact.Says)
			c.text(at, "/quote", fact.Quote)
			if fact.Grade < Primary || fact.Grade > Unverified {
				c.errs.add(at+"/grade", fact.Grade.String(), "want primary, secondary or unverified", CodeValue, ErrInvalid)
			}
		}
	}
}

const (
	maxName   = 100
	maxWindow = 365
)

// isName reports whether s has only lower-case letters, digits and the extra
// bytes, and a letter first.
func isName(s, extra string) bool {
	if s == "" || len(s) > maxName || s[0] < 'a' || s[0] > 'z' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; !isDigit(c) && (c < 'a' || c > 'z') && strings.IndexByte(extra, c) < 0 {
			return false
		}
	}
	return true
}

// isLine reports whether s is valid text without control characters.
func isLine(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || r == 0x2028 || r == 0x2029 // line and paragraph separators
	})
}
