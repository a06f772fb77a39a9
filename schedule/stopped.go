package schedule

import (
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/protocol"
)

// refuseStopped refuses an event that would go on with a treatment that was stopped:
// only some begin it again, each for a reason. What happens is recorded all the same,
// and visits that follow it are moved.
func (e *edit) refuseStopped(what Happening) error {
	if !e.plan.stopped() {
		return nil
	}
	rule := stays
	for _, row := range happenings() {
		if row.is(what) {
			rule = row.stopped()
		}
	}
	if decided, ok := what.(Decided); ok && decided.Then == protocol.Stop {
		rule = stays
	}
	switch {
	case rule == stays:
		return nil
	case rule == plans:
		return e.refuse(ErrStopped, "plan", "", "want a treatment that was not stopped: "+goOn()+" go on with it, each for a reason")
	case reasonOf(what) == "":
		return e.refuse(ErrStopped, "Reason", "", "want a reason: the treatment was stopped")
	default:
		return nil
	}
}

// goOn names the kinds of events that go on with a treatment that was stopped.
func goOn() string {
	var kinds []string
	for _, row := range happenings() {
		if row.stopped() == begins {
			kinds = append(kinds, strconv.Quote(row.zero().kind()))
		}
	}
	last := len(kinds) - 1
	return strings.Join(kinds[:last], ", ") + " and " + kinds[last]
}
