package protocol

import (
	"crypto/sha256"
	"encoding/hex"
)

// A Digest identifies what a protocol means: protocols with one digest give the same
// plans, the same findings and the same visits. Its wording does not count, which is the
// title, the notes, the sources with their facts, the keys of sources that a [MissedRule],
// a [MissedDose], a [Monitoring] and a [Medicine] name, the doc of a parameter, and the note and the source of a product. Digests are
// comparable with ==. The zero Digest belongs to no protocol.
type Digest struct{ sum [sha256.Size]byte }

// IsZero reports whether d is the zero Digest.
func (d Digest) IsZero() bool { return d == Digest{} }

// String returns "sha256:" and 64 hexadecimal digits.
func (d Digest) String() string { return "sha256:" + hex.EncodeToString(d.sum[:]) }

// MarshalText returns what [Digest.String] returns. It never fails.
func (d Digest) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// digest hashes the canonical file of the Spec without its wording.
func digest(s Spec) Digest { return hashed("regimen/protocol/2\n", meaning(s)) }

// wordedDigest hashes the canonical file of the Spec with its wording. Plan files of
// format 1 name protocols by it.
func wordedDigest(s Spec) Digest { return hashed("regimen/protocol/1\n", s) }

// hashed hashes a canonical file, in which the products that ship are written out: a
// protocol says what it says even where their data change.
func hashed(kind string, s Spec) Digest {
	w := writer{products: true}
	w.spec(s)
	h := sha256.New()
	h.Write([]byte(kind))
	h.Write(w.Bytes())
	return Digest{sum: [sha256.Size]byte(h.Sum(nil))}
}

// meaning returns the Spec without its wording.
func meaning(s Spec) Spec {
	s = s.Clone()
	s.Title, s.Notes, s.Sources = "", nil, nil
	for i := range s.Parameters {
		s.Parameters[i].Doc = ""
	}
	for i := range s.Missed {
		s.Missed[i].Source = ""
	}
	for i := range s.Monitoring {
		s.Monitoring[i].Source = ""
	}
	for i := range s.Phases {
		product := &s.Phases[i].Preparation.Product
		product.Note, product.Source = "", ""
		withoutSources(s.Phases[i].Beside)
		for k := range s.Phases[i].Parts {
			product := &s.Phases[i].Parts[k].Preparation.Product
			product.Note, product.Source = "", ""
		}
		for k := range s.Phases[i].MissedDoses {
			s.Phases[i].MissedDoses[k].Source = ""
		}
	}
	withoutSources(s.Beside)
	return s
}
