package main

import (
	"bytes"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/regimen-go/regimen/dose"
)

// width is the number of columns that the output keeps to.
const width = 80

// A style is how a piece of text looks. Colours only repeat what the characters
// say.
type style string

const (
	plain   style = ""
	bold    style = "1"
	dim     style = "2"
	visit   style = "1;32"
	moved   style = "1;33"
	warning style = "1;31"
)

// A span is a piece of a line in one style.
type span struct {
	text  string
	style style
}

// A page collects lines.
type page struct {
	out     *bytes.Buffer
	colours bool
}

// line writes spans and ends the line, without spaces at its end.
func (p *page) line(spans ...span) {
	for len(spans) > 0 && strings.Trim(spans[len(spans)-1].text, " ") == "" {
		spans = spans[:len(spans)-1]
	}
	for i, s := range spans {
		if i == len(spans)-1 {
			s.text = strings.TrimRight(s.text, " ")
		}
		if p.colours && s.style != plain {
			s.text = "\x1b[" + string(s.style) + "m" + s.text + "\x1b[0m"
		}
		p.out.WriteString(s.text)
	}
	p.out.WriteByte('\n')
}

// text writes a paragraph, its first line after a label and the others under it.
func (p *page) text(label, text string, style style) {
	indent := utf8.RuneCountInString(label)
	for _, s := range wrap(text, width-indent) {
		p.line(span{label, plain}, span{s, style})
		label = strings.Repeat(" ", indent)
	}
}

// heading writes the title of a part after an empty line.
func (p *page) heading(text string) {
	p.line()
	p.line(span{text, bold})
}

// wrap breaks a text into lines of at most so many columns: between words, and
// inside a word that is longer than a line.
func wrap(text string, columns int) []string {
	var lines []string
	line := ""
	for word := range strings.SplitSeq(glue(text), " ") {
		for n := utf8.RuneCountInString(word); n > columns; n = utf8.RuneCountInString(word) {
			if line != "" {
				lines, line = append(lines, line), ""
			}
			at := breakIn(word, columns)
			lines = append(lines, word[:at])
			word = word[at:]
		}
		switch {
		case line == "":
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= columns:
			line += " " + word
		default:
			lines, line = append(lines, line), word
		}
	}
	lines = append(lines, line)
	for i := range lines {
		lines[i] = strings.ReplaceAll(lines[i], glued, " ")
	}
	return lines
}

// glued is a space at which no line ends.
const glued = "\u00a0"

// glue keeps together what is misread apart: a number and its unit, a weekday
// and its date.
func glue(text string) string {
	text = dose.Display{NoBreak: true}.Text(sentence(text))
	for day := range time.Weekday(7) {
		name := weekdayText(day)
		for _, century := range []string{"19", "20", "21", "22"} {
			text = strings.ReplaceAll(text, name+" "+century, name+glued+century)
		}
	}
	return text
}

// A sentence is a text that has a String method.
type sentence string

func (s sentence) String() string { return string(s) }

// breakIn returns where to break a word that is longer than a line: after a
// hyphen or a comma, if there is one, as in a cadence of many weeks.
func breakIn(word string, columns int) int {
	at := 0
	for range columns {
		_, size := utf8.DecodeRuneInString(word[at:])
		at += size
	}
	if sign := strings.LastIndexAny(word[:at], "-,"); sign > 0 {
		return sign + 1
	}
	return at
}
