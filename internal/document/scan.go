package document

// space returns the first offset, from the one given, at which there is no white
// space.
func space(src []byte, at int) int {
	for at < len(src) && (src[at] == ' ' || src[at] == '\n' || src[at] == '\r' || src[at] == '\t') {
		at++
	}
	return at
}

// scanText returns the offset after a string whose opening quote is at at, whether
// it has escapes and whether it has bytes that are not ASCII. The offset is negative
// where it is no string.
func scanText(src []byte, at int) (end int, escaped, wide bool) {
	bits := byte(0)
	for i := at + 1; i < len(src); i++ {
		switch c := src[i]; {
		case c == '"':
			return i + 1, escaped, bits >= 0x80
		case c < ' ':
			return -1, false, false
		case c != '\\':
			bits |= c
		default:
			escaped = true
			i++
			n := escapeSize(src, i)
			if n == 0 {
				return -1, false, false
			}
			i += n - 1
		}
	}
	return -1, false, false
}

// escapeSize returns the number of bytes after the backslash of an escape, 0 where
// there is none.
func escapeSize(src []byte, at int) int {
	if at >= len(src) {
		return 0
	}
	switch src[at] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 1
	case 'u':
		if len(src) < at+5 {
			return 0
		}
		for _, c := range src[at+1 : at+5] {
			if !isDigit(c) && (c|0x20 < 'a' || 'f' < c|0x20) {
				return 0
			}
		}
		return 5
	}
	return 0
}

// scanNumber returns the offset after a number, negative where there is none.
func scanNumber(src []byte, at int) int {
	if src[at] == '-' {
		at++
	}
	switch {
	case at < len(src) && src[at] == '0':
		at++
	default:
		if at = scanDigits(src, at); at < 0 {
			return -1
		}
	}
	if at < len(src) && src[at] == '.' {
		if at = scanDigits(src, at+1); at < 0 {
			return -1
		}
	}
	if at < len(src) && src[at]|0x20 == 'e' {
		if at++; at < len(src) && (src[at] == '+' || src[at] == '-') {
			at++
		}
		return scanDigits(src, at)
	}
	return at
}

// scanDigits returns the offset after at least one digit, negative where there is
// none.
func scanDigits(src []byte, at int) int {
	start := at
	for at < len(src) && isDigit(src[at]) {
		at++
	}
	if at == start {
		return -1
	}
	return at
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
