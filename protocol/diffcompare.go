package protocol

import (
	"slices"
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/internal/document"
)

// A differ collects changes.
type differ struct{ changes []Edit }

func (d *differ) add(kind EditKind, place, text string, before, after *tree) {
	c := Edit{Kind: kind, Place: place, Text: text}
	if before != nil {
		c.Before = before.value()
	}
	if after != nil {
		c.After = after.value()
	}
	d.changes = append(d.changes, c)
}

// compare compares what two files have at a place. Where says what has it, for people,
// and key is its own.
func (d *differ) compare(place string, where []string, key string, a, b *tree) {
	switch {
	case a.equal(b):
	case a.kind == document.KindObject && b.kind == document.KindObject:
		d.objects(place, where, a, b)
	case a.kind == document.KindList && b.kind == document.KindList:
		d.lists(place, where, key, a, b)
	default:
		d.add(Changed, place, changeText(where, key, a, b), a, b)
	}
}

func (d *differ) objects(place string, where []string, a, b *tree) {
	for i, key := range a.keys {
		at := place + "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(key)
		switch other := b.member(key); {
		case other != nil:
			d.compare(at, where, key, a.items[i], other)
		case a.items[i].kind == document.KindList && len(a.items[i].items) > 0:
			d.lists(at, where, key, a.items[i], &tree{kind: document.KindList})
		default:
			d.add(Removed, at, changeText(where, key, a.items[i], nil), a.items[i], nil)
		}
	}
	for i, key := range b.keys {
		if a.member(key) == nil {
			at := place + "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(key)
			d.add(Added, at, addedText(where, key, b.items[i]), nil, b.items[i])
		}
	}
}

// lists compares two lists, member by member of the same name.
func (d *differ) lists(place string, where []string, key string, a, b *tree) {
	pairs := paired(key, a, b) // for each of a, the position in b or -1
	at := func(i int) string { return place + "/" + strconv.Itoa(i) }
	var order []int // positions in a, in the order of b
	for j := range b.items {
		if i := slices.Index(pairs, j); i >= 0 {
			order = append(order, i)
		}
	}
	if !slices.IsSorted(order) {
		names := &tree{kind: document.KindList}
		for _, i := range order {
			names.items = append(names.items, &tree{kind: document.KindNumber, text: strconv.Itoa(i)})
		}
		var called []string
		for _, i := range order {
			called = append(called, memberName(key, a.items[i]))
		}
		d.add(Reordered, place, strings.Join(append(slices.Clip(where), "order of "+plainKey(key)+": "+cut(strings.Join(called, ", "))), ", "), nil, names)
	}
	for i, item := range a.items {
		named := append(slices.Clip(where), memberName(key, item))
		switch j := pairs[i]; {
		case j < 0:
			d.add(Removed, at(i), strings.Join(named, ", ")+" removed", item, nil)
		case item.kind == document.KindObject && b.items[j].kind == document.KindObject:
			d.compare(at(i), named, "", item, b.items[j])
		case !item.equal(b.items[j]):
			d.add(Changed, at(i), changeText(where, memberKey(key), item, b.items[j]), item, b.items[j])
		}
	}
	for j, item := range b.items {
		if !slices.Contains(pairs, j) {
			d.add(Added, at(j), strings.Join(append(slices.Clip(where), memberName(key, item)), ", ")+" added"+summary(key, item), nil, item)
		}
	}
}

// paired returns, for each member of a list, the one that it has become in another:
// that of the same name or, of the rest, one that is alike.
func paired(key string, a, b *tree) []int {
	pairs := slices.Repeat([]int{-1}, len(a.items))
	taken := make([]bool, len(b.items))
	names := map[string][]int{}
	for j, item := range b.items {
		id := identity(key, item)
		names[id] = append(names[id], j)
	}
	pair := func(i, j int) { pairs[i], taken[j] = j, true }
	for i, item := range a.items {
		if id := identity(key, item); len(names[id]) > 0 {
			pair(i, names[id][0])
			names[id] = names[id][1:]
		}
	}
	var left, free []int
	for i, j := range pairs {
		if j < 0 {
			left = append(left, i)
		}
	}
	for j := range b.items {
		if !taken[j] {
			free = append(free, j)
		}
	}
	for n, i := range left {
		switch {
		case a.items[i].kind != document.KindObject && len(left) == len(free):
			pair(i, free[n])
		case a.items[i].kind == document.KindObject:
			for _, j := range free {
				if !taken[j] && alike(a.items[i], b.items[j]) {
					pair(i, j)
					break
				}
			}
		}
	}
	return pairs
}

// alike reports whether at least half of the members of two objects are the same.
func alike(a, b *tree) bool {
	same := 0
	for i, key := range a.keys {
		if other := b.member(key); other != nil && other.equal(a.items[i]) {
			same++
		}
	}
	return b.kind == document.KindObject && 2*same >= max(len(a.keys), len(b.keys))
}

// identity returns what tells a member of a list apart.
func identity(key string, t *tree) string {
	if t.kind != document.KindObject {
		return t.text
	}
	var id strings.Builder
	for _, part := range identityKeys(key) {
		id.WriteString(t.textOf(part) + "\x00")
	}
	return id.String()
}

func identityKeys(key string) []string {
	switch key {
	case "phases", "parts", "parameters", "gates", "followUps", "monitoring", "companions", "beside":
		return []string{"name"}
	case "sources":
		return []string{"key"}
	case "contraindications", "tasks":
		return []string{"text"}
	case "labels":
		return []string{"region", "status"}
	case "steps":
		return []string{"from", "condition"}
	case "later":
		return []string{"from"}
	case "outcomes":
		return []string{"when"}
	case "missed":
		return []string{"phase", "condition"}
	case "missedDoses":
		return []string{"from", "to", "condition"}
	case "cumulative":
		return []string{"per"}
	case "before":
		return []string{"phase", "from"}
	case "facts":
		return []string{"says"}
	default:
		return nil
	}
}
