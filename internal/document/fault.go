package document

import "strings"

// fault reports the byte at which a document stops being JSON, that at which
// encoding/json refuses it, and what could have stood there. It looks once more from
// where the last thing that was read ended.
func (r *reader) fault() {
	at, want := r.faultAt()
	pointer := ""
	if n := len(r.open); n > 0 {
		inner := r.open[n-1].entry
		if r.open[n-1].valued {
			inner = int32(len(r.entries)) - 1 // the key
		}
		pointer = r.pointer(inner)
	}
	code, found := CodeSyntax, foundAt(r.src, at)
	if strings.HasPrefix(found, "the byte") {
		code, want = CodeUTF8, "UTF-8"
	}
	if r.wants(at) {
		r.add(Problem{Offset: at, Pointer: pointer, Want: want, Found: found, Code: code})
	}
}

// faultAt returns the offset of the byte that is wrong and what was wanted.
func (r *reader) faultAt() (at int, want string) {
	at = space(r.src, r.end)
	if len(r.open) == 0 {
		return r.valueFault(at, "a JSON document")
	}
	top := r.open[len(r.open)-1]
	switch {
	case top.valued:
		if r.byteAt(at) != ':' {
			return at, "a colon after the key"
		}
		return r.valueFault(space(r.src, at+1), "a value")
	case top.count == 0 && top.object:
		return r.keyFault(at, "a key in double quotes, or }")
	case top.count == 0:
		return r.valueFault(at, "a value or ]")
	case r.byteAt(at) != ',':
		return at, r.commaWanted(at, top.object)
	case top.object:
		return r.keyFault(space(r.src, at+1), "a key in double quotes after the comma")
	default:
		return r.valueFault(space(r.src, at+1), "a value after the comma")
	}
}

// commaWanted says what was wanted after a member or an element.
func (r *reader) commaWanted(at int, object bool) string {
	switch {
	case at == r.end && '0' <= r.byteAt(at) && r.byteAt(at) <= '9':
		return "a number without leading zeros"
	case r.byteAt(at) == '/' || r.byteAt(at) == '#':
		return "no comment"
	case object:
		return "a comma or }"
	default:
		return "a comma or ]"
	}
}

// byteAt returns the byte at an offset, 0 at the end.
func (r *reader) byteAt(at int) byte {
	if at < len(r.src) {
		return r.src[at]
	}
	return 0
}

// keyFault returns what is wrong with a key.
func (r *reader) keyFault(at int, want string) (int, string) {
	switch r.byteAt(at) {
	case '"':
		return r.textFault(at + 1)
	case '/', '#':
		return at, "no comment"
	default:
		return at, want
	}
}

// valueFault returns what is wrong with a value.
func (r *reader) valueFault(at int, want string) (int, string) {
	switch c := r.byteAt(at); {
	case c == '"':
		return r.textFault(at + 1)
	case c == '-' || '0' <= c && c <= '9':
		return r.numberFault(at)
	case c == 't':
		return r.wordFault(at, "true")
	case c == 'f':
		return r.wordFault(at, "false")
	case c == 'n':
		return r.wordFault(at, "null")
	case c == '/' || c == '#':
		return at, "no comment"
	case c == '\'':
		return at, "double quotes"
	default:
		return at, want
	}
}

// textFault returns what is wrong with a string whose opening quote stands
// before at.
func (r *reader) textFault(at int) (int, string) {
	for ; at < len(r.src); at++ {
		switch c := r.src[at]; {
		case c == '\n' || c == '\r':
			return at, "the closing quote on the same line"
		case c < ' ':
			return at, "control characters escaped, as in \\t or \\u0001"
		case c != '\\':
			continue
		}
		at++
		switch c := r.byteAt(at); {
		case c == 'u':
			for range 4 {
				if at++; !strings.ContainsRune("0123456789abcdefABCDEF", rune(r.byteAt(at))) {
					return at, "four hexadecimal digits after \\u"
				}
			}
		case c == 0 || !strings.ContainsRune(`"\/bfnrt`, rune(c)):
			return at, `one of "\/bfnrtu after a backslash`
		}
	}
	return len(r.src), "the closing quote"
}

// numberFault returns what is wrong with a number. A number stops where it has
// no digit after a minus, a point or an e.
func (r *reader) numberFault(at int) (int, string) {
	if r.src[at] == '-' {
		at++
	}
	if r.byteAt(at) != '0' {
		at = r.digits(at)
	} else {
		at++
	}
	if r.src[at-1] != '-' && r.byteAt(at) == '.' {
		at = r.digits(at + 1)
	}
	if '0' <= r.src[at-1] && r.src[at-1] <= '9' && r.byteAt(at)|0x20 == 'e' {
		if at++; r.byteAt(at) == '+' || r.byteAt(at) == '-' {
			at++
		}
	}
	return at, "a digit"
}

func (r *reader) digits(at int) int {
	for '0' <= r.byteAt(at) && r.byteAt(at) <= '9' {
		at++
	}
	return at
}

// wordFault returns where a value stops being the word that it begins as.
func (r *reader) wordFault(at int, word string) (int, string) {
	for i := range len(word) {
		if r.byteAt(at+i) != word[i] {
			return at + i, word
		}
	}
	return at, "a value"
}
