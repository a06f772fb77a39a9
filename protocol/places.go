package protocol

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/regimen-go/regimen/internal/document"
)

// Places knows where the values of a protocol file stand. It is for whoever has
// something to say about a place that is no error: [Locate] does the same for errors.
// The zero Places, and nil, know nothing.
type Places struct {
	src  []byte
	file *file
}

// NewPlaces returns the places of a file. One that cannot be read has none. It keeps
// src, which is not to be changed.
func NewPlaces(src []byte) *Places {
	doc := document.Parse("", src)
	if !doc.Root().Exists() {
		return nil
	}
	return &Places{src: src, file: newFile(doc)}
}

// Find returns the line and the column, in characters and both from 1, of the value
// that a place such as "/phases/1/minGap" names: a JSON Pointer. Where the file does
// not have the value it is the position of what has it, and both are 0 where nothing
// is known.
func (p *Places) Find(place string) (line, column int) {
	if p == nil || p.file == nil {
		return 0, 0
	}
	n, _ := p.file.walk(place)
	before := p.src[:min(n.Offset(), len(p.src))]
	start := bytes.LastIndexByte(before, '\n') + 1
	return bytes.Count(before, []byte("\n")) + 1, utf8.RuneCount(before[start:]) + 1
}

// Has reports whether the file has the value that a place names.
func (p *Places) Has(place string) bool {
	if p == nil || p.file == nil || place != "" && !strings.HasPrefix(place, "/") {
		return false
	}
	_, rest := p.file.walk(place)
	return rest == ""
}
