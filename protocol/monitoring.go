package protocol

import (
	"iter"
	"slices"
)

// A Monitoring is a series of visits on a cadence of their own, beside the sessions:
// blood counts, rating scales, blood pressure. It gives no drug, and the dates of
// sessions never depend on it.
type Monitoring struct {
	// Name is that of no other visit of the protocol beside its sessions.
	Name string
	// Cadence says how often: "1/wk x18 then every 2w x17 then every 4w". One
	// without end is possible in a protocol without end, and while treated.
	Cadence Cadence
	// From is the phase whose start the cadence is counted from, which is the target
	// of its first session; "" counts from day 1 of the treatment.
	From string
	// WhileTreated reports that the series goes on no longer than the treatment: it
	// ends with the last session, and waits while the treatment is held. Any other
	// goes on to the end of its cadence whatever becomes of the treatment, but for one
	// without end, which a stop ends too.
	WhileTreated bool
	// Visit is what happens; it gives no drug.
	Visit Visit
	// Elsewhere, if not empty, says where the visit takes place if not at the
	// clinic: "a laboratory". It has a day then and no time, and the clinic need not be
	// open. Open is, of such a visit, the days of the week on which it can take place,
	// empty for any.
	Elsewhere string
	Open      DaySet
	// Window and Weekdays are as those of a [Phase].
	Window   *Window
	Weekdays []DaySet
	// Before are the sessions before which a result has to be known.
	Before []ResultNeeded
	// Source is the key of the source that says so. It may be empty.
	Source string
}

// A ResultNeeded names sessions that do not take place before the result of a
// [Monitoring] is known, and how old that may be.
type ResultNeeded struct {
	// Phase is the phase of the sessions, "" for every phase.
	Phase string
	// From and To are the first and the last of them by their number in the phase,
	// counted from 1, 0 for no bound.
	From, To int
	// Within is how many days before the session the visit took place at most: 0 to
	// 3650, 0 being the same day.
	Within int
}

// Needs reports whether a session of a phase with a number in it needs the result.
func (n ResultNeeded) Needs(phase string, number int) bool {
	return (n.Phase == "" || n.Phase == phase) && number >= n.From && (n.To == 0 || number <= n.To)
}

// Monitoring returns the series of visits that the protocol has beside its sessions.
func (p *Protocol) Monitoring() iter.Seq[Monitoring] {
	return each(p.spec.Monitoring, Monitoring.clone)
}

func (m Monitoring) clone() Monitoring {
	m.Visit = m.Visit.Clone()
	m.Weekdays = slices.Clone(m.Weekdays)
	m.Before = slices.Clone(m.Before)
	if m.Window != nil {
		m.Window = new(*m.Window)
	}
	return m
}
