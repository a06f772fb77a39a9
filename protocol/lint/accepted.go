package lint

import (
	"github.com/regimen-go/regimen/internal/document"
)

// An Acceptance says that a finding is meant as it is, and why.
type Acceptance struct {
	// Protocol is the id of the protocol, and Code that of the finding.
	Protocol string `json:"protocol"`
	Code     Code   `json:"code"`
	// Place is the JSON Pointer that the finding has; "" for all of the code in
	// the protocol.
	Place string `json:"place,omitempty"`
	// Reason is required. Who decided it may be empty.
	Reason string `json:"reason"`
	Who    string `json:"who,omitempty"`
}

// covers reports whether a finding is what is accepted. What says that a rule or an
// acceptance is of no use cannot be.
func (a Acceptance) covers(f Finding) bool {
	switch f.Code {
	case RuleFailed, RuleRefused, AcceptanceUnused:
		return false
	}
	return a.Protocol == f.Protocol && a.Code == f.Code && (a.Place == "" || a.Place == f.Place) && a.Reason != ""
}

const acceptedFormat = "regimen-lint/1"

// ParseAccepted reads a file of acceptances, to be kept beside the protocols:
//
//	{
//	  "format": "regimen-lint/1",
//	  "accepted": [
//	    {
//	      "protocol": "ketamine-iv-taper",
//	      "code": "visit-long",
//	      "place": "/phases/0/visit",
//	      "reason": "the patient sleeps in the clinic",
//	      "who": "chief pharmacist"
//	    }
//	  ]
//	}
//
// It is as strict as the reader of protocols. The error has every problem with its
// position, and unwraps to the [*ParseError] of a value that is wrong.
func ParseAccepted(name string, src []byte) ([]Acceptance, error) {
	doc := document.Parse(name, src)
	list := document.Object(doc.Root(), func(f *document.Fields) []Acceptance {
		f.Required("format").OneOf(acceptedFormat)
		return document.Objects(f.Required("accepted"), readAcceptance)
	})
	if err := doc.Err(); err != nil {
		return nil, err
	}
	return list, nil
}

func readAcceptance(f *document.Fields) Acceptance {
	a := Acceptance{
		Protocol: f.Required("protocol").Text(),
		Code:     document.Parsed(f.Required("code"), parseCode),
		Place:    f.Optional("place").Text(),
		Reason:   document.Parsed(f.Required("reason"), parseReason),
		Who:      f.Optional("who").Text(),
	}
	return a
}

func parseCode(s string) (Code, error) {
	if !isKebab(s) {
		return "", &ParseError{What: "code", Input: s[:min(len(s), 64)], Want: "want the code of a rule, such as visit-long"}
	}
	return Code(s), nil
}

func parseReason(s string) (string, error) {
	if s == "" {
		return "", &ParseError{What: "reason", Want: "want why the finding is accepted"}
	}
	return s, nil
}

// FormatAccepted returns the file of acceptances in its canonical form.
func FormatAccepted(list []Acceptance) []byte {
	var w document.Writer
	w.Object(func() {
		w.Field("format").Text(acceptedFormat)
		w.Field("accepted").List(func() {
			for _, a := range list {
				w.Object(func() {
					w.Field("protocol").Text(a.Protocol)
					w.Field("code").Text(string(a.Code))
					if a.Place != "" {
						w.Field("place").Text(a.Place)
					}
					w.Field("reason").Text(a.Reason)
					if a.Who != "" {
						w.Field("who").Text(a.Who)
					}
				})
			}
		})
	})
	return w.Bytes()
}
