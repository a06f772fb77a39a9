package schedule

import (
	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/course"
)

// maxPlanned is the largest number of sessions a plan may have.
const maxPlanned = course.MaxSessions

// noDose is the dose of a session that has none, or whose dose is still to be computed.
const noDose = -1

// A slot is a session of a plan: what the protocol asks for, and what has become
// of it.
type slot struct {
	// placing is what decisions have set, with the facts about the session laid over
	// it: the day and the times on which it took place, and that it was given or
	// missed.
	placing
	// agreed is the day of an appointment that the patient's wishes have, 0 for none.
	agreed int32
	// dose is the position in the plan's doses, or noDose.
	dose int32
	// serial makes the id, and revision counts the changes.
	serial, revision uint32
	// nothing reports that the patient came and nothing was given, onHold that it
	// was given while it was held.
	nothing, onHold bool
	// given is the position, from 1, among what was given, 0 where nothing was.
	given uint16
	// by is the number of the entry by which the session is as it is, 0 where it is
	// as it was built, and told what was said of it before that.
	by   int32
	told *told
	// made is the step that made the session, zero where it is of the plan as it was
	// built, and set what decisions have set of it, nil where none has.
	made step
	set  *setting
}

// A placing is what decisions set of a session: what is asked for, and whether and
// when it is to take place.
type placing struct {
	course.Session
	// day is the date of the session, meaningless while it is left out. fixed is
	// that of an appointment, 0 for none.
	day, fixed int32
	// start and end are minutes of the day.
	start, end int16
	// left reports that the session was left out.
	left bool
	// state is zero while nothing has become of the session.
	state State
	// replaced reports that another session makes up for this one.
	replaced bool
	// withdrawn reports that the entry which made the session was withdrawn.
	withdrawn bool
	// makesUp is the serial of the session that this one makes up for, 0 for none.
	makesUp uint32
}

// dosed reports whether the session took place and more than nothing was given:
// gaps count from it.
func (s *slot) dosed() bool { return s.took() && !s.nothing }

// decidedOutside reports whether somebody decided for the day of the session though
// that is outside its window.
func (s *slot) decidedOutside() bool {
	return s.fixed != 0 && s.day == s.fixed && (s.fixed < s.Earliest || s.fixed > s.Latest)
}

// keepsApart reports whether other sessions keep the minimum gap to this one.
func (s *slot) keepsApart() bool { return s.takesPlace() && !s.nothing }

// toCome reports whether the session is still to take place, or held.
func (s *slot) toCome() bool { return s.pending() || s.state == StateHeld }

// pending reports whether the session is still to take place.
func (s *slot) pending() bool { return s.state == 0 && !s.left }

// date returns the day of a session that has one.
func (s *slot) date() date.Date { return civil.Date(s.day) }

// appointment returns the day agreed for a session, 0 where its window has not that day,
// or where that is before another.
func appointment(agreed int32, s *course.Session, notBefore int32) int32 {
	if agreed < max(s.Earliest, notBefore) || agreed > s.Latest {
		return 0
	}
	return agreed
}
