package schedule

import (
	"bytes"
	"iter"
	"maps"
	"strconv"

	"github.com/regimen-go/regimen/internal/document"
)

// A Verification is what [Plan.Verify] finds. The zero Verification finds nothing.
type Verification struct {
	// Number is that of the first entry, from 1, at which the plan and what its journal
	// comes to part, and Entry its id: 0 and "" where that is the plan as it was built,
	// or nothing differs.
	Number int
	Entry  string
	// Rules is the number of the rules by which that entry was applied, or the plan was
	// built, 0 where it is not known or nothing differs.
	Rules int
	// Refused is why the entry cannot be applied any more, nil where it can. What comes
	// after it is then not compared.
	Refused error
	// Severity is [Violation] where those were the present rules, [Info] where they were
	// others, and zero where nothing differs.
	Severity Severity
	// Differences is everything in which the two differ, in the order of the plan's file.
	Differences []Difference
}

// Same reports whether nothing differs.
func (v Verification) Same() bool { return v.Refused == nil && len(v.Differences) == 0 }

// String says where the two part and how many differences there are.
func (v Verification) String() string {
	if v.Same() {
		return "the plan is what its journal comes to"
	}
	text := v.Severity.String() + ": the plan as it was built"
	if v.Number > 0 {
		text = v.Severity.String() + ": entry " + strconv.Itoa(v.Number) + ", " + strconv.Quote(v.Entry)
	}
	if v.Rules != Rules {
		text += ", made by rules " + strconv.Itoa(v.Rules) + " and not by " + strconv.Itoa(Rules)
	}
	if v.Refused != nil {
		text += ": " + v.Refused.Error()
	}
	if n := len(v.Differences); n > 0 {
		text += ": " + plural(n, "difference")
	}
	return text
}

// A Difference is one value of a plan's state that is another than its journal comes to.
type Difference struct {
	// Address is the JSON Pointer of the value in the file of the plan, such as
	// "/state/sessions/3/date".
	Address string
	// About is the session or the visit, zero where it is of neither.
	About ID
	// Has is the value that the plan has and Computed the other, as JSON; "" where there
	// is none. Of a dose both are all of it.
	Has, Computed string
}

// String returns the address and both values.
func (d Difference) String() string {
	return d.Address + ": " + orNone(d.Has) + ", computed " + orNone(d.Computed)
}

// Verify makes the plan again, from its request through every entry of its journal, by
// the present rules, and says where the two part. A plan that was made here never
// differs from that; one that was read from a file may, where other rules made it. The
// plan stays as it is: [Recomputed] is the decision to take what was computed.
//
// It costs what making the plan again does. Days that the plan has no answer for are
// asked of the opening that was passed with it. The plan of a [Record] has no journal,
// and nothing is found in it.
func (p *Plan) Verify() Verification {
	if p.recorded() {
		return Verification{}
	}
	again, number, err := p.computed()
	v := Verification{Refused: err}
	parted := number
	if err == nil {
		parted = -1
		c := &stateDiff{plan: p, again: again, taken: p.recomputed()}
		c.state()
		if v.Differences = c.found; len(v.Differences) == 0 {
			return v
		}
		parted = c.parted()
	}
	v.Number, v.Rules = parted, p.builtBy
	if parted > 0 {
		n := p.journal.noteAt(parted)
		v.Entry, v.Rules = n.Event.ID, n.rules
	}
	if v.Severity = Violation; v.Rules != Rules {
		v.Severity = Info
	}
	return v
}

// computed returns what the plan's request and journal come to now. Where an entry is
// refused, it returns the number of that too; 0 is the request.
func (p *Plan) computed() (again *Plan, number int, err error) {
	if again, err = p.built.build(p.calendar.Answered()); err != nil {
		return nil, 0, err
	}
	for i, entry := range p.journal.since(0) {
		next, err := again.Apply(entry.Event, entry.AsOf)
		if err != nil {
			return again, i + 1, err
		}
		again = next
	}
	return again, 0, nil
}

// A stateDiff compares the states of two plans that have one journal.
type stateDiff struct {
	plan, again     *Plan
	here, there     *document.Document
	doses, computed []document.Node
	found           []Difference
	about           ID
	taken           map[ID]bool // sessions that were recomputed, and their visits
}

