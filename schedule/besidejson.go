package schedule

import (
	"slices"
	"time"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
)

// appendBeside appends the medicines beside the drug of a session whose phase has any.
func (s Session) appendBeside(b []byte) []byte {
	if len(s.plan.phases[s.slot().Phase].Beside) == 0 {
		return b
	}
	return appendList(append(b, `,"beside":`...), s.Beside(), func(b []byte, m PlannedMedicine) []byte { return appendValue(b, m.fields) })
}

// fields are those of the medicine's JSON object, which is only written.
func (m *PlannedMedicine) fields(f *objectFields) {
	planned, text := m.Planned(), ""
	if m.Err != nil {
		text = m.Err.Error()
	}
	route, moment, at := "", m.From.String(), ""
	if m.GivenBy() != 0 {
		route = m.GivenBy().String()
	}
	if m.From != 0 {
		at = atText(m.At)
	}
	f.text("name", &m.Name, must)
	f.text("route", &route, may)
	parsed(f, "planned", &planned, may, dose.ParseMass)
	f.text("refused", &text, may)
	f.text("from", &moment, may)
	f.text("at", &at, may)
	f.date("date", &m.Date, may)
	f.clock("start", &m.Start)
	f.clock("end", &m.End)
	stage := m.Stage
	oneOf(f, "stage", &stage, protocol.ParseStage)
	f.text("condition", &m.Condition, may)
	f.text("source", &m.Source, may)
}

// atText returns a time from a moment as protocol files have it.
func atText(d time.Duration) string {
	if d < 0 {
		return "-" + protocol.FormatDuration(-d)
	}
	return protocol.FormatDuration(d)
}

// MarshalJSON returns the medicine as a JSON object, with null for what it has none of.
// It never fails.
func (m PlannedMedicine) MarshalJSON() ([]byte, error) { return marshalValue(m.fields) }

// UnmarshalJSON refuses: what is planned is of a session of a plan.
func (m *PlannedMedicine) UnmarshalJSON([]byte) error {
	return writtenOnly{"a medicine that is planned", "Session.Beside returns those of a session"}
}

// MarshalJSON returns what was given as a JSON object, null for what there is none of. It
// never fails.
func (m MedicineGiven) MarshalJSON() ([]byte, error) { return marshalValue(m.fields) }

// UnmarshalJSON reads what [MedicineGiven.MarshalJSON] writes. Everything else is a
// [*FileProblems].
func (m *MedicineGiven) UnmarshalJSON(src []byte) error {
	return unmarshalValue(m, src, (*MedicineGiven).fields)
}

// appendGivenBeside appends what was given beside the drug, where anything was recorded.
func appendGivenBeside(b []byte, given []MedicineGiven) []byte {
	if len(given) == 0 {
		return b
	}
	return appendList(append(b, `,"beside":`...), slices.Values(given), func(b []byte, m MedicineGiven) []byte { return appendValue(b, m.fields) })
}
