package schedule

import "slices"

// A Happening is what an [Event] says: a value of one of the types of this
// package whose kinds [EventKinds] lists, such as [Given], [Moved] or [Adopted].
type Happening interface {
	// kind is the name of the type in files.
	kind() string
	// apply changes the plan of an edit, or refuses to.
	apply(e *edit) error
	// fields gives every field of the happening once to f, and returns the
	// happening with the fields that f has read, [unlessWritten].
	fields(f *objectFields) Happening
	// describe says what happened in words, without the reason.
	describe() string
}

// A happening is a row of the table of events.
type happening interface {
	// zero returns a happening of the row's type without any value.
	zero() Happening
	// is reports whether a happening is of the row's type. A pointer to a value
	// of that type has its methods too, but could be changed after the event.
	is(h Happening) bool
	// stopped says what of it goes on after a treatment was stopped.
	stopped() afterStop
}

// An afterStop says whether an event goes on after a treatment was stopped.
type afterStop uint8

const (
	stays  afterStop = iota // it plans no session
	plans                   // it is refused
	begins                  // it is the way to go on, for a reason
)

// A rowOf is the row of a type. It is of one byte, so that the table, in which every
// event is looked up, is made of nothing.
type rowOf[H Happening] afterStop

func (rowOf[H]) zero() Happening {
	var h H
	return h
}

func (rowOf[H]) is(h Happening) bool {
	_, ok := h.(H)
	return ok
}

func (r rowOf[H]) stopped() afterStop { return afterStop(r) }

func row[H Happening](stopped ...afterStop) happening {
	if len(stopped) > 0 {
		return rowOf[H](stopped[0])
	}
	return rowOf[H](stays)
}

// happenings is the table of everything that can happen to a plan. What a type
// lacks to be in it does not compile; what is not in it is refused by
// [Plan.Apply], and so never gets into a file.
func happenings() []happening {
	return []happening{
		row[Given](),
		row[Missed](),
		row[Cancelled](),
		row[Moved](plans),
		row[Added](begins),
		row[Held](),
		row[Resumed](plans),
		row[Shifted](plans),
		row[Reanchored](plans),
		row[PlacedAgain](plans),
		row[Appended](plans),
		row[Restarted](begins),
		row[SteppedBack](plans),
		row[Decided](plans),
		row[Weighed](),
		row[DoseChosen](),
		row[ClinicClosed](),
		row[PatientAway](),
		row[ClinicChanged](),
		row[Extended](plans),
		row[Accepted](),
		row[Adopted](begins),
		row[Switched](begins),
		row[Measured](),
		row[Wished](),
		row[VisitDone](),
		row[VisitMissed](),
		row[VisitMoved](),
		row[Corrected](),
		row[Recomputed](plans),
	}
}

// unlessWritten returns a happening whose fields were given to f, and nothing where they
// were written: that nobody asks for, and it would take a piece of memory.
func unlessWritten[H Happening](f *objectFields, h H) Happening {
	if f.out != nil {
		return nil
	}
	return h
}

// isHappening reports whether h is a value of a type of the table.
func isHappening(h Happening) bool {
	for _, row := range happenings() {
		if row.is(h) {
			return true
		}
	}
	return false
}

// EventKinds returns what the kinds of events are called in files, such as
// "stepped-back", in a fixed order.
func EventKinds() []string {
	var kinds []string
	for _, row := range happenings() {
		kinds = append(kinds, row.zero().kind())
	}
	return kinds
}

// insteadKinds returns the kinds of what can be true or decided instead of an entry.
func insteadKinds() []string {
	return slices.DeleteFunc(EventKinds(), func(kind string) bool { return kind == Corrected{}.kind() })
}

// happeningOf returns a happening of a kind without any value, nil for a kind
// that there is not.
func happeningOf(kind string) Happening {
	for _, row := range happenings() {
		if row.zero().kind() == kind {
			return row.zero()
		}
	}
	return nil
}

// about returns the ids of the sessions and visits that a happening names.
func about(h Happening) []ID {
	var f objectFields
	h.fields(&f)
	return f.sessions
}

// reasonOf returns the reason that a happening gives, "" for none.
func reasonOf(h Happening) string {
	var f objectFields
	h.fields(&f)
	return f.because
}
