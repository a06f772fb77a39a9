package course

import (
	"slices"

	"github.com/regimen-go/regimen/protocol"
)

// A Version is a protocol that a course holds, or held, with day 1 of it and the last
// day of targets that it has, 0 for none.
type Version struct {
	Protocol     *protocol.Protocol
	Start, Until int32
}

// Kept returns the course that has versions, of which the one at a position holds. The
// weekdays are those that the patient asks for now, and wished those of before, in
// order. It is for files, which keep all that: see [Course.Version] and [Course.Wished].
func Kept(versions []Version, holds int, weekdays []protocol.DaySet, wished [][]protocol.DaySet) Course {
	c := Course{weekdays: weekdays}
	for _, v := range versions {
		c = c.Switch(v.Protocol, v.Start, v.Until)
	}
	c = c.leave()
	c.wished, c.holds, c.Start, c.Until = wished, holds, versions[holds].Start, versions[holds].Until
	return c
}

// Versions returns how many versions ever held.
func (c *Course) Versions() int { return len(c.versions) }

// Version returns day 1 of a version and its last day of targets.
func (c *Course) Version(at int) (start, until int32) {
	if at == c.holds {
		return c.Start, c.Until
	}
	return c.versions[at].start, c.versions[at].until
}

// Wished returns the weekdays that the patient asked for before, in order.
func (c *Course) Wished() [][]protocol.DaySet { return slices.Clip(c.wished) }
