package schedule

// plain reports whether a JSON string is the text itself. It looks at eight bytes at once,
// the last of which it may have seen before.
func plain[S string | []byte](s S) bool {
	const (
		each        = 8
		low  uint64 = 1<<' ' - 1 | 1<<'"' | 1<<'&' | 1<<'<' | 1<<'>' // of the first 64
	)
	if len(s) < each {
		for i := range len(s) {
			if c := s[i]; c < 64 && low>>c&1 != 0 || c == '\\' || c > '~' {
				return false
			}
		}
		return true
	}
	for i := 0; i+each < len(s); i += each {
		if !plainEight(eight(s[i : i+each])) {
			return false
		}
	}
	return plainEight(eight(s[len(s)-each:]))
}

// eight returns eight bytes, the first as the lowest.
func eight[S string | []byte](b S) uint64 {
	_ = b[7]
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
		uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
}

// plainEight is plain for eight bytes. A byte of a sum or a difference below has its highest
// bit set where the byte is none that stands for itself or, after a carry, an earlier one is.
func plainEight(x uint64) bool {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	quotes := x | ones*('"'^'&') ^ ones*'&' // 0 for both
	angles := x | ones*('<'^'>') ^ ones*'>'
	backslash := x ^ ones*'\\'
	return (x|(x+ones)|(x-ones*' ')|(quotes-ones)|(angles-ones)|(backslash-ones))&high == 0
}
