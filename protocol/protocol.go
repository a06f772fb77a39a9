package protocol

import (
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
	// id is that of the spec, or the text of the cadence where it has none: every session
	// of a plan is asked for it.
	id string
	// file is what Format writes of the spec, without white space: every plan file has it.
	file []byte
}

// ID returns the id, or the joined cadence where the Spec gave none.
func (p *Protocol) ID() string { return p.id }

// Version returns the version, "" where the Spec gave none.
func (p *Protocol) Version() string { return p.spec.Version }

// Drug returns what is given, in words; "" where the protocol does not say.
func (p *Protocol) Drug() string { return p.spec.Drug }

// Route returns how it is given, in words; "" where the protocol does not say. The
// [dose.Preparation] of a phase may say more.
func (p *Protocol) Route() string { return p.spec.Route }

// Digest returns the digest of what the protocol means: everything the Spec says but its
// wording. See [Digest].
func (p *Protocol) Digest() Digest { return p.digest }

// HasDigest reports whether a digest, as [Digest.String] writes it, is the protocol's:
// the one that it has now, or one that an earlier version of this package had for what
// it says, by which older files name it.
func (p *Protocol) HasDigest(digest string) bool {
	return digest == p.digest.String() || digest == wordedDigest(p.spec).String()
}

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

// AppendJSON appends the protocol as one JSON object, which [Parse] reads: the file that
// [Format] writes of its Spec, without white space between values, as plan files have it.
// It never fails, and the same protocol gives the same bytes.
func (p *Protocol) AppendJSON(b []byte) []byte { return append(b, p.file...) }
