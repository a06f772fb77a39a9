package ical

import (
	"math/bits"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
)

const (
	crlf = "\r\n"
	// longest is the length of a line in octets, without its end.
	longest = 75
)

// lines appends content lines to b.
type lines struct {
	b     []byte
	start int    // where the current line begins
	long  []byte // a line that is being folded
}

// lit appends lines that need neither escaping nor folding.
func (l *lines) lit(s string) {
	l.b = append(append(l.b, s...), crlf...)
	l.start = len(l.b)
}

// begin appends what a line begins with.
func (l *lines) begin(s string) {
	l.start = len(l.b)
	l.b = append(l.b, s...)
}

// end ends the current line, folded where it is long: never inside a character,
// nor after a backslash that belongs to the next one.
func (l *lines) end() {
	if len(l.b)-l.start > longest {
		l.fold()
	}
	l.b = append(l.b, crlf...)
	l.start = len(l.b)
}

func (l *lines) fold() {
	l.long = append(l.long[:0], l.b[l.start:]...)
	l.b = l.b[:l.start]
	rest, room := l.long, longest
	for len(rest) > room {
		n := room
		for !utf8.RuneStart(rest[n]) {
			n--
		}
		if escapes(rest[:n]) {
			n--
		}
		l.b = append(append(l.b, rest[:n]...), crlf+" "...)
		rest, room = rest[n:], longest-1
	}
	l.b = append(l.b, rest...)
}

// escapes reports whether a part of a line ends in a backslash that is not
// escaped itself.
func escapes(b []byte) bool {
	n := len(b)
	for n > 0 && b[n-1] == '\\' {
		n--
	}
	return (len(b)-n)%2 == 1
}

// property appends a line with a text.
func (l *lines) property(name, text string) {
	l.begin(name)
	l.b = appendText(append(l.b, ':'), text)
	l.end()
}

// appendText appends s as the value of a TEXT property.
func appendText(b []byte, s string) []byte {
	for {
		n := plain(s)
		b = append(b, s[:n]...)
		if n == len(s) {
			return b
		}
		s = s[n:]
		r, size := clean(s)
		s = s[size:]
		switch r {
		case '\n':
			b = append(b, `\n`...)
		case '\\', ';', ',':
			b = append(b, '\\', byte(r))
		case dropped:
		default:
			b = utf8.AppendRune(b, r)
		}
	}
}

// plain returns how much of the beginning of s stands for itself in a text. Most
// of what texts have it sees without decoding, since it looks at every byte of a
// file.
func plain(s string) int {
	i := 0
	for i < len(s) {
		if s[i] < utf8.RuneSelf {
			i = plainASCII(s, i)
			if i == len(s) || s[i] < utf8.RuneSelf {
				break
			}
		}
		// Characters of two and of three bytes, but for those that begin with
		// 0xc2, 0xe0 to 0xe2 and from 0xed on, of which some are not plain.
		for i+1 < len(s) && s[i]-0xc3 <= 0xdf-0xc3 && s[i+1]&0xc0 == 0x80 {
			i += 2
		}
		for i+2 < len(s) && s[i]-0xe3 <= 0xec-0xe3 && s[i+1]&0xc0 == 0x80 && s[i+2]&0xc0 == 0x80 {
			i += 3
		}
		if i == len(s) || s[i] < utf8.RuneSelf {
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError || r < 0xa0 || r == 0x2028 || r == 0x2029 || r == 0xfeff {
			break
		}
		i += size
	}
	return i
}

// plainASCII returns where in s, from i on, the first byte is that does not stand
// for itself or is not ASCII. It looks at eight bytes at once: a byte of a sum or
// difference below has its highest bit set where that is so of the byte, or, after
// a carry, of an earlier one.
func plainASCII(s string, i int) int {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	for ; i+8 <= len(s); i += 8 {
		b := s[i : i+8]
		x := uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
			uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
		comma, semicolon, backslash := x^ones*',', x^ones*';', x^ones*'\\'
		special := (x | (x + ones) | (x - ones*' ') | (comma - ones) | (semicolon - ones) | (backslash - ones)) & high
		if special != 0 {
			return i + bits.TrailingZeros64(special)/8
		}
	}
	for i < len(s) && ' ' <= s[i] && s[i] < 0x7f && s[i] != ',' && s[i] != ';' && s[i] != '\\' {
		i++
	}
	return i
}

// appendQuoted appends s as a quoted parameter value, with the escapes of RFC
// 6868.
func appendQuoted(b []byte, s string) []byte {
	b = append(b, '"')
	for i := 0; i < len(s); {
		r, size := clean(s[i:])
		i += size
		switch r {
		case '\n':
			b = append(b, `^n`...)
		case '"':
			b = append(b, `^'`...)
		case '^':
			b = append(b, `^^`...)
		case dropped:
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}

// dropped stands for a character that is not written.
const dropped = -1

// clean returns the first character of s as it is written and the bytes that it
// takes: '\n' for every kind of line break, a blank for a tab, dropped for any
// other control character and for the mark of the byte order.
func clean(s string) (r rune, size int) {
	r, size = utf8.DecodeRuneInString(s)
	switch {
	case r == '\r' && len(s) > 1 && s[1] == '\n':
		return '\n', 2
	case r == '\n', r == '\r', r == '\v', r == '\f', r == 0x85, r == 0x2028, r == 0x2029:
		return '\n', size
	case r == '\t':
		return ' ', size
	case r < ' ', 0x7f <= r && r < 0xa0, r == 0xfeff:
		return dropped, size
	}
	return r, size
}

// appendDate appends a date as YYYYMMDD.
func appendDate(b []byte, d date.Date) []byte {
	year, month, day := d.Date()
	b = appendTwo(appendTwo(b, year/100), year%100)
	return appendTwo(appendTwo(b, int(month)), day)
}

// appendLocal appends what the clocks of a zone show at an instant, to the
// minute.
func appendLocal(b []byte, zone *civil.Zone, unix int64) []byte {
	d, minute := zone.Read(unix)
	return appendClock(append(appendDate(b, d), 'T'), minute*60)
}

// appendUTC appends an instant.
func appendUTC(b []byte, unix int64) []byte {
	return time.Unix(unix, 0).UTC().AppendFormat(b, "20060102T150405Z")
}

// appendClock appends a second of the day as HHMMSS.
func appendClock(b []byte, second int) []byte {
	return appendTwo(appendTwo(appendTwo(b, second/3600), second/60%60), second%60)
}

// appendLength appends a duration of whole minutes.
func appendLength(b []byte, d time.Duration) []byte {
	minutes := int64(d / time.Minute)
	if minutes%60 == 0 && minutes > 0 {
		return append(strconv.AppendInt(append(b, "PT"...), minutes/60, 10), 'H')
	}
	return append(strconv.AppendInt(append(b, "PT"...), minutes, 10), 'M')
}

func appendTwo(b []byte, n int) []byte { return append(b, byte('0'+n/10), byte('0'+n%10)) }
