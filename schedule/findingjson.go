package schedule

import "strconv"

// AppendJSON appends the finding as a JSON object: code, severity, session and id,
// both null for the plan as a whole, text and, once it was accepted, by whom
// and why. It never fails, and the same finding gives the same bytes.
func (f Finding) AppendJSON(b []byte) []byte {
	b = appendString(append(b, `{"code":`...), string(f.Code))
	b = appendString(append(b, `,"severity":`...), f.Severity.String())
	b = append(b, `,"session":`...)
	if f.Session > 0 {
		b = strconv.AppendInt(b, int64(f.Session), 10)
	} else {
		b = append(b, "null"...)
	}
	b = append(b, `,"id":`...)
	if f.ID.IsZero() {
		b = append(b, "null"...)
	} else {
		b = append(f.ID.append(append(b, '"')), '"')
	}
	b = appendString(append(b, `,"text":`...), f.Text)
	if f.Accepted != (Acceptance{}) {
		b = appendString(append(b, `,"accepted":{"reason":`...), f.Accepted.Reason)
		b = append(appendString(append(b, `,"who":`...), f.Accepted.Who), '}')
	}
	return append(b, '}')
}

// MarshalJSON returns what [Finding.AppendJSON] appends. It never fails.
func (f Finding) MarshalJSON() ([]byte, error) { return f.AppendJSON(nil), nil }
