package protocol

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/internal/document"
)

// Apply does the changes to a protocol, which is the one before, at least in meaning and
// in what changes: the result is the one after. The error is an [*Error] for another protocol, or for changes that do not fit
// it, and an [ErrorList] if what comes of it is no protocol that a file can have.
func (d Difference) Apply(a Spec) (Spec, error) {
	if d.IsEmpty() {
		return a.Clone(), nil
	}
	if got := digest(a).String(); got != d.before {
		return Spec{}, &Error{Place: "protocol", Offset: -1, Value: got, Want: "want the protocol that the differences are from, " + d.before, Code: CodeValue, Err: ErrInvalid}
	}
	t, err := treeOf(a)
	if err != nil {
		return Spec{}, err
	}
	if place := d.apply(t); place != "" || !t.settle() {
		return Spec{}, &Error{Place: place, Offset: -1, Want: "want changes of what the protocol has", Code: CodeUnknownRef, Err: ErrInvalid}
	}
	s, err := Parse("", t.append(nil))
	if err != nil {
		return Spec{}, err
	}
	if got := digest(s).String(); got != d.after {
		return Spec{}, &Error{Place: "protocol", Offset: -1, Value: got, Want: "want changes that come to " + d.after, Code: CodeValue, Err: ErrInvalid}
	}
	return s, nil
}

// apply asks every change of the tree. It returns the place of one that does not fit.
func (d Difference) apply(t *tree) string {
	type asked struct {
		change Edit
		of     *tree // what it is about; of something added what is to have it
		value  *tree
		key    string
	}
	list := make([]asked, len(d.changes))
	for i, c := range d.changes {
		// Everything is found before anything moves.
		x := asked{change: c}
		place := c.Place
		if c.Kind == Added {
			at := strings.LastIndexByte(place, '/')
			if at < 0 {
				return "/"
			}
			place, x.key = place[:at], place[at+1:]
		}
		x.of = t.at(place)
		if c.Kind != Removed {
			value, err := readTree([]byte(c.After.json))
			if err != nil {
				return c.Place + "/"
			}
			x.value = value
		}
		if x.of == nil || !c.Before.IsZero() && x.of.value() != c.Before {
			return c.Place + "/"
		}
		list[i] = x
	}
	for _, x := range list {
		switch x.change.Kind {
		case Changed:
			*x.of = *x.value
		case Removed:
			x.of.removed = true
		case Reordered:
			x.of.order = []int{}
			for _, n := range x.value.items {
				i, err := strconv.Atoi(n.text)
				if err != nil {
					return x.change.Place + "/"
				}
				x.of.order = append(x.of.order, i)
			}
		case Added:
			if x.of.kind == document.KindObject {
				x.of.keys, x.of.items = append(x.of.keys, unescaped(x.key)), append(x.of.items, x.value)
				continue
			}
			i, err := strconv.Atoi(x.key)
			if err != nil || i < 0 {
				return x.change.Place + "/"
			}
			x.of.added = append(x.of.added, placedTree{i, x.value})
		default:
			return x.change.Place + "/"
		}
	}
	return ""
}

// differenceJSON is the form of a Difference in JSON.
type differenceJSON struct {
	// Meaning says whether the digests differ.
	Meaning bool   `json:"meaning"`
	Before  string `json:"before"`
	After   string `json:"after"`
	Changes []Edit `json:"changes"`
}

// MarshalJSON returns an object with the digests of both protocols, whether they
// differ ("meaning"), and the changes.
func (d Difference) MarshalJSON() ([]byte, error) {
	changes := d.changes
	if changes == nil {
		changes = []Edit{}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // for the arrows
	err := e.Encode(differenceJSON{d.MeaningChanged(), d.before, d.after, changes})
	return bytes.TrimSpace(b.Bytes()), err
}

// UnmarshalJSON reads what [Difference.MarshalJSON] writes. Whether it fits a protocol
// [Difference.Apply] says. On an error d is unchanged.
func (d *Difference) UnmarshalJSON(src []byte) error {
	var form differenceJSON
	if err := json.Unmarshal(src, &form); err != nil {
		return err
	}
	for i, c := range form.Changes {
		if c.Kind < Changed || c.Kind > Reordered {
			return &Error{Place: "/changes/" + strconv.Itoa(i) + "/kind", Offset: -1, Want: "want " + either(wordsOf(Reordered)), Code: CodeMissing, Err: ErrInvalid}
		}
	}
	if len(form.Changes) == 0 && form.Before != form.After {
		return &Error{Place: "/changes", Offset: -1, Want: "want at least one change: the digests differ", Code: CodeMissing, Err: ErrInvalid}
	}
	if len(form.Changes) == 0 {
		form.Changes = nil
	}
	*d = Difference{form.Before, form.After, form.Changes}
	return nil
}
