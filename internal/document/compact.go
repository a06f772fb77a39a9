package document

// Compact yields JSON without the white space between its values, in pieces, some of which
// are empty.
func Compact(src []byte, yield func(piece []byte)) {
	from := 0
	for i := 0; i < len(src); i++ {
		switch src[i] {
		case '"':
			for i++; i < len(src) && src[i] != '"'; i++ {
				if src[i] == '\\' {
					i++
				}
			}
		case ' ', '\n', '\t', '\r':
			yield(src[from:i])
			from = i + 1
		}
	}
	yield(src[from:])
}

// AppendCompact appends JSON without white space between its values.
func AppendCompact(b, src []byte) []byte {
	Compact(src, func(piece []byte) { b = append(b, piece...) })
	return b
}
