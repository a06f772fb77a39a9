package schedule

import "github.com/regimen-go/regimen/protocol"

func (r *Row) fields(f *objectFields) {
	f.count("revision", &r.Revision, 0, must)
	f.instant("asOf", &r.AsOf)
	f.text("zone", &r.Zone, must)
	f.text("protocol", &r.Protocol, must)
	f.text("version", &r.Version, must)
	oneOf(f, "standing", &r.Standing, ParseStanding)
	f.date("open", &r.Open, may)
	f.date("next", &r.Next, may)
	f.clock("nextStart", &r.NextStart)
	maybeOneOf(f, "nextKind", &r.NextKind, protocol.ParseVisitKind)
	f.session("nextId", &r.NextID, may)
	f.date("lostUntil", &r.LostUntil, may)
	f.text("gate", &r.Gate, may)
	f.date("decisionDue", &r.DecisionDue, may)
	f.date("weighBefore", &r.WeighBefore, may)
	f.where(f.in != nil || r.MonitorBy != 0, func() { f.date("monitorBy", &r.MonitorBy, may) })
	f.where(f.in != nil || r.ResultBefore != 0, func() { f.date("resultBefore", &r.ResultBefore, may) })
	f.date("extendBy", &r.ExtendBy, may)
	f.date("lastGiven", &r.LastGiven, may)
	f.count("given", &r.Given, 0, must)
	f.count("of", &r.Of, 1, may)
	f.count("warnings", &r.Warnings, 0, must)
	f.count("violations", &r.Violations, 0, must)
}

// MarshalJSON returns the row as a JSON object, null for what it has none of. The error is
// that of a value which is none of its kind, such as the standing of the zero Row.
func (r Row) MarshalJSON() ([]byte, error) { return marshalValue(r.fields) }

// UnmarshalJSON reads what [Row.MarshalJSON] writes. Everything else is a
// [*FileProblems].
func (r *Row) UnmarshalJSON(src []byte) error { return unmarshalValue(r, src, (*Row).fields) }

func (r *VisitRow) fields(f *objectFields) {
	f.session("id", &r.ID, must)
	maybeOneOf(f, "role", &r.Role, ParseVisitRole)
	f.text("name", &r.Name, may)
	maybeOneOf(f, "kind", &r.Kind, protocol.ParseVisitKind)
	f.date("date", &r.Date, may)
	f.clock("start", &r.Start)
	f.clock("end", &r.End)
	maybeOneOf(f, "state", &r.State, ParseState)
	f.text("lost", &r.Lost, may)
	f.count("revision", &r.Revision, 0, may)
}

// MarshalJSON returns the row as a JSON object, null for what it has none of. The error is
// that of a value which is none of its kind.
func (r VisitRow) MarshalJSON() ([]byte, error) { return marshalValue(r.fields) }

// UnmarshalJSON reads what [VisitRow.MarshalJSON] writes. Everything else is a
// [*FileProblems].
func (r *VisitRow) UnmarshalJSON(src []byte) error {
	return unmarshalValue(r, src, (*VisitRow).fields)
}
