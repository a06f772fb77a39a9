package fhir

import "slices"

// readEvents reads and judges the events of a Timing, and returns them sorted.
func (t *Timing) readEvents() ([]Moment, error) {
	const path = "event"
	events := make([]Moment, len(t.Event))
	for i, text := range t.Event {
		m, code := parseMoment(text)
		if code != "" {
			return nil, refuse(code, path, text)
		}
		if i > 0 && m.Timed() != events[0].Timed() {
			return nil, refuse(MixedEvents, path, text)
		}
		events[i] = m
	}
	slices.SortStableFunc(events, compareMoments)
	for i := 1; i < len(events); i++ {
		if compareMoments(events[i-1], events[i]) == 0 {
			return nil, refuse(DuplicateEvent, path, events[i].String())
		}
	}
	switch {
	case len(events) > 0 && t.Repeat != nil:
		return nil, refuse(EventAndRepeat, path, "")
	case len(events) > 0 && t.Code != nil:
		return nil, refuse(EventAndCode, path, "")
	}
	return events, nil
}

// compareMoments orders moments that are all days or all instants.
func compareMoments(a, b Moment) int {
	switch {
	case a.before(b):
		return -1
	case b.before(a):
		return 1
	default:
		return 0
	}
}
