package protocol

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/internal/document"
)

// A Value is a value of a protocol file, as JSON. The zero Value is none.
type Value struct{ json string }

// IsZero reports whether there is no value.
func (v Value) IsZero() bool { return v.json == "" }

// String returns a text as it is, and the JSON of anything else.
func (v Value) String() string {
	var text string
	if json.Unmarshal([]byte(v.json), &text) == nil {
		return text
	}
	return v.json
}

// MarshalJSON returns the value.
func (v Value) MarshalJSON() ([]byte, error) {
	if v.json == "" {
		return []byte("null"), nil
	}
	return []byte(v.json), nil
}

// UnmarshalJSON takes any value.
func (v *Value) UnmarshalJSON(src []byte) error {
	n, err := readTree(src)
	if err != nil {
		return err
	}
	*v = n.value()
	return nil
}

// A tree is a value of a file, to be compared and changed.
type tree struct {
	kind    document.Kind
	text    string   // of a text, a number or a bool
	keys    []string // of an object, as many as items
	items   []*tree  // of an object or a list
	removed bool
	added   []placedTree // to a list, by position
	order   []int        // of the items that stay, where it is another
}

type placedTree struct {
	at   int
	tree *tree
}

// treeOf returns the file of a protocol.
func treeOf(s Spec) (*tree, error) {
	src := Format(s)
	if _, err := Parse("", src); err != nil {
		return nil, err
	}
	return readTree(src)
}

func readTree(src []byte) (*tree, error) {
	doc := document.ParseValue(src)
	if err := doc.Err(); err != nil {
		return nil, err
	}
	return treeOfNode(doc.Root()), nil
}

func treeOfNode(n document.Node) *tree {
	t := &tree{kind: n.Kind()}
	switch t.kind {
	case document.KindObject:
		for key, value := range n.Members() {
			t.keys, t.items = append(t.keys, key.Text()), append(t.items, treeOfNode(value))
		}
	case document.KindList:
		for _, item := range n.Items() {
			t.items = append(t.items, treeOfNode(item))
		}
	case document.KindText:
		t.text = n.Text()
	case document.KindNumber:
		t.text = n.Number()
	case document.KindBool:
		t.text = strconv.FormatBool(n.Bool())
	}
	return t
}

// member returns the value of a key, nil where there is none.
func (t *tree) member(key string) *tree {
	if i := slices.Index(t.keys, key); i >= 0 {
		return t.items[i]
	}
	return nil
}

// textOf returns the text of a member, "" where there is none.
func (t *tree) textOf(key string) string {
	if m := t.member(key); m != nil {
		return m.text
	}
	return ""
}

func (t *tree) equal(u *tree) bool {
	return t.kind == u.kind && t.text == u.text && slices.Equal(t.keys, u.keys) && slices.EqualFunc(t.items, u.items, (*tree).equal)
}

// value returns the JSON of a tree.
func (t *tree) value() Value { return Value{string(t.append(nil))} }

func (t *tree) append(b []byte) []byte {
	open, shut := byte('['), byte(']')
	switch t.kind {
	case document.KindObject:
		open, shut = '{', '}'
	case document.KindList:
	case document.KindText:
		return appendQuoted(b, t.text)
	default:
		return append(b, t.text...)
	}
	b = append(b, open)
	for i, item := range t.items {
		if i > 0 {
			b = append(b, ',')
		}
		if t.kind == document.KindObject {
			b = append(appendQuoted(b, t.keys[i]), ':')
		}
		b = item.append(b)
	}
	return append(b, shut)
}

func appendQuoted(b []byte, s string) []byte {
	quoted, _ := json.Marshal(s) // a text has JSON
	return append(b, quoted...)
}

// at returns the value that a pointer leads to, nil where there is none.
func (t *tree) at(pointer string) *tree {
	for segment := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		if pointer == "" || t == nil {
			return t
		}
		if t.kind == document.KindList {
			i, err := strconv.Atoi(segment)
			if err != nil || i < 0 || i >= len(t.items) {
				return nil
			}
			t = t.items[i]
			continue
		}
		t = t.member(unescaped(segment))
	}
	return t
}

func unescaped(segment string) string {
	return strings.NewReplacer("~1", "/", "~0", "~").Replace(segment)
}

// settle does what changes have asked of a tree and everything in it.
func (t *tree) settle() bool {
	if t.order != nil {
		items := make([]*tree, 0, len(t.items))
		for _, i := range t.order {
			if i < 0 || i >= len(t.items) || slices.Contains(items, t.items[i]) {
				return false
			}
			items = append(items, t.items[i])
		}
		for _, item := range t.items {
			if !item.removed && !slices.Contains(items, item) {
				return false
			}
		}
		t.items = items
	}
	keys, items := t.keys[:0:0], t.items[:0:0]
	for i, item := range t.items {
		if item.removed {
			continue
		}
		if !item.settle() {
			return false
		}
		if t.kind == document.KindObject {
			keys = append(keys, t.keys[i])
		}
		items = append(items, item)
	}
	t.keys, t.items = keys, items
	slices.SortStableFunc(t.added, func(a, b placedTree) int { return a.at - b.at })
	for _, add := range t.added {
		if add.at > len(t.items) {
			return false
		}
		t.items = slices.Insert(t.items, add.at, add.tree)
	}
	return true
}
