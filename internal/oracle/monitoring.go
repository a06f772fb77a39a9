package oracle

// A Monitoring is visits on a cadence of their own, beside the sessions.
type Monitoring struct {
	Cadence string
	Window  *[2]int
	Start   int // the day that it is counted from
	Until   int // the last day of targets of a segment without end
	Last    int // no visit has its target after it
	// NotBefore is the first day that is planned, and Possible whether a day can have a
	// visit.
	NotBefore int
	Possible  func(day int) bool
}

// Monitor returns the visits: as many as can be on days of their own, then those with the
// least squares, then the latest. It returns false for a cadence that cannot be unfolded.
func Monitor(m Monitoring) ([]Session, bool) {
	cadence, err := Parse(m.Cadence)
	if err != nil {
		return nil, false
	}
	phase := Phase{Cadence: m.Cadence, Gap: 1, Window: m.Window}
	in := Input{Start: m.Start, Until: m.Until, Policy: Drop, Open: func(day int) bool { return day >= m.NotBefore && m.Possible(day) }}
	u := unfolding{in: in, origin: m.Start, weekOne: m.Start, segments: cadence.Segments, find: memoSearch{}}
	for range cadence.Segments {
		u.phaseOf = append(u.phaseOf, phase)
	}
	u.run()
	if u.failed != nil {
		return nil, false
	}
	for len(u.slots) > 0 && u.slots[len(u.slots)-1].target > m.Last {
		u.slots = u.slots[:len(u.slots)-1]
	}
	var list []Session
	for i, c := range (memoSearch{}).best(in, u.slots, true) {
		s := u.slots[i]
		list = append(list, Session{Target: s.target, Earliest: s.earliest, Latest: s.latest, Date: c.date, Left: c.left})
	}
	return list, true
}
