package schedule

import "strconv"

// AppendJSON appends the finding as a JSON object: code, severity, the id and the
// number of the session, both null for the plan as a whole, text and by whom and
// why it was accepted, null while it is open. It never fails, and the same finding
// gives the same bytes.
func (f Finding) AppendJSON(b []byte) []byte {
	b = appendString(append(b, `{"code":`...), string(f.Code))
	b = appendString(append(b, `,"severity":`...), f.Severity.String())
	b = appendID(append(b, `,"session":`...), f.ID)
	b = append(b, `,"ordinal":`...)
	if f.Session > 0 {
		b = strconv.AppendInt(b, int64(f.Session), 10)
	} else {
		b = append(b, "null"...)
	}
	b = appendString(append(b, `,"text":`...), f.Text)
	b = append(b, `,"accepted":`...)
	if f.Accepted == (Acceptance{}) {
		return append(b, "null}"...)
	}
	b = appendString(append(b, `{"reason":`...), f.Accepted.Reason)
	b = appendString(append(b, `,"who":`...), f.Accepted.Who)
	return append(b, "}}"...)
}

// MarshalJSON returns what [Finding.AppendJSON] appends. It never fails.
func (f Finding) MarshalJSON() ([]byte, error) { return f.AppendJSON(nil), nil }
