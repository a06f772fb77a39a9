package protocol

import (
	"crypto/sha256"
	"encoding/hex"
	"iter"
	"slices"
)

// A Protocol is a checked [Spec]. It is immutable and safe to share between
// goroutines. Only [Spec.Compile] makes one; the zero Protocol is not valid.
type Protocol struct {
	spec    Spec
	phases  []Phase // with the parameters filled in
	cadence Cadence
	phaseOf []int // for each segment of the cadence
	digest  Digest
}

// ID returns the id, or the joined cadence where the Spec gave none.
func (p *Protocol) ID() string {
	if p.spec.ID == "" {
		return p.cadence.String()
	}
	return p.spec.ID
}

// Version returns the version, "" where the Spec gave none.
func (p *Protocol) Version() string { return p.spec.Version }

// Drug returns what is given, in words; "" where the protocol does not say.
func (p *Protocol) Drug() string { return p.spec.Drug }

// Route returns how it is given, in words; "" where the protocol does not say. The
// [dose.Preparation] of a phase may say more.
func (p *Protocol) Route() string { return p.spec.Route }

// Digest returns the digest of everything the Spec says.
func (p *Protocol) Digest() Digest { return p.digest }

// HasDigest reports whether a digest, as [Digest.String] writes it, is the protocol's:
// the one that it has now, or one that an earlier version of this package had for what
// it says, by which older files name it.
func (p *Protocol) HasDigest(digest string) bool { return digest == p.digest.String() }

// Cadence returns the cadences of all phases, joined as by "then".
func (p *Protocol) Cadence() Cadence { return p.cadence }

// Segments returns the segments of the joined cadence, each with the position
// of its phase.
func (p *Protocol) Segments() iter.Seq2[int, Segment] {
	return func(yield func(int, Segment) bool) {
		for i, s := range p.cadence.segments {
			if !yield(p.phaseOf[i], s) {
				return
			}
		}
	}
}

// Phases returns the phases in order, with the values of all parameters filled
// in.
func (p *Protocol) Phases() iter.Seq2[int, Phase] {
	return func(yield func(int, Phase) bool) {
		for i, phase := range p.phases {
			if !yield(i, phase.clone()) {
				return
			}
		}
	}
}

// Gates returns the points where a clinician must decide.
func (p *Protocol) Gates() iter.Seq[Gate] { return each(p.spec.Gates, Gate.clone) }

// FollowUps returns the visits that are counted from the last session.
func (p *Protocol) FollowUps() iter.Seq[FollowUpVisit] {
	return each(p.spec.FollowUps, FollowUpVisit.clone)
}

// Cumulative returns the limits on sums of doses.
func (p *Protocol) Cumulative() iter.Seq[CumulativeLimit] { return slices.Values(p.spec.Cumulative) }

// each yields a clone of every value.
func each[T any](list []T, clone func(T) T) iter.Seq[T] {
	return func(yield func(T) bool) {
		for _, v := range list {
			if !yield(clone(v)) {
				return
			}
		}
	}
}

// Parameters returns the parameters with their values.
func (p *Protocol) Parameters() iter.Seq[Parameter] {
	return slices.Values(p.spec.Clone().Parameters)
}

// Spec returns a copy of what the protocol was compiled from.
func (p *Protocol) Spec() Spec { return p.spec.Clone() }

// A Digest identifies what a protocol says, to the byte. Digests are comparable
// with ==. The zero Digest belongs to no protocol.
type Digest struct{ sum [sha256.Size]byte }

// IsZero reports whether d is the zero Digest.
func (d Digest) IsZero() bool { return d == Digest{} }

// String returns "sha256:" and 64 hexadecimal digits.
func (d Digest) String() string { return "sha256:" + hex.EncodeToString(d.sum[:]) }

// MarshalText returns what [Digest.String] returns. It never fails.
func (d Digest) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// digest hashes the canonical file of the Spec, in which the products that ship
// are written out: a protocol says what it says even where their data change.
func digest(s Spec) Digest {
	w := writer{products: true}
	w.spec(s)
	h := sha256.New()
	h.Write([]byte("regimen/protocol/1\n"))
	h.Write(w.Bytes())
	return Digest{sum: [sha256.Size]byte(h.Sum(nil))}
}
