package web

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/catalog"
)

// ownPrefix begins the names of the clinic's own protocols in addresses. No id has a tilde.
const ownPrefix = "~"

// baseOf returns the protocol that an address names: an entry of the catalogue, or a file of the
// clinic's own.
func (a *App) baseOf(q *request) (protocol.Spec, error) {
	name := q.PathValue("protocol")
	if id, own := strings.CutPrefix(name, ownPrefix); own {
		n, err := strconv.ParseInt(id, 10, 64)
		if err != nil {
			return protocol.Spec{}, errNotFound
		}
		f, err := a.Store.ProtocolFile(q.Context(), n)
		return f.Spec, err
	}
	if spec, ok := catalog.Lookup(name); ok {
		return spec, nil
	}
	return protocol.Spec{}, errNotFound
}

// A choice is a protocol that can be prescribed.
type choice struct{ Name, Title, Drug, Route string }

// choices are the clinic's own protocols and those of the catalogue.
func (a *App) choices(q *request) (own, shipped []choice, err error) {
	files, err := a.Store.ProtocolFiles(q.Context())
	for _, f := range files {
		own = append(own, choice{ownPrefix + strconv.FormatInt(f.ID, 10), titleOf(f.Spec, f.Name), f.Spec.Drug, f.Spec.Route})
	}
	for spec := range catalog.All() {
		shipped = append(shipped, choice{spec.ID, titleOf(spec, spec.ID), spec.Drug, spec.Route})
	}
	return own, shipped, err
}

func titleOf(spec protocol.Spec, name string) string {
	if spec.Title != "" {
		return spec.Title
	}
	return name
}

// A question is a parameter of a protocol that somebody has to set.
type question struct {
	Parameter protocol.Parameter
	Field     field
	// Number and Of say how far one has got.
	Number, Of int
}

// An answer is a parameter that was set on a page before, with the address on which it is asked
// again.
type answer struct{ Name, Value, Doc, Again string }

// A prescription is a protocol while its parameters are asked for, one by one.
type prescription struct {
	Spec    protocol.Spec
	Answers []answer
	// Ask is the question that comes next, nil where all are answered.
	Ask *question
	// Protocol is what was prescribed, once all are answered, and Problems what is against it.
	Protocol *protocol.Protocol
	Problems []string
}

// parameterPrefix begins the names of parameters in forms and addresses.
const parameterPrefix = "p."

// prescribe sets the parameters that were answered, and finds the next question.
func prescribe(spec protocol.Spec, sent url.Values, path string) (p prescription) {
	p.Spec = spec
	var open []protocol.Parameter
	for _, parameter := range spec.Parameters {
		if parameter.Value == "" {
			open = append(open, parameter)
		}
	}
	address := func(without int) string {
		keep := url.Values{}
		for _, parameter := range open[:without] {
			if name := parameterPrefix + parameter.Name; sent.Has(name) {
				keep.Set(name, sent.Get(name))
			}
		}
		return path + "?" + keep.Encode()
	}
	for i, parameter := range open {
		if made, err := p.Spec.Compile(); err == nil {
			p.Protocol = made // a basis may stay open where the dose is fixed
			return p
		}
		ask := &question{Parameter: parameter, Field: questionField(parameter), Number: i + 1, Of: len(open)}
		name := parameterPrefix + parameter.Name
		if !sent.Has(name) {
			p.Ask = ask
			return p
		}
		value := strings.TrimSpace(sent.Get(name))
		ask.Field.Value = value
		set, err := p.Spec.Set(parameter.Name, value)
		if value == "" {
			err = errors.New("This is needed.")
		}
		if err != nil {
			ask.Field.Error = wanted(err)
			p.Ask = ask
			return p
		}
		p.Spec = set
		p.Answers = append(p.Answers, answer{parameter.Name, value, parameter.Doc, address(i)})
	}
	made, err := p.Spec.Compile()
	p.Protocol = made
	if problems, ok := errors.AsType[protocol.ErrorList](err); ok {
		for _, one := range problems {
			p.Problems = append(p.Problems, wanted(one))
		}
	} else if err != nil {
		p.Problems = []string{err.Error()}
	}
	return p
}

// wanted words an error of a protocol without its place, which people who answer questions do
// not know.
func wanted(err error) string {
	if one, ok := errors.AsType[*protocol.Error](err); ok && one.Want != "" {
		text := upper(strings.TrimPrefix(one.Want, "want ")) + " is wanted"
		if one.Value != "" {
			text += ", not " + strconv.Quote(one.Value)
		}
		return text + "."
	}
	return err.Error()
}

// questionField is the field of a parameter.
func questionField(p protocol.Parameter) field {
	f := field{Name: parameterPrefix + p.Name, Label: upper(strings.ReplaceAll(p.Name, "-", " ")), Type: fieldText, Required: true}
	var hints []string
	for _, place := range p.Fills {
		switch words := place.Field.Words(); {
		case len(p.Choices) > 0:
		case len(words) > 0:
			p.Choices = words
		case hints == nil:
			hints = append(hints, fmt.Sprintf("such as %q", place.Field.Example()))
		}
	}
	if len(p.Choices) > 0 {
		f.Type, f.Options = fieldRadio, options(p.Choices...)
		return f
	}
	if p.Low != "" {
		hints = append(hints, "from "+p.Low)
	}
	if p.High != "" {
		hints = append(hints, "up to "+p.High)
	}
	if p.MultipleOf != "" {
		hints = append(hints, "a multiple of "+p.MultipleOf)
	}
	f.Hint = strings.Join(hints, ", ")
	return f
}
