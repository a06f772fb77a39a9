package protocol

import (
	"strconv"
	"strings"
)

// A Difference is what has to be done to one protocol to have another: what a reviewer
// reads, as text or JSON, and what [Difference.Apply] does. The zero Difference is
// none.
type Difference struct {
	before, after string // the digests
	changes       []Edit
}

// An Edit is one thing that differs.
type Edit struct {
	// Kind is what is done.
	Kind EditKind `json:"kind"`
	// Place is the JSON Pointer of what it is done to: in the file of the protocol
	// before, but for the last number in that of something added to a list, which is
	// its position afterwards.
	Place string `json:"place"`
	// Text says it for people: "phase induction, week 2: 2 sessions -> 3". It may
	// change between versions.
	Text string `json:"text"`
	// Before and After are the values as files have them: "60 mg", or the JSON of
	// anything that is no text. Of a list that is ordered anew After has the
	// positions before, in their new order.
	Before Value `json:"before,omitzero"`
	After  Value `json:"after,omitzero"`
}

// String returns the text of the change.
func (c Edit) String() string { return c.Text }

// An EditKind is what is done to a value. The zero EditKind is invalid.
type EditKind uint8

// The kinds of change.
const (
	Changed   EditKind = iota + 1 // from one value to another
	Added                         // a member of an object, or of a list
	Removed                       // likewise
	Reordered                     // a list, the members that stay
)

// String returns "changed", "added", "removed" or "reordered".
func (k EditKind) String() string {
	switch k {
	case Changed:
		return "changed"
	case Added:
		return "added"
	case Removed:
		return "removed"
	case Reordered:
		return "reordered"
	default:
		return "%!EditKind(" + strconv.Itoa(int(k)) + ")"
	}
}

// ParseEditKind reads what [EditKind.String] writes. The error is an [*Error].
func ParseEditKind(s string) (EditKind, error) { return parseWord("kind", s, Reordered) }

// MarshalText returns what [EditKind.String] returns; the error is an [*Error].
func (k EditKind) MarshalText() ([]byte, error) { return marshalWord("kind", k, Reordered) }

// UnmarshalText reads what [ParseEditKind] reads, and "" as the zero EditKind. On
// an error k is unchanged.
func (k *EditKind) UnmarshalText(text []byte) error {
	return unmarshalWord(k, text, ParseEditKind)
}

// Diff returns what has to be done to a to have b. It is empty exactly if both say the
// same in the same words. Lists are compared by what their members are called, so that
// one more phase, or another order, is one change and not many.
//
// Both have to be protocols that a file can have: the error is the [ErrorList] with
// which [Parse] refuses the file of one that is not. Parameters need no values.
func Diff(a, b Spec) (Difference, error) {
	before, err := treeOf(a)
	if err != nil {
		return Difference{}, err
	}
	after, err := treeOf(b)
	if err != nil {
		return Difference{}, err
	}
	d := differ{}
	d.compare("", nil, "", before, after)
	if len(d.changes) == 0 {
		return Difference{}, nil
	}
	return Difference{before: digest(a).String(), after: digest(b).String(), changes: d.changes}, nil
}

// IsEmpty reports whether nothing differs.
func (d Difference) IsEmpty() bool { return len(d.changes) == 0 }

// MeaningChanged reports whether the digests differ: plans made by the two are said to
// follow different protocols. Other wording alone does not change a [Digest].
func (d Difference) MeaningChanged() bool { return d.before != d.after }

// Edits returns what differs, in the order of the file.
func (d Difference) Edits() []Edit { return append([]Edit(nil), d.changes...) }

// String returns one line for each change.
func (d Difference) String() string {
	var b strings.Builder
	for _, c := range d.changes {
		b.WriteString(c.Text)
		b.WriteByte('\n')
	}
	return b.String()
}
