package schedule

import (
	"errors"
	"slices"
	"strconv"

	"github.com/regimen-go/regimen/internal/course"
)

// Wished says what suits the patient from now on. It takes the place of everything that
// was wished before, absences too: one that still holds is stated again. Nothing moves. A
// session or a visit to come on a day that does not suit any more is lost
// ([Session.Lost]) until somebody decides, and so is a session that has an appointment
// on another day. What is planned from now on keeps to the wishes.
type Wished struct {
	// Wishes are as in a [Request]. Appointments are of sessions that are still to come,
	// by the numbers that they have now; those of others are kept and change nothing.
	Wishes Wishes
}

func (Wished) kind() string { return "wished" }

func (w Wished) fields(f *objectFields) Happening {
	w.Wishes = w.Wishes.clone()
	if f.in != nil {
		f.in.Required("wishes")
	}
	nested(f, "wishes", &w.Wishes, true, (*Wishes).fields)
	return unlessWritten(f, w)
}

func (Wished) describe() string { return "the patient's wishes changed" }

func (w Wished) apply(e *edit) error {
	if err := e.learn(w); err != nil {
		return err
	}
	e.agree()
	return nil
}

func (w Wished) check(e *edit) error {
	var errs requestErrors
	w.Wishes.check(&errs)
	if wrong, ok := errors.AsType[*RequestError](errs.err()); ok {
		return e.refuse(ErrEvent, wrong.Field, wrong.Value, wrong.Want)
	}
	p := e.plan
	for _, a := range w.Wishes.Appointments {
		if a.Ordinal > len(p.slots) {
			return e.refuse(ErrUnknownSession, "Appointments", strconv.Itoa(a.Ordinal), "want the number of a session: the plan has "+strconv.Itoa(len(p.slots)))
		}
	}
	return nil
}

// know notes the wishes instead of those before.
func (w Wished) know(k *known) { k.wishes, k.wishedBy = w.Wishes.clone(), k.by }

// wish makes what is planned from now on keep to the wishes that are known.
func (e *edit) wish() error {
	p := e.plan
	if !slices.Equal(p.course.Weekdays(), p.wishes.Weekdays) {
		if p.course.Wishes() == course.MaxWishes {
			return e.refuse(ErrEvent, "Weekdays", "", "want weekdays that change at most "+strconv.Itoa(course.MaxWishes)+" times")
		}
		p.course = p.course.Wish(p.wishes.Weekdays)
	}
	return nil
}
