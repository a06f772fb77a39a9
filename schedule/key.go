package schedule

import (
	"crypto/sha256"
	"encoding/base32"
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
	var id ID
	// The decoder skips line breaks, so only what is written the same is an id.
	if len(s) == idLength {
		if _, err := base32.NewEncoding(idAlphabet).Decode(id.hash[:], []byte(s)); err == nil && id.String() == s && !id.IsZero() {
			return id, nil
		}
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

// append writes the id five bits at a time: making an encoding for each of a
// plan's ids would cost more than all the rest of writing the plan.
func (id ID) append(b []byte) []byte {
	var bits uint64
	have := 0
	for _, c := range id.hash {
		bits, have = bits<<8|uint64(c), have+8
		for have >= 5 {
			have -= 5
			b = append(b, idAlphabet[bits>>have&31])
		}
	}
	return b
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
