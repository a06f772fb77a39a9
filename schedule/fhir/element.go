package fhir

import (
	"github.com/regimen-go/regimen/internal/document"
)

// A primitive is what an element is that is no object.
type primitive uint8

// The primitives of R4 that are told apart here. A text is also every code, date and
// clock time: what they say is judged later.
const (
	text primitive = iota + 1
	boolean
	integer  // of 31 bits and a sign
	unsigned // of 31 bits
	positive // of 31 bits
	decimal  // not negative
	nonzero  // a decimal above 0
)

// An element is one of a datatype: of a primitive, or of the datatype it names.
type element struct {
	name string
	is   primitive
	of   string
	list bool
}

// elements returns the elements of a datatype of R4, those of Element and Extension
// left out: id is a text of all of them.
func elements(datatype string) []element {
	switch datatype {
	case "Timing":
		return []element{{name: "event", is: text, list: true}, {name: "repeat", of: "Repeat"}, {name: "code", of: "CodeableConcept"}}
	case "Repeat":
		return []element{
			{name: "boundsDuration", of: "Quantity"},
			{name: "boundsRange", of: "Range"},
			{name: "boundsPeriod", of: "Period"},
			{name: "count", is: positive},
			{name: "countMax", is: positive},
			{name: "duration", is: decimal},
			{name: "durationMax", is: decimal},
			{name: "durationUnit", is: text},
			{name: "frequency", is: positive},
			{name: "frequencyMax", is: positive},
			{name: "period", is: nonzero},
			{name: "periodMax", is: nonzero},
			{name: "periodUnit", is: text},
			{name: "dayOfWeek", is: text, list: true},
			{name: "timeOfDay", is: text, list: true},
			{name: "when", is: text, list: true},
			{name: "offset", is: unsigned},
		}
	case "Period":
		return []element{{name: "start", is: text}, {name: "end", is: text}}
	case "Quantity":
		return []element{
			{name: "value", is: decimal},
			{name: "comparator", is: text},
			{name: "unit", is: text},
			{name: "system", is: text},
			{name: "code", is: text},
		}
	case "Range":
		return []element{{name: "low", of: "Quantity"}, {name: "high", of: "Quantity"}}
	case "Ratio":
		return []element{{name: "numerator", of: "Quantity"}, {name: "denominator", of: "Quantity"}}
	case "CodeableConcept":
		return []element{{name: "coding", of: "Coding", list: true}, {name: "text", is: text}}
	case "Coding":
		return []element{
			{name: "system", is: text},
			{name: "version", is: text},
			{name: "code", is: text},
			{name: "display", is: text},
			{name: "userSelected", is: boolean},
		}
	case "Extension":
		return []element{{name: "url", is: text}, {name: "valuePositiveInt", is: positive}}
	case "Dosage":
		return []element{
			{name: "sequence", is: integer},
			{name: "text", is: text},
			{name: "additionalInstruction", of: "CodeableConcept", list: true},
			{name: "patientInstruction", is: text},
			{name: "timing", of: "Timing"},
			{name: "asNeededBoolean", is: boolean},
			{name: "asNeededCodeableConcept", of: "CodeableConcept"},
			{name: "site", of: "CodeableConcept"},
			{name: "route", of: "CodeableConcept"},
			{name: "method", of: "CodeableConcept"},
			{name: "doseAndRate", of: "DoseAndRate", list: true},
			{name: "maxDosePerPeriod", of: "Ratio"},
			{name: "maxDosePerAdministration", of: "Quantity"},
			{name: "maxDosePerLifetime", of: "Quantity"},
		}
	case "DoseAndRate":
		return []element{
			{name: "type", of: "CodeableConcept"},
			{name: "doseRange", of: "Range"},
			{name: "doseQuantity", of: "Quantity"},
			{name: "rateRatio", of: "Ratio"},
			{name: "rateRange", of: "Range"},
			{name: "rateQuantity", of: "Quantity"},
		}
	default:
		return bundleElements(datatype)
	}
}

// find returns the element of a datatype with a name.
func find(datatype, name string) (e element, known bool) {
	if name == "id" {
		return element{name: name, is: text}, true
	}
	for _, e := range elements(datatype) {
		if e.name == name {
			return e, true
		}
	}
	return element{}, false
}

// kind returns what JSON has for a value of the element.
func (e *element) kind() document.Kind {
	switch e.is {
	case 0:
		return document.KindObject
	case text:
		return document.KindText
	case boolean:
		return document.KindBool
	default:
		return document.KindNumber
	}
}
