package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

// largestFile is more than any file that the library reads may have: it refuses
// the rest with the size that it wants.
const largestFile = 1<<20 + 1

// readFile reads a file of the machine, and no more of it than matters.
func readFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, largestFile))
}

// isPath reports whether a text can only be meant as the name of a file. A
// cadence may have a slash in it, such as 2/wk.
func isPath(s string) bool {
	return strings.HasSuffix(s, ".json") || filepath.IsAbs(s) || strings.HasPrefix(s, "./") || strings.HasPrefix(s, "../")
}

// source reads the file that a flag names.
func (r *reader) source(flag string) (src []byte, ok bool) {
	name := r.text(flag)
	src, err := r.around.file(name)
	if err == nil {
		return src, true
	}
	why := err.Error()
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		why = e.Err.Error()
	}
	r.refuse(flag, name, "want a file that can be read: "+why)
	return nil, false
}

// beside refuses the flags that a file decides.
func (r *reader) beside(file, says string, flags []string) {
	for _, flag := range flags {
		if r.given(flag) {
			r.refuse(flag, r.text(flag), "want none beside "+file+", which "+says)
		}
	}
}

// A place is where in which file a value stands; line is 0 where the value is
// not in a file.
type place struct {
	file    string
	line    int
	pointer string
}

// String returns file, line and place as far as they are known.
func (p place) String() string {
	s := cut(p.file, 200)
	if p.line > 0 {
		s += ":" + strconv.Itoa(p.line)
	}
	if p.pointer != "" {
		s += ": " + p.pointer
	}
	return s
}

// wrong adds a problem of a value in a file: what was found there, as it is
// shown, what was wanted and the code of that.
func (p *problems) wrong(flag string, at place, found, want, code string) {
	text := at.String() + ": "
	if found != "" {
		text += "found " + found + ", "
	}
	if !strings.HasPrefix(want, "want ") {
		text += "want "
	}
	text += want
	if code != "" {
		text += " [" + code + "]"
	}
	p.say(flag, oneLine(text))
}

// file adds every problem of a file that a flag names.
func (r *reader) file(flag string, err error) {
	name := r.text(flag)
	if list, ok := errors.AsType[protocol.ErrorList](err); ok {
		for _, e := range list {
			found, want := e.Value, e.Want
			if e.Line == 0 && found != "" {
				found = quote(found)
			}
			if e.Code == protocol.CodeUnset {
				want += "; -set NAME=VALUE gives one"
			}
			r.wrong(flag, place{name, e.Line, e.Place}, found, want, string(e.Code))
		}
		return
	}
	if list, ok := errors.AsType[*schedule.FileProblems](err); ok {
		for _, e := range list.Kept() {
			want := e.Want
			if want == "" && e.Err != nil {
				want = wanted(e.Err)
			}
			r.wrong(flag, place{name, e.Line, e.Pointer}, e.Found, want, e.Code)
		}
		if more := list.More(); more > 0 {
			r.say(flag, place{file: name}.String()+": and "+count(more, "problem")+" more")
		}
		return
	}
	for _, e := range flatten(err) {
		r.say(flag, oneLine(place{file: name}.String()+": "+e.Error()))
	}
}

// lineOf returns the line on which the value at a JSON Pointer stands, or that of
// what should have it.
func lineOf(src []byte, pointer string) int {
	d := json.NewDecoder(bytes.NewReader(src))
	return 1 + bytes.Count(src[:offsetOf(d, src, strings.Split(pointer, "/")[1:])], []byte("\n"))
}

// offsetOf returns the offset of the value at a path in the value that d reads
// next.
func offsetOf(d *json.Decoder, src []byte, path []string) int64 {
	at := d.InputOffset()
	for at < int64(len(src)) && strings.IndexByte(" \t\r\n,:", src[at]) >= 0 {
		at++
	}
	open, err := d.Token()
	if len(path) == 0 || err != nil {
		return at
	}
	for i := 0; d.More() && (open == json.Delim('{') || open == json.Delim('[')); i++ {
		key := strconv.Itoa(i)
		if open == json.Delim('{') {
			name, err := d.Token()
			if err != nil {
				return at
			}
			key = fmt.Sprint(name)
		}
		if key == path[0] {
			return offsetOf(d, src, path[1:])
		}
		var skipped json.RawMessage
		if d.Decode(&skipped) != nil {
			return at
		}
	}
	return at
}
