package protocol

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/regimen-go/regimen/dose"
)

// Compile checks the Spec and returns it as an immutable Protocol. It returns an
// [ErrorList] with every problem if
//
//   - an ID, a version, a name or a key is malformed or used twice;
//   - a parameter is unset, out of its range or fills a place that is not there;
//   - no phase has a cadence, or one without end is not the last;
//   - a phase that gives a drug lacks its minimum gap or its time of
//     administration, or its dose rule cannot be used;
//   - a week has more sessions than its minimum gap can ever hold.
func (s Spec) Compile() (*Protocol, error) {
	s = s.Clone()
	c := &compiler{spec: s}
	c.identity()
	filled := c.parameters()
	c.phases(filled)
	c.sources()
	if err := c.errs.err(); err != nil {
		return nil, err
	}
	for i := range filled {
		filled[i].MinGap = max(1, filled[i].MinGap)
	}
	p := &Protocol{spec: s, phases: filled, cadence: c.joined, phaseOf: c.phaseOf}
	p.digest = digest(s)
	return p, nil
}

type compiler struct {
	spec    Spec
	errs    ErrorList
	joined  Cadence
	phaseOf []int
}

func (c *compiler) identity() {
	s := c.spec
	if s.ID != "" && !isName(s.ID, ".-") {
		c.errs.add("/id", s.ID, "want lower-case letters, digits, dots and hyphens, at most 100 bytes, a letter first", CodeValue, ErrInvalid)
	}
	if (s.ID == "") != (s.Version == "") {
		c.errs.add("/version", s.Version, "want both an id and a version, or neither", CodeMissing, ErrInvalid)
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

// parameters returns the phases with every parameter filled in.
func (c *compiler) parameters() []Phase {
	phases := c.spec.Clone().Phases
	fillers := make([]filler, len(phases))
	for i := range phases {
		fillers[i].phase = &phases[i]
	}
	// The basis of a fixed dose is nobody's weight: it may stay unset.
	optional := func(p Parameter) bool {
		return len(p.Fills) > 0 && !slices.ContainsFunc(p.Fills, func(f Place) bool { return f.Field != FieldBasis })
	}
	seen := map[string]bool{}
	for i, p := range c.spec.Parameters {
		place := "/parameters/" + strconv.Itoa(i)
		switch {
		case !isName(p.Name, "-"):
			c.errs.add(place+"/name", p.Name, "want lower-case letters, digits and hyphens, a letter first", CodeValue, ErrInvalid)
		case seen[p.Name]:
			c.errs.add(place+"/name", p.Name, "want every name once", CodeDuplicate, ErrInvalid)
		case len(p.Fills) == 0:
			c.errs.add(place+"/fills", "", "want at least one place that takes the value", CodeMissing, ErrInvalid)
		}
		seen[p.Name] = true
		if p.Value == "" {
			if !optional(p) {
				c.errs.add(place, p.Name, "want a value: "+p.Doc, CodeUnset, ErrUnset)
			}
			continue
		}
		if len(p.Choices) > 0 && !slices.Contains(p.Choices, p.Value) {
			c.errs.add(place+"/value", p.Value, "want one of "+strings.Join(p.Choices, ", "), CodeValue, ErrInvalid)
			continue
		}
		for _, fill := range p.Fills {
			if !c.fill(place, p, fill, fillers) {
				break
			}
		}
	}
	for i := range fillers {
		fillers[i].finish()
	}
	return phases
}

// fill puts the value of a parameter in one of its places and reports whether
// that went well.
func (c *compiler) fill(place string, p Parameter, to Place, fillers []filler) bool {
	if to.Field < FieldCadence || to.Field > FieldObservation {
		c.errs.add(place+"/fills", to.Field.String(), "want a field of a phase", CodeValue, ErrInvalid)
		return false
	}
	for _, bound := range []struct {
		text, want string
		wrong      int
	}{{p.Low, "want at least ", -1}, {p.High, "want at most ", 1}} {
		if bound.text == "" {
			continue
		}
		if order, ok := compareValues(to.Field, p.Value, bound.text); !ok || order == bound.wrong {
			c.errs.add(place+"/value", p.Value, bound.want+bound.text, CodeValue, ErrInvalid)
			return false
		}
	}
	found := false
	for i := range fillers {
		if to.Phase != "" && fillers[i].phase.Name != to.Phase {
			continue
		}
		found = true
		if err := fillers[i].fill(to.Field, p.Value); err != nil {
			c.errs.add(place+"/value", p.Value, wantOf(err), CodeValue, err)
			return false
		}
	}
	if !found {
		c.errs.add(place+"/fills", to.Phase, "want the name of a phase", CodeUnknownRef, ErrInvalid)
	}
	return found
}

// wantOf is what an error of a parser says without repeating the value.
func wantOf(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Want
	}
	return err.Error()
}

func (c *compiler) phases(phases []Phase) {
	if len(phases) == 0 {
		c.errs.add("/phases", "", "want at least one phase", CodeMissing, ErrInvalid)
		return
	}
	seen := map[string]bool{}
	for i, p := range phases {
		at := "/phases/" + strconv.Itoa(i)
		switch {
		case p.Name == "" || !isLine(p.Name) || len(p.Name) > maxName:
			c.errs.add(at+"/name", p.Name, "want one line of 1 to 100 bytes", CodeValue, ErrInvalid)
		case seen[p.Name]:
			c.errs.add(at+"/name", p.Name, "want every name once", CodeDuplicate, ErrInvalid)
		}
		seen[p.Name] = true
		c.visit(at, p)
		c.gap(at, p)
		c.weekdays(at, p)
		c.join(at, i, p)
	}
	// Only a Spec whose parameters are all set can be said to lack a cadence.
	if c.joined.IsZero() && len(c.errs) == 0 {
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
func (c *compiler) visit(at string, p Phase) {
	for _, d := range []struct {
		place string
		value time.Duration
	}{{"/administration", p.Administration}, {"/observation", p.Observation}} {
		if d.value < 0 || d.value > maxVisit || d.value%time.Minute != 0 {
			c.errs.add(at+d.place, d.value.String(), "want whole minutes from 0 to 24 h", CodeValue, ErrInvalid)
		}
	}
	if w := p.Window; w != nil && (min(w.Before, w.After) < 0 || max(w.Before, w.After) > maxWindow) {
		c.errs.add(at+"/window", strconv.Itoa(w.Before)+", "+strconv.Itoa(w.After), "want 0 to 365 days before and after the target", CodeValue, ErrInvalid)
	}
	if !p.givesDrug() {
		return
	}
	if err := p.Dose.Check(); err != nil && !c.waits(p, FieldAmount, FieldMaximum, FieldRounding, FieldCap) {
		for _, e := range flatten(err) {
			place := at + "/dose"
			if rule, ok := errors.AsType[*dose.RuleError](e); ok {
				place += "/" + rule.Field
			}
			c.errs.add(place, "", e.Error(), CodeDose, e)
		}
	}
	if p.Administration == 0 && !c.waits(p, FieldAdministration) {
		c.errs.add(at+"/administration", "", "want how long the drug is given: a phase with a dose has no default for it", CodeMissing, ErrInvalid)
	}
}

// waits reports whether an unset parameter, a problem of its own, is to fill one
// of the fields of the phase.
func (c *compiler) waits(p Phase, fields ...Field) bool {
	return slices.ContainsFunc(c.spec.Parameters, func(q Parameter) bool {
		return q.Value == "" && slices.ContainsFunc(q.Fills, func(f Place) bool {
			return (f.Phase == "" || f.Phase == p.Name) && slices.Contains(fields, f.Field)
		})
	})
}

func (c *compiler) gap(at string, p Phase) {
	switch {
	case p.MinGap < 0 || p.MinGap > maxNumber:
		c.errs.add(at+"/minGap", strconv.Itoa(p.MinGap), "want 1 to 3650 days", CodeValue, ErrInvalid)
		return
	case p.MinGap == 0 && p.givesDrug() && !c.waits(p, FieldMinGap):
		c.errs.add(at+"/minGap", "", "want the least number of days between sessions: a phase with a dose has no default for it", CodeMissing, ErrInvalid)
		return
	}
	for _, s := range p.Cadence.segments {
		for week := range s.Weeks() {
			if n := s.Count(week); (n-1)*p.MinGap >= weekdayCount {
				c.errs.add(at+"/minGap", strconv.Itoa(p.MinGap), "want a gap that a week of "+strconv.Itoa(n)+
					" sessions can hold: at most "+strconv.Itoa((weekdayCount-1)/(n-1))+" days", CodeGap, ErrInvalid)
				return
			}
		}
	}
}

func (c *compiler) weekdays(at string, p Phase) {
	if err := CheckWeekdays(p.Weekdays); err != nil {
		err.Place = at + err.Place
		c.errs = append(c.errs, err)
	}
}

// CheckWeekdays returns an error if one of the sets is empty or two are for the
// same number of sessions.
func CheckWeekdays(sets []DaySet) *Error {
	var seen [weekdayCount + 1]bool
	for i, set := range sets {
		want := ""
		switch {
		case set.Len() == 0:
			want = "want at least one weekday"
		case seen[set.Len()]:
			want = "want one set for a number of sessions"
		}
		if want != "" {
			return &Error{
				Place: "/weekdays/" + strconv.Itoa(i), Offset: -1, Value: set.String(),
				Want: want, Code: CodeValue, Err: ErrInvalid,
			}
		}
		seen[set.Len()] = true
	}
	return nil
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
		for j, fact := range source.Facts {
			if fact.Grade < Primary || fact.Grade > Unverified {
				c.errs.add(at+"/facts/"+strconv.Itoa(j)+"/grade", fact.Grade.String(), "want primary, secondary or unverified", CodeValue, ErrInvalid)
			}
		}
	}
}

// flatten returns the errors that a joined error holds.
func flatten(err error) []error {
	if list, ok := err.(interface{ Unwrap() []error }); ok {
		return list.Unwrap()
	}
	return []error{err}
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
	return strings.ToValidUTF8(s, "") == s &&
		!strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f || r == 0x2028 || r == 0x2029 })
}