// state compares the states as files have them: every value has its address there.
func (c *stateDiff) state() {
	here, there := c.plan.appendState(nil, c.plan.distinctProtocols()), c.again.appendState(nil, c.again.distinctProtocols())
	c.here, c.there = document.ParseRecord("", here), document.ParseRecord("", there)
	c.doses, c.computed = itemsOf(member(c.here.Root(), "doses")), itemsOf(member(c.there.Root(), "doses"))
	c.object("/state", c.here.Root(), c.there.Root())
}

// member returns a member of an object.
func member(n document.Node, key string) document.Node {
	for k, v := range members(n) {
		if k == key {
			return v
		}
	}
	return document.Node{}
}

func members(n document.Node) iter.Seq2[string, document.Node] {
	return func(yield func(string, document.Node) bool) {
		if n.Kind() != document.KindObject {
			return
		}
		for k, v := range n.Members() {
			if !yield(k.Text(), v) {
				return
			}
		}
	}
}

func itemsOf(n document.Node) (list []document.Node) {
	if n.Kind() == document.KindList {
		for _, item := range n.Items() {
			list = append(list, item)
		}
	}
	return list
}

// passedOver reports whether a key of the state is of what was told or read, which no
// journal comes to, or compared where it is referred to. What was told of a session that
// was recomputed is not what would have been told of it.
func (c *stateDiff) passedOver(key string) bool {
	switch key {
	case "utc", "notices", "doses":
		return true
	case "told", "set", "revision", "by":
		return c.taken[c.about]
	default:
		return false
	}
}

// recomputed returns the sessions for which somebody took what was computed, with their
// visits.
func (p *Plan) recomputed() map[ID]bool {
	taken := make(map[ID]bool)
	if !p.kept {
		return taken
	}
	for _, n := range p.journal.notes() {
		if what, ok := n.Event.What.(Recomputed); ok {
			for _, id := range what.Sessions {
				taken[id] = true
			}
		}
	}
	for i := range p.visits {
		taken[p.visits[i].ID] = taken[p.visits[i].SessionID]
	}
	return taken
}

// object compares two objects.
func (c *stateDiff) object(at string, here, there document.Node) {
	others := maps.Collect(members(there))
	for key, v := range members(here) {
		other := others[key]
		delete(others, key)
		if !c.passedOver(key) {
			c.value(at+"/"+key, key, v, other)
		}
	}
	for key, v := range members(there) {
		if _, left := others[key]; left && !c.passedOver(key) {
			c.value(at+"/"+key, key, document.Node{}, v)
		}
	}
}

// value compares two values, of which one may not be there.
func (c *stateDiff) value(at, key string, here, there document.Node) {
	switch {
	case key == "dose" && (here.Kind() == document.KindNumber || there.Kind() == document.KindNumber):
		c.source(at, doseAt(c.doses, here), doseAt(c.computed, there))
	case here.Kind() == document.KindObject && there.Kind() == document.KindObject:
		c.object(at, here, there)
	case here.Kind() == document.KindList && there.Kind() == document.KindList:
		c.list(at, here, there)
	default:
		c.source(at, here, there)
	}
}

// doseAt returns the row of a dose by its number.
func doseAt(rows []document.Node, number document.Node) document.Node {
	if n, err := strconv.Atoi(string(number.Source())); err == nil && n > 0 && n <= len(rows) {
		return rows[n-1]
	}
	return number
}

func (c *stateDiff) source(at string, here, there document.Node) {
	if !bytes.Equal(here.Source(), there.Source()) {
		c.found = append(c.found, Difference{Address: at, About: c.about, Has: string(here.Source()), Computed: string(there.Source())})
	}
}

