package schedule

import "github.com/regimen-go/regimen/internal/document"

func (f *Finding) fields(o *objectFields) {
	o.text("code", (*string)(&f.Code), must)
	oneOf(o, "severity", &f.Severity, ParseSeverity)
	o.session("session", &f.ID, may)
	o.count("ordinal", &f.Session, 1, may)
	o.text("text", &f.Text, must)
	nested(o, "accepted", &f.Accepted, f.Accepted != Acceptance{}, func(a *Acceptance, o *objectFields) {
		o.text("reason", &a.Reason, must)
		o.text("who", &a.Who, must)
	})
	if o.in != nil && f.Accepted != (Acceptance{}) {
		f.Accepted.Session, f.Accepted.Code = f.Session, f.Code
	}
	if o.in != nil && f.Code == "" {
		o.in.Required("code").Refuse(document.CodeValue, "the code of the finding")
	}
}

// AppendJSON appends the finding as a JSON object: code, severity, the id and
// the number of the session, both null for the plan as a whole, text, and by whom
// and why it was accepted, null while it is open. The same finding gives the same bytes. A severity that is
// none is left out, and [Finding.UnmarshalJSON] refuses that.
func (f Finding) AppendJSON(b []byte) []byte { return appendValue(b, f.fields) }

// MarshalJSON returns what [Finding.AppendJSON] appends. The error is that of a
// severity which is none.
func (f Finding) MarshalJSON() ([]byte, error) { return marshalValue(f.fields) }

// UnmarshalJSON reads what [Finding.MarshalJSON] writes. Everything else is a
// [*FileProblems].
func (f *Finding) UnmarshalJSON(src []byte) error { return unmarshalValue(f, src, (*Finding).fields) }
