package schedule

import (
	"github.com/regimen-go/regimen/internal/document"
)

// What an event says has, also by itself, the form that it has in an [Event]: its
// kind, and its fields by their names in files. It is read back, or refused, as events
// are.

// marshalHappening writes a happening.
func marshalHappening(h Happening) ([]byte, error) {
	f := writing(appendString([]byte(`{"kind":`), h.kind()))
	h.fields(f)
	if f.err != nil {
		return nil, &EventError{Kind: h.kind(), Field: "What", Want: f.err.Error(), Err: f.err}
	}
	return append(f.out.b, '}'), nil
}

// unmarshalHappening reads what [marshalHappening] writes of a type.
func unmarshalHappening[H Happening](h *H, src []byte) error {
	read, err := readObject(src, func(f *document.Fields) Happening {
		var zero H
		f.Required("kind").OneOf(zero.kind())
		return zero.fields(&objectFields{in: f, protocols: new(eventReader)})
	})
	if err == nil {
		*h = read.(H)
	}
	return err
}

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h Given) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [Given.MarshalJSON] writes.
func (h *Given) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h Missed) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [Missed.MarshalJSON] writes.
func (h *Missed) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h Cancelled) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [Cancelled.MarshalJSON] writes.
func (h *Cancelled) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h Moved) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [Moved.MarshalJSON] writes.
func (h *Moved) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h Added) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [Added.MarshalJSON] writes.
func (h *Added) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h Held) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [Held.MarshalJSON] writes.
func (h *Held) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h Resumed) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [Resumed.MarshalJSON] writes.
func (h *Resumed) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h Shifted) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [Shifted.MarshalJSON] writes.
func (h *Shifted) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h Reanchored) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [Reanchored.MarshalJSON] writes.
func (h *Reanchored) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h PlacedAgain) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [PlacedAgain.MarshalJSON] writes.
func (h *PlacedAgain) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h Appended) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [Appended.MarshalJSON] writes.
func (h *Appended) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h Restarted) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [Restarted.MarshalJSON] writes.
func (h *Restarted) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h SteppedBack) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [SteppedBack.MarshalJSON] writes.
func (h *SteppedBack) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h Decided) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [Decided.MarshalJSON] writes.
func (h *Decided) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h Weighed) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [Weighed.MarshalJSON] writes.
func (h *Weighed) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h DoseChosen) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [DoseChosen.MarshalJSON] writes.
func (h *DoseChosen) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h ClinicClosed) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [ClinicClosed.MarshalJSON] writes.
func (h *ClinicClosed) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h PatientAway) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [PatientAway.MarshalJSON] writes.
func (h *PatientAway) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h ClinicChanged) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [ClinicChanged.MarshalJSON] writes.
func (h *ClinicChanged) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h Extended) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [Extended.MarshalJSON] writes.
func (h *Extended) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h Accepted) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [Accepted.MarshalJSON] writes.
func (h *Accepted) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h Adopted) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [Adopted.MarshalJSON] writes.
func (h *Adopted) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h Switched) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [Switched.MarshalJSON] writes.
func (h *Switched) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h Measured) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [Measured.MarshalJSON] writes.
func (h *Measured) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h Wished) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [Wished.MarshalJSON] writes.
func (h *Wished) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h VisitDone) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [VisitDone.MarshalJSON] writes.
func (h *VisitDone) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h VisitMissed) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [VisitMissed.MarshalJSON] writes.
func (h *VisitMissed) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h VisitMoved) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [VisitMoved.MarshalJSON] writes.
func (h *VisitMoved) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h Corrected) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [Corrected.MarshalJSON] writes.
func (h *Corrected) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }

// MarshalJSON writes it as [Event.MarshalJSON] does, without an id.
func (h Recomputed) MarshalJSON() ([]byte, error) { return marshalHappening(h) }

// UnmarshalJSON reads what [Recomputed.MarshalJSON] writes.
func (h *Recomputed) UnmarshalJSON(src []byte) error { return unmarshalHappening(h, src) }
