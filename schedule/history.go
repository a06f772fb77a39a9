package schedule

import (
	"slices"
	"strconv"
)

// historyOf returns the lines of the history that name a session, with what corrects
// them, and those of the corrections.
func (p *Plan) historyOf(s Session) []string {
	var lines []string
	id := s.ID()
	named := make(map[int]bool)
	for n, entry := range p.journal.all() {
		what := entry.Event.What
		named[n] = slices.Contains(about(what), id) || int(s.slot().made.entry) == n+1
		if c, ok := what.(Corrected); ok && !named[n] {
			named[n] = slices.ContainsFunc(c.all(), func(c Correction) bool { return named[p.journal.note(c.Of).number-1] })
		}
		if !named[n] {
			continue
		}
		line := entry.in(p.zone)
		if by := p.correctedBy(int32(n + 1)); by != "" {
			line += ", corrected by event " + strconv.Quote(by)
		}
		lines = append(lines, line)
	}
	return lines
}

// Withdrawn reports whether the entry that had made the session was withdrawn: it is
// cancelled, and was never meant to be.
func (s Session) Withdrawn() bool { return s.slot().withdrawn }
