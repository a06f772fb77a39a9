package schedule

import "errors"

// MarshalJSON returns the repair as a JSON object: the way, whether and, if not,
// why it is not possible, in words what it does, on which condition and by which
// source; the entries that make it true, what they change, the plan after them and
// its new findings. What there is none of is null. The error is that of a way
// which is none.
func (r Repair) MarshalJSON() ([]byte, error) {
	way, err := r.Way.MarshalText()
	if err != nil {
		return nil, err
	}
	b := appendString([]byte(`{"way":`), string(way))
	why := ""
	if r.Err != nil {
		why = r.Err.Error()
		if refused, ok := errors.AsType[*EventError](r.Err); ok {
			why = refused.Want
		}
		b = append(b, `,"possible":false,"why":`...)
	} else {
		b = append(b, `,"possible":true,"why":`...)
	}
	b = appendText(b, why)
	b = appendString(append(b, `,"text":`...), r.Text)
	b = appendText(append(b, `,"condition":`...), r.Condition)
	b = appendText(append(b, `,"source":`...), r.Source)
	b = appendText(append(b, `,"quote":`...), r.Quote)
	b = append(b, `,"entries":[`...)
	for i, entry := range r.Entries {
		if i > 0 {
			b = append(b, ',')
		}
		b = entry.AppendJSON(b)
	}
	b = append(b, `],"diff":`...)
	if r.Plan == nil {
		b = append(b, `null,"plan":null`...)
	} else {
		b = r.Plan.AppendJSON(append(r.Diff.AppendJSON(b), `,"plan":`...))
	}
	b = append(b, `,"findings":[`...)
	for i, finding := range r.Findings {
		if i > 0 {
			b = append(b, ',')
		}
		b = finding.AppendJSON(b)
	}
	return append(b, "]}"...), nil
}

// UnmarshalJSON refuses: a repair has the plan that it leads to.
func (r *Repair) UnmarshalJSON([]byte) error {
	return writtenOnly{"a repair", "its entries can be read, and Plan.Repairs offers those of a plan"}
}
