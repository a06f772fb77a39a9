package protocol

import (
	"iter"
	"slices"
)

// A Cadence says how often sessions take place: segments in order, such as
// "3-2-1-1-1 then every 4w". It is immutable; the package documentation has the
// notation. The zero Cadence means that none is stated; its text is "".
type Cadence struct {
	segments []Segment
	asNeeded bool
}

// MustCadence is like [ParseCadence] but panics on an error. It is for constants
// and tests.
func MustCadence(s string) Cadence {
	c, err := ParseCadence(s)
	if err != nil {
		panic(err)
	}
	return c
}

// IsZero reports whether no cadence is stated.
func (c Cadence) IsZero() bool { return len(c.segments) == 0 && !c.asNeeded }

// Len returns the number of segments, "as needed" not counted.
func (c Cadence) Len() int { return len(c.segments) }

// Segments returns the segments in order with their positions from 0.
func (c Cadence) Segments() iter.Seq2[int, Segment] { return slices.All(c.segments) }

// AsNeeded reports whether the cadence ends in "as needed".
func (c Cadence) AsNeeded() bool { return c.asNeeded }

// Sessions returns the number of planned sessions; ok is false where the
// cadence has no end.
func (c Cadence) Sessions() (n int, ok bool) {
	for _, s := range c.segments {
		k, finite := s.Sessions()
		if !finite {
			return 0, false
		}
		n += k
	}
	return n, true
}

// Endless reports whether the last segment has no end, so that a plan needs a
// last day of its own.
func (c Cadence) Endless() bool {
	n := len(c.segments)
	return n > 0 && c.segments[n-1].Endless()
}

// Equal reports whether c and d are the same cadence, which is when their texts
// are the same.
func (c Cadence) Equal(d Cadence) bool {
	return c.asNeeded == d.asNeeded && slices.EqualFunc(c.segments, d.segments, Segment.Equal)
}

// compare orders two cadences that differ in nothing but how long the last
// segment goes on. Without end is longest.
func (c Cadence) compare(d Cadence) (order int, ok bool) {
	n := len(c.segments)
	if n == 0 || n != len(d.segments) || c.asNeeded != d.asNeeded || !slices.EqualFunc(c.segments[:n-1], d.segments[:n-1], Segment.Equal) {
		return 0, c.Equal(d)
	}
	return c.segments[n-1].compare(d.segments[n-1])
}

// String returns the canonical text, which [ParseCadence] reads back.
func (c Cadence) String() string { return string(c.append(make([]byte, 0, 96))) }

// AppendText appends the canonical text. It never fails.
func (c Cadence) AppendText(b []byte) ([]byte, error) { return c.append(b), nil }

// MarshalText returns the canonical text. It never fails.
func (c Cadence) MarshalText() ([]byte, error) { return c.append(nil), nil }

// UnmarshalText reads what [ParseCadence] reads, and "" as the zero Cadence.
func (c *Cadence) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*c = Cadence{}
		return nil
	}
	parsed, err := ParseCadence(string(text))
	if err != nil {
		return err
	}
	*c = parsed
	return nil
}

func (c Cadence) append(b []byte) []byte {
	for i, s := range c.segments {
		if i > 0 {
			b = append(b, " then "...)
		}
		b = s.append(b)
	}
	if c.asNeeded {
		if len(c.segments) > 0 {
			b = append(b, " then "...)
		}
		b = append(b, "as needed"...)
	}
	return b
}
