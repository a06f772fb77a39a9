package schedule

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/regimen-go/regimen/internal/document"
)

// A Key makes the ids of a plan's sessions its own: 128 random bits that the
// caller draws once per plan and keeps. It must never be a name or a record
// number. The zero Key is invalid. Keys are comparable with ==.
type Key [16]byte

// ParseKey reads the 32 hexadecimal digits that [Key.String] writes. Anything
// else, and the zero Key, is a [*ParseError].
func ParseKey(s string) (Key, error) {
	var k Key
	if n, err := hex.Decode(k[:], []byte(s[:min(len(s), hex.EncodedLen(len(k)))])); err != nil || n != len(k) || len(s) != hex.EncodedLen(len(k)) || k.String() != s || k.IsZero() {
		return Key{}, &ParseError{What: "key", Input: document.Cut(s), Want: "want 32 lower-case hexadecimal digits, not all zero"}
	}
	return k, nil
}

// IsZero reports whether k is the zero Key.
func (k Key) IsZero() bool { return k == Key{} }

// String returns 32 lower-case hexadecimal digits.
func (k Key) String() string { return hex.EncodeToString(k[:]) }

// MarshalText returns what [Key.String] returns. It never fails.
func (k Key) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads what [ParseKey] reads.
func (k *Key) UnmarshalText(text []byte) error {
	parsed, err := ParseKey(string(text))
	if err != nil {
		return err
	}
	*k = parsed
	return nil
}

// An ID names a session for as long as its plan lives, whatever happens to its
// date: 16 lower-case letters and digits that tell nothing about the patient.
// The zero ID names no session. IDs are comparable with ==.
type ID struct{ hash [10]byte }

// ParseID reads what [ID.String] writes. Anything else, and the zero ID, which
// names no session, is a [*ParseError].
func ParseID(s string) (ID, error) {
	if id, ok := readID(s); ok && !id.IsZero() {
		return id, nil
	}
	return ID{}, &ParseError{What: "session id", Input: document.Cut(s), Want: "want 16 letters a-z and digits 2-7, not all a"}
}

// IsZero reports whether id is the zero ID.
func (id ID) IsZero() bool { return id == ID{} }

// String returns the id's 16 characters.
func (id ID) String() string { return string(id.append(make([]byte, 0, 24))) }

// AppendText appends what [ID.String] returns. It never fails.
func (id ID) AppendText(b []byte) ([]byte, error) { return id.append(b), nil }

// MarshalText returns what [ID.String] returns. It never fails.
func (id ID) MarshalText() ([]byte, error) { return id.append(nil), nil }

// UnmarshalText reads what [ParseID] reads.
func (id *ID) UnmarshalText(text []byte) error {
	parsed, err := ParseID(string(text))
	if err != nil {
		return err
	}
	*id = parsed
	return nil
}

// idAlphabet has characters that are safe in every file name, calendar and
// address, and in either case; an id is base32 in it.
const (
	idAlphabet = "abcdefghijklmnopqrstuvwxyz234567"
	idLength   = 16
)

// append writes the id, eight characters of each half of it: making an encoding for each
// of a plan's ids would cost more than all the rest of writing the plan.
func (id ID) append(b []byte) []byte {
	var text [idLength]byte
	for half := range 2 {
		h := id.hash[5*half : 5*half+5]
		bits := uint64(h[0])<<32 | uint64(h[1])<<24 | uint64(h[2])<<16 | uint64(h[3])<<8 | uint64(h[4])
		for i := range 8 {
			text[8*half+i] = idAlphabet[bits>>(35-5*i)&31]
		}
	}
	return append(b, text[:]...)
}

// readID reads what append writes, every bit of which counts.
func readID(s string) (id ID, ok bool) {
	if len(s) != idLength {
		return ID{}, false
	}
	for half := range 2 {
		var bits uint64
		for i := range 8 {
			c := s[8*half+i]
			switch {
			case 'a' <= c && c <= 'z':
				c -= 'a'
			case '2' <= c && c <= '7':
				c = c - '2' + 26
			default:
				return ID{}, false
			}
			bits = bits<<5 | uint64(c)
		}
		for i := range 5 {
			id.hash[5*half+i] = byte(bits >> (32 - 8*i))
		}
	}
	return id, true
}

// sessionID derives the id of the session with a serial number. The prefix
// tells later schemes apart.
func sessionID(key Key, serial uint32) ID {
	const prefix = "regimen/session/1\x00"
	text := make([]byte, 0, len(prefix)+len(key)+5)
	text = append(append(append(text, prefix...), key[:]...), 0)
	text = append(text, byte(serial>>24), byte(serial>>16), byte(serial>>8), byte(serial))
	sum := sha256.Sum256(text)
	return ID{hash: [10]byte(sum[:10])}
}
