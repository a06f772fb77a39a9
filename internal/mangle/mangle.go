// Package mangle lets a fuzz target see many more texts than its seeds, in one process and quickly: each seed,
// and texts that are nearly it. Go's own fuzzing follows the coverage of the code and finds what no seed is
// near to, but runs far fewer inputs in the same time. Only tests import it.
//
//	go test -v -run '^Fuzz' ./dose -mangle=20000
//
// runs every target of a package with each seed and 20,000 texts made from it. The same flags make the same texts.
package mangle

import (
	"flag"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
)

var (
	count = flag.Int("mangle", 0, "fuzz targets: so many texts made from each seed")
	seed  = flag.Uint64("mangleseed", 1, "fuzz targets: seed of the texts made")
)

// Target returns what a fuzz target is to run: fn as it is or, with the flag -mangle, a function of the same type
// that calls fn with its arguments and then with arguments made from them. The first parameter of fn is a
// *testing.T; those of type string and []byte and the integers and booleans after it are made. Where fn fails or
// panics, the arguments are in the log.
func Target[F any](fn F) F {
	if *count == 0 {
		return fn
	}
	return repeated(fn, *count, *seed)
}

func repeated[F any](fn F, n int, seed uint64) F {
	call := reflect.ValueOf(fn)
	var m maker
	return reflect.MakeFunc(call.Type(), func(args []reflect.Value) []reflect.Value {
		t := args[0].Interface().(*testing.T)
		call.Call(args)
		m.begin(args[1:], seed)
		for i := range n {
			made := append([]reflect.Value{args[0]}, m.make(args[1:])...)
			try(t, i, call, made)
		}
		t.Logf("%d executions", n+1)
		return nil
	}).Interface().(F)
}

// try calls fn, and tells of what it was called with where it does not return or the test has failed.
func try(t *testing.T, i int, call reflect.Value, args []reflect.Value) {
	returned := false
	defer func() {
		if returned && !t.Failed() {
			return
		}
		var b strings.Builder
		for _, a := range args[1:] {
			if text, ok := textOf(a); ok {
				fmt.Fprintf(&b, " %q", text)
			} else {
				fmt.Fprintf(&b, " %v", a.Interface())
			}
		}
		t.Fatalf("with the text %d made from this seed:%s", i+1, b.String())
	}()
	call.Call(args)
	returned = true
}

// maker makes texts that are nearly those it has seen.
type maker struct {
	rand *rand.Rand
	pool [][]byte // texts of all seeds so far
	last [][]byte // the text made last for each argument
}

const (
	poolSize = 200
	longest  = 1 << 16 // bytes of a text made
)

func (m *maker) begin(args []reflect.Value, seed uint64) {
	h := fnv.New64a()
	m.last = make([][]byte, len(args))
	for i, a := range args {
		if text, ok := textOf(a); ok {
			h.Write(text)
			if len(m.pool) < poolSize {
				m.pool = append(m.pool, text)
			}
			m.last[i] = text
		}
	}
	m.rand = rand.New(rand.NewPCG(seed, h.Sum64()))
}

func textOf(v reflect.Value) ([]byte, bool) {
	switch {
	case v.Kind() == reflect.String:
		return []byte(v.String()), true
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Uint8:
		return append([]byte(nil), v.Bytes()...), true
	}
	return nil, false
}

// make returns arguments like those of the seed, a few changes away from it or from what was made last.
func (m *maker) make(seed []reflect.Value) []reflect.Value {
	again := m.rand.IntN(4) > 0 // from the seed, not from what was made of it
	made := make([]reflect.Value, len(seed))
	for i, a := range seed {
		v := reflect.New(a.Type()).Elem()
		text, ok := textOf(a)
		switch {
		case ok:
			if !again && len(m.last[i]) < longest {
				text = append([]byte(nil), m.last[i]...)
			}
			for range 1 + m.rand.IntN(4) {
				text = m.change(text)
			}
			m.last[i] = text
			if a.Kind() == reflect.String {
				v.SetString(string(text))
			} else {
				v.SetBytes(append([]byte(nil), text...))
			}
		case a.CanInt():
			v.SetInt(int64(m.rand.Uint64() >> m.rand.IntN(64)))
		case a.CanUint():
			v.SetUint(m.rand.Uint64() >> m.rand.IntN(64))
		case a.Kind() == reflect.Bool:
			v.SetBool(m.rand.IntN(2) == 0)
		default:
			v.Set(a)
		}
		made[i] = v
	}
	return made
}

// odd are pieces at which readers of texts stumble.
var odd = strings.Split(`0|1|9|-|+|.|,|;|:|/|(|)|[|]|{|}|"|\|'|#|%|*|=|?| |  |00|-0|0.|.5|1e9|99999999999999999999|0.000000000000000001|2147483648|9223372036854775808|null|true|[]|{}|""|\u0000|\ud800|`+
	"\n|\r\n|\t|\x00|\x7f|\xff|\xc3|\xe2\x80\x8b|\u00b5|\u03bc|\u2212|\u202e|\ufeff|\u0660|K|ſ|mg|kg|mcg|0000-00-00|2024-02-29|2023-02-29|9999-12-31|24:00|23:60|PT1H|Z|+14:00", "|")

// change returns text with one change. It may use text's room.
func (m *maker) change(text []byte) []byte {
	n := len(text)
	if n == 0 {
		return append(text, m.piece()...)
	}
	from := m.rand.IntN(n)
	to := from + 1 + m.rand.IntN(min(n-from, 1+m.rand.IntN(32)))
	switch m.rand.IntN(9) {
	case 0: // one byte is another
		text[from] = byte(m.rand.Uint32())
	case 1: // one bit is another
		text[from] ^= 1 << m.rand.IntN(8)
	case 2: // a part is gone
		return append(text[:from], text[to:]...)
	case 3: // a part is there twice
		return splice(text, to, to, text[from:to])
	case 4: // a piece is put in
		return splice(text, from, from, m.piece())
	case 5: // a piece takes the place of a part
		return splice(text, from, to, m.piece())
	case 6: // the end is gone
		return text[:from]
	case 7: // two parts change places
		other := m.rand.IntN(n)
		size := min(to-from, n-other)
		for i := range size {
			text[from+i], text[other+i] = text[other+i], text[from+i]
		}
	case 8: // a number is another
		at := from
		for at < n && (text[at] < '0' || text[at] > '9') {
			at++
		}
		end := at
		for end < n && text[end] >= '0' && text[end] <= '9' {
			end++
		}
		return splice(text, at, end, fmt.Appendf(nil, "%d", m.rand.Uint64()>>m.rand.IntN(64)))
	}
	return text
}

// piece returns something odd, or a part of a text of another seed.
func (m *maker) piece() []byte {
	if len(m.pool) == 0 || m.rand.IntN(2) == 0 {
		return []byte(odd[m.rand.IntN(len(odd))])
	}
	text := m.pool[m.rand.IntN(len(m.pool))]
	if len(text) == 0 {
		return nil
	}
	from := m.rand.IntN(len(text))
	return text[from : from+1+m.rand.IntN(min(len(text)-from, 64))]
}

// splice returns text with piece in the place of what is between from and to.
func splice(text []byte, from, to int, piece []byte) []byte {
	spliced := make([]byte, 0, len(text)-(to-from)+len(piece))
	spliced = append(append(spliced, text[:from]...), piece...)
	return append(spliced, text[to:]...)
}
