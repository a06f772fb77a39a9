package schedule

import (
	"iter"
	"slices"
)

// A word is what a correction says of an entry: something else instead, or, where
// that is nil, that it is withdrawn.
type word struct {
	by      step
	instead Happening
}

// The words of corrections that hold: of each entry that one speaks of, what the last
// says whose own entry was not withdrawn. They never change, and plans share them.
type words map[int32]word

// words reads the words of all corrections of a journal, from the last to the
// first: a correction that a later one speaks of says nothing, and of what it
// corrected the one before has the word again. Corrections are numbers of entries.
func (j journal) words(corrections []int32) words {
	w := make(words, len(corrections))
	for _, number := range slices.Backward(corrections) {
		if _, corrected := w[number]; corrected {
			continue
		}
		c := j.at(int(number)).Event.What.(Corrected)
		for k, correction := range c.all() {
			w.speak(j, word{by: step{number, int32(k)}, instead: correction.Instead}, correction.Of)
		}
	}
	return w
}

// speak says a word of an entry, unless a later one has been said. What is said
// instead of a correction, is said instead of what that corrected.
func (w words) speak(j journal, said word, of string) {
	n := j.note(of)
	for {
		at := int32(n.number)
		c, isCorrection := n.Event.What.(Corrected)
		switch _, later := w[at]; {
		case later:
		case isCorrection:
			w[at] = word{by: said.by}
		default:
			w[at] = said
		}
		if !isCorrection || said.instead == nil {
			return
		}
		n = j.note(c.Of)
	}
}

// An effect is a happening that holds: what an entry says, or what a correction says
// instead.
type effect struct {
	// at is its place in the order of what holds. A fact put right keeps the place of
	// the entry that it corrects; what is decided instead of something is decided by
	// the correction.
	at step
	// by is the number of the entry that says it.
	by   int32
	what Happening
}

// inPlace reports whether what a word says is a fact instead of a fact.
func (w word) inPlace(of Happening) bool {
	_, was := of.(fact)
	_, is := w.instead.(fact)
	return was && is
}

// of appends what holds of an entry.
func (w words) of(list []effect, j journal, n *note) []effect {
	number := int32(n.number)
	said, corrected := w[number]
	c, isCorrection := n.Event.What.(Corrected)
	switch {
	case isCorrection && !corrected:
		return w.decided(list, j, c, number)
	case isCorrection || corrected && !said.inPlace(n.Event.What):
		return list
	case corrected:
		return append(list, effect{at: step{entry: number}, by: said.by.entry, what: said.instead})
	default:
		return append(list, effect{at: step{entry: number}, by: number, what: n.Event.What})
	}
}

// decided appends what a correction decides: all that it says instead of something and
// that is no fact in the place of a fact.
func (w words) decided(list []effect, j journal, c Corrected, number int32) []effect {
	for k, correction := range c.all() {
		by := step{number, int32(k)}
		n := j.root(correction.Of)
		if said := w[int32(n.number)]; said.by == by && said.instead != nil && !said.inPlace(n.Event.What) {
			list = append(list, effect{at: by, by: number, what: said.instead})
		}
	}
	return list
}

// root returns the entry with an id or, where that is a correction, what that
// corrected in the end.
func (j journal) root(id string) *note {
	for {
		n := j.note(id)
		c, isCorrection := n.Event.What.(Corrected)
		if !isCorrection {
			return n
		}
		id = c.Of
	}
}

// holding returns what holds of a journal, in order.
func (w words) holding(j journal) []effect {
	notes := make([]*note, 0, j.len())
	for n := j.last; n != nil; n = n.before {
		notes = append(notes, n)
	}
	list := make([]effect, 0, len(notes))
	for _, n := range slices.Backward(notes) {
		list = w.of(list, j, n)
	}
	return list
}

// holdingBackward yields what holds of the journal, from the last to the first.
func (p *Plan) holdingBackward() iter.Seq[effect] {
	return func(yield func(effect) bool) {
		for n := p.journal.last; n != nil; n = n.before {
			for _, e := range slices.Backward(p.words.of(nil, p.journal, n)) {
				if !yield(e) {
					return
				}
			}
		}
	}
}

// holds reports whether what a step set is to hold: its entry was not withdrawn, and
// of a correction the word is the last.
func (w words) holds(j journal, at step) bool {
	if at.entry == 0 || int(at.entry) > j.len() { // as built, or what is being applied
		return true
	}
	if _, corrected := w[at.entry]; corrected {
		return false
	}
	c, isCorrection := j.noteAt(int(at.entry)).Event.What.(Corrected)
	if !isCorrection {
		return true
	}
	return w.about(j, c.all()[at.item]).by == at
}

// about returns the last word about what a correction speaks of.
func (w words) about(j journal, c Correction) word {
	if c.Instead != nil {
		return w[int32(j.root(c.Of).number)]
	}
	return w[int32(j.note(c.Of).number)]
}

// cause returns the step by which another does not hold any more.
func (w words) cause(j journal, at step) step {
	if said, corrected := w[at.entry]; corrected {
		return said.by
	}
	c, _ := j.noteAt(int(at.entry)).Event.What.(Corrected)
	return w.about(j, c.all()[at.item]).by
}

// correctedBy returns the id of the event that corrects the entry with a number, ""
// for none.
func (p *Plan) correctedBy(entry int32) string {
	if said, ok := p.words[entry]; ok {
		return p.journal.at(int(said.by.entry)).Event.ID
	}
	for _, c := range p.afterwards {
		if c.entry == entry {
			return p.journal.at(int(c.by)).Event.ID
		}
	}
	return ""
}