// list compares two lists: rows that have an id with those that have the same.
func (c *stateDiff) list(at string, here, there document.Node) {
	a, b := itemsOf(here), itemsOf(there)
	byID := make(map[string]int)
	for i, n := range b {
		if id := member(n, "id"); id.Exists() {
			byID[id.Text()] = i
		}
	}
	seen := make([]bool, len(b))
	for i, n := range a {
		j, id := i, member(n, "id")
		if id.Exists() {
			known := false
			if j, known = byID[id.Text()]; !known {
				j = len(b)
			}
			c.about, _ = ParseID(id.Text())
		}
		other := document.Node{}
		if j < len(b) {
			other, seen[j] = b[j], true
		}
		c.value(at+"/"+strconv.Itoa(i), "", n, other)
		if id.Exists() {
			c.about = ID{}
		}
	}
	for j, n := range b {
		if !seen[j] {
			if id := member(n, "id"); id.Exists() {
				c.about, _ = ParseID(id.Text())
			}
			c.source(at+"/-", document.Node{}, n)
			c.about = ID{}
		}
	}
}

// parted returns the number of the first entry by which a session or a visit that differs
// is said to be something else.
func (c *stateDiff) parted() int {
	first := c.plan.journal.len()
	of := make(map[ID]bool)
	for _, d := range c.found {
		of[d.About] = true
	}
	delete(of, ID{})
	if len(of) == 0 {
		return 0
	}
	for id := range of {
		first = min(first, c.partedOf(id))
	}
	return first
}

// partedOf is parted of one session or visit.
func (c *stateDiff) partedOf(id ID) int {
	here, there := c.plan.saidInOrder(id), c.again.saidInOrder(id)
	for k := range max(len(here), len(there)) {
		switch {
		case k >= len(here):
			return int(there[k].by)
		case k >= len(there):
			return int(here[k].by)
		case here[k].by != there[k].by || !c.saysSame(&here[k], &there[k]):
			return int(min(here[k].by, there[k].by))
		}
	}
	if len(here) > 0 {
		return int(here[len(here)-1].by)
	}
	return 0
}

// saysSame compares what the plans said, with the doses.
func (c *stateDiff) saysSame(here, there *told) bool {
	a, b := *here, *there
	a.dose, b.dose = 0, 0
	if a.shows(&b) || a.level != b.level || a.version != b.version || a.revision != b.revision || (here.dose < 0) != (there.dose < 0) {
		return false
	}
	return here.dose < 0 || bytes.Equal(c.plan.appendDose(nil, c.plan.doses.at(here.dose)), c.again.appendDose(nil, c.again.doses.at(there.dose)))
}

// saidInOrder returns everything that the plan has ever said of a session or a visit, in
// order.
func (p *Plan) saidInOrder(id ID) (list []told) {
	var now told
	if i := p.named(id); i >= 0 {
		now = p.said(i)
	} else if i := p.visitAt(id); i >= 0 {
		now = p.saidOf(&p.visits[i])
	} else {
		return nil
	}
	n := 0
	for t := &now; t != nil; t = t.before {
		n++
	}
	list = make([]told, n)
	for t := &now; t != nil; t = t.before {
		n--
		list[n] = *t
	}
	return list
}

// fields are those of a difference in JSON.
func (d *Difference) fields(f *objectFields) {
	f.text("address", &d.Address, must)
	parsed(f, "about", &d.About, may, ParseID)
	f.text("has", &d.Has, may)
	f.text("computed", &d.Computed, may)
}

// MarshalJSON writes the difference, with both values as texts of JSON. It never fails.
func (d Difference) MarshalJSON() ([]byte, error) { return marshalValue(d.fields) }

// UnmarshalJSON reads what [Difference.MarshalJSON] writes. Everything else is a
// [*FileProblems].
func (d *Difference) UnmarshalJSON(src []byte) error {
	return unmarshalValue(d, src, (*Difference).fields)
}

// MarshalJSON writes what was found, and why an entry is refused in words. It never fails.
func (v Verification) MarshalJSON() ([]byte, error) {
	return marshalValue(func(f *objectFields) {
		refused := ""
		if v.Refused != nil {
			refused = v.Refused.Error()
		}
		f.count("number", &v.Number, 0, may)
		f.text("entry", &v.Entry, may)
		f.count("rules", &v.Rules, 0, may)
		maybeOneOf(f, "severity", &v.Severity, ParseSeverity)
		f.text("refused", &refused, may)
		nestedList(f, "differences", &v.Differences, may, (*Difference).fields)
	})
}

// UnmarshalJSON refuses: the error by which an entry is refused is words in JSON.
func (v *Verification) UnmarshalJSON([]byte) error {
	return writtenOnly{"a verification", "Plan.Verify makes it again"}
}
