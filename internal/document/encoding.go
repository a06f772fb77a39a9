package document

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// checkUTF8 looks for bytes that are not UTF-8. The offset is negative if there
// are none.
func checkUTF8(raw []byte) (at int, code, want, found string) {
	if utf8.Valid(raw) {
		return -1, "", "", ""
	}
	for at < len(raw) {
		r, size := utf8.DecodeRune(raw[at:])
		if r == utf8.RuneError && size <= 1 {
			break
		}
		at += size
	}
	return at, CodeUTF8, "UTF-8", foundAt(raw, at)
}

// checkSurrogates looks for an escape that is half of a surrogate pair, in a
// string without wrong escapes. The offset is negative if there is none.
func checkSurrogates(raw []byte) (at int, code, want, found string) {
	for at = 0; at < len(raw); {
		unit, ok := escapedUnit(raw[at:])
		switch {
		case !ok && raw[at] == '\\':
			at += 2
		case !ok:
			at++
		case unit < 0xd800 || 0xdfff < unit:
			at += 6
		default:
			low, ok := escapedUnit(raw[at+6:])
			if 0xdc00 <= unit || !ok || low < 0xdc00 || 0xdfff < low {
				return at, CodeSurrogate, "both halves of a surrogate pair", string(raw[at : at+6])
			}
			at += 12
		}
	}
	return -1, "", "", ""
}

// escapedUnit returns the UTF-16 code unit of the escape such as "\u00e9" that
// raw begins with.
func escapedUnit(raw []byte) (unit uint64, ok bool) {
	if len(raw) < 6 || raw[0] != '\\' || raw[1] != 'u' {
		return 0, false
	}
	unit, err := strconv.ParseUint(string(raw[2:6]), 16, 16)
	return unit, err == nil
}

// unescaped returns what the escape says that raw, of a string without mistakes,
// begins with, and its size in bytes. Half a surrogate pair is the replacement
// character.
func unescaped(raw []byte) (r rune, size int) {
	unit, ok := escapedUnit(raw)
	switch {
	case !ok:
		if at := strings.IndexByte("bfnrt", raw[1]); at >= 0 {
			return rune("\b\f\n\r\t"[at]), 2
		}
		return rune(raw[1]), 2
	case !utf16.IsSurrogate(rune(unit)):
		return rune(unit), 6
	}
	if low, ok := escapedUnit(raw[6:]); ok {
		if r := utf16.DecodeRune(rune(unit), rune(low)); r != utf8.RuneError {
			return r, 12
		}
	}
	return utf8.RuneError, 6
}

// foundAt names what stands at an offset: a character, a byte or the end.
func foundAt(src []byte, at int) string {
	if at >= len(src) {
		return "the end of the file"
	}
	r, size := utf8.DecodeRune(src[at:])
	if r == utf8.RuneError && size <= 1 {
		return "the byte 0x" + strconv.FormatUint(uint64(src[at])|0x100, 16)[1:]
	}
	return strconv.Quote(string(r))
}

// excerpt quotes a text, or what stands around a byte of it if it is too long
// for a message.
func excerpt(s string, at int) string {
	const most = 60
	if len(s) <= most {
		return strconv.Quote(s)
	}
	start := runeStart(s, min(max(0, at-most/3), len(s)-most))
	end := runeStart(s, start+most)
	quoted := strconv.Quote(s[start:end])
	if start > 0 {
		quoted = "..." + quoted
	}
	if end < len(s) {
		quoted += "..."
	}
	return quoted
}

// runeStart returns the offset of the rune that has a byte of valid UTF-8.
func runeStart[S string | []byte](s S, at int) int {
	for at > 0 && at < len(s) && !utf8.RuneStart(s[at]) {
		at--
	}
	return at
}
