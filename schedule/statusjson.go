package schedule

import (
	"slices"
	"strconv"

	"github.com/regimen-go/regimen/internal/civil"
)

// MarshalJSON returns the status as a JSON object: the sessions as
// [Session.AppendJSON] has them, the checkpoint null where there is none, and so are
// the number of all sessions and the completed share of a cadence without end. It never
// fails.
func (s Status) MarshalJSON() ([]byte, error) {
	b := civil.AppendDate([]byte(`{"date":"`), s.Date)
	b = appendString(append(b, `","standing":`...), s.Standing.String())
	for _, list := range []struct {
		key      string
		sessions []Session
	}{{"due", s.Due}, {"overdue", s.Overdue}, {"upcoming", s.Upcoming}, {"lost", s.Lost}, {"held", s.Held}} {
		b = append(append(append(b, `,"`...), list.key...), `":[`...)
		for i, session := range list.sessions {
			if i > 0 {
				b = append(b, ',')
			}
			b = session.AppendJSON(b)
		}
		b = append(b, ']')
	}
	b = s.monitoringJSON(b)
	b = append(b, `,"checkpoint":`...)
	if s.Checkpoint.Session > 0 {
		b = s.Checkpoint.appendJSON(b)
	} else {
		b = append(b, "null"...)
	}
	b = appendNumber(append(b, `,"completed":`...), s.Completed)
	if s.Of > 0 {
		b = appendNumber(append(b, `,"of":`...), s.Of)
		b = appendNumber(append(b, `,"percent":`...), s.Percent())
	} else {
		b = append(b, `,"of":null,"percent":null`...)
	}
	b = s.Adherence.appendJSON(append(b, `,"adherence":`...))
	return append(b, '}'), nil
}

// monitoringJSON appends what there is of monitoring and of results: a plan without has
// none of the keys.
func (s *Status) monitoringJSON(b []byte) []byte {
	if len(s.ResultDue) > 0 {
		b = appendList(append(b, `,"resultDue":`...), slices.Values(s.ResultDue), func(b []byte, session Session) []byte {
			b = append(session.ID().append(append(b, `{"session":"`...)), `","results":`...)
			return append(appendList(b, slices.Values(session.ResultsDue()), func(b []byte, due ResultDue) []byte { return appendValue(b, due.fields) }), '}')
		})
	}
	for _, list := range []struct {
		key    string
		visits []OtherVisit
	}{{"monitoringDue", s.MonitoringDue}, {"monitoringOverdue", s.MonitoringOverdue}} {
		if len(list.visits) > 0 {
			b = append(append(append(b, `,"`...), list.key...), `":`...)
			b = appendList(b, slices.Values(list.visits), func(b []byte, v OtherVisit) []byte { return appendValue(b, v.fields) })
		}
	}
	return b
}

// UnmarshalJSON refuses: a status has views of its plan.
func (s *Status) UnmarshalJSON([]byte) error {
	return writtenOnly{"a status", "Plan.On returns that of a plan"}
}

func (a Adherence) appendJSON(b []byte) []byte {
	for i, count := range []struct {
		key string
		n   int
	}{
		{"planned", a.Planned},
		{"given", a.Given},
		{"extra", a.Extra},
		{"missed", a.Missed},
		{"cancelled", a.Cancelled},
		{"overdue", a.Overdue},
		{"madeUp", a.MadeUp},
		{"shiftDays", a.ShiftDays},
		{"largestShift", a.LargestShift},
	} {
		separator := `,"`
		if i == 0 {
			separator = `{"`
		}
		b = strconv.AppendInt(append(append(append(b, separator...), count.key...), `":`...), int64(count.n), 10)
	}
	b = appendText(append(b, `,"meanShift":`...), a.MeanShift())
	b = append(b, `,"doses":`...)
	b = appendList(b, slices.Values(a.Doses), func(b []byte, sum DrugSum) []byte {
		b = appendText(append(b, `{"drug":`...), sum.Drug)
		b = appendMass(append(b, `,"dose":`...), sum.Dose)
		why := ""
		if sum.Err != nil {
			why = sum.Err.Error()
		}
		return append(appendText(append(b, `,"error":`...), why), '}')
	})
	return append(b, '}')
}

// MarshalJSON returns the adherence as a JSON object, the mean shift in days as
// [Adherence.MeanShift] has it. It never fails.
func (a Adherence) MarshalJSON() ([]byte, error) { return a.appendJSON(nil), nil }

// UnmarshalJSON refuses: an error cannot be read.
func (a *Adherence) UnmarshalJSON([]byte) error {
	return writtenOnly{"an adherence", "Plan.On returns that of a plan"}
}
