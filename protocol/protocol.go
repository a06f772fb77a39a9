package protocol

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
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

// Digest returns the digest of everything the Spec says.
func (p *Protocol) Digest() Digest { return p.digest }

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

// digest hashes an unambiguous listing of the Spec: every field on a line of
// its own with its name, quoted.
func digest(s Spec) Digest {
	h := sha256.New()
	line := func(name string, values ...any) {
		fmt.Fprint(h, name)
		for _, v := range values {
			fmt.Fprintf(h, " %q", fmt.Sprint(v))
		}
		fmt.Fprintln(h)
	}
	line("regimen/protocol/1")
	visit := func(v Visit) {
		line("visit", v.Kind, v.Preparation, v.Administration, v.Observation, v.ObservedFrom)
		for _, l := range v.Later {
			line("later", l.From, l.Observation, l.Note)
		}
		for _, t := range v.Tasks {
			line("task", t.Text, t.From, t.At)
			if t.Until != nil {
				line("until", *t.Until)
			}
		}
	}
	line("protocol", s.ID, s.Version, s.Title, s.Drug, s.Route)
	for _, text := range s.Indications {
		line("indication", text)
	}
	for _, x := range s.Contraindications {
		line("contraindication", x.Text, x.Hard)
	}
	for _, l := range s.Labels {
		line("label", l.Status, l.Region, l.Since)
	}
	for _, p := range s.Phases {
		line("phase", p.Name, p.Cadence, p.Dose, p.Preparation, p.Weights.StaleAfter, p.Weights.Change, p.MinGap, p.MaxGap, p.Until)
		visit(p.Visit)
		for _, step := range p.Steps {
			line("step", step.From, step.Dose, step.Condition)
		}
		if p.Window != nil {
			line("window", p.Window.Before, p.Window.After)
		}
		for _, set := range p.Weekdays {
			line("weekdays", set)
		}
		for _, x := range p.Companions {
			line("companion", x.Name, x.From, x.To)
			visit(x.Visit)
		}
	}
	for _, f := range s.FollowUps {
		line("follow-up", f.Name, f.Days, f.Window.Before, f.Window.After)
		visit(f.Visit)
	}
	for _, g := range s.Gates {
		line("gate", g.Name, g.Phase, g.After, g.Assess)
		for _, o := range g.Outcomes {
			line("outcome", o.When, o.Then, o.Text)
		}
	}
	for _, m := range s.Missed {
		line("missed", m.Phase, m.Condition, m.Then, m.To, m.Source)
	}
	for _, l := range s.Cumulative {
		line("cumulative", l.Per, l.Limit.HardMin, l.Limit.SoftMin, l.Limit.SoftMax, l.Limit.HardMax)
	}
	for _, note := range s.Notes {
		line("note", note)
	}
	for _, p := range s.Parameters {
		line("parameter", p.Name, p.Doc, p.Low, p.High, p.Value)
		for _, f := range p.Fills {
			line("fills", f.Phase, f.Field)
		}
		for _, c := range p.Choices {
			line("choice", c)
		}
	}
	for _, source := range s.Sources {
		line("source", source.Key, source.Citation, source.Address)
		for _, f := range source.Facts {
			line("fact", f.About, f.Says, f.Quote, f.Grade)
		}
	}
	return Digest{sum: [sha256.Size]byte(h.Sum(nil))}
}
