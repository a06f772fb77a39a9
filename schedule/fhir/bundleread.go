package fhir

import (
	"encoding/json"

	"github.com/regimen-go/regimen/internal/document"
)

// anyResource is the datatype of an element that is one of several resources.
const anyResource = "Resource"

// bundleElements returns the elements of what a [Bundle] consists of: those that are
// written here, and no others.
func bundleElements(datatype string) []element {
	list := func(name, of string) element { return element{name: name, of: of, list: true} }
	one := func(name, of string) element { return element{name: name, of: of} }
	texts := func(names ...string) (elements []element) {
		for _, name := range names {
			elements = append(elements, element{name: name, is: text})
		}
		return elements
	}
	resource := func(elements ...element) []element {
		return append(texts("resourceType", "language", "status"), append(elements, one("meta", "Meta"), list("identifier", "Identifier"))...)
	}
	switch datatype {
	case "Bundle":
		return append(texts("resourceType", "type", "timestamp"), one("identifier", "Identifier"), one("meta", "Meta"), list("entry", "Entry"))
	case "Entry":
		return append(texts("fullUrl"), one("resource", anyResource))
	case "Meta":
		return texts("versionId")
	case "Identifier":
		return texts("use", "system", "value")
	case "Reference":
		return append(texts("reference", "type", "display"), one("identifier", "Identifier"))
	case "Annotation":
		return texts("text")
	case "WhenExtension":
		return append(texts("url", "valueDate"), one("valuePeriod", "Period"))
	case "CarePlan":
		return resource(append(texts("intent", "title", "created"), one("subject", "Reference"), one("period", "Period"), list("activity", "Activity"))...)
	case "Activity":
		return []element{list("outcomeReference", "Reference"), one("reference", "Reference")}
	case "MedicationRequest":
		return resource(append(texts("intent", "authoredOn"), one("medicationCodeableConcept", "CodeableConcept"), one("subject", "Reference"), one("requester", "Reference"),
			list("supportingInformation", "Reference"), list("basedOn", "Reference"), list("dosageInstruction", "Dosage"))...)
	case "Appointment":
		return resource(append(texts("description", "start", "end", "comment"), list("extension", "WhenExtension"), one("cancelationReason", "CodeableConcept"),
			list("supportingInformation", "Reference"), element{name: "minutesDuration", is: positive}, list("participant", "Participant"), list("requestedPeriod", "Period"))...)
	case "Participant":
		return append(texts("required", "status"), one("actor", "Reference"))
	case "MedicationAdministration":
		return resource(append(texts("effectiveDateTime"), one("medicationCodeableConcept", "CodeableConcept"), one("subject", "Reference"), one("request", "Reference"),
			one("effectivePeriod", "Period"), list("supportingInformation", "Reference"), list("note", "Annotation"), one("dosage", "AdministrationDosage"))...)
	case "AdministrationDosage":
		return append(texts("text"), one("route", "CodeableConcept"), one("dose", "Quantity"), one("rateRatio", "Ratio"))
	case "Observation":
		return resource(append(texts("effectiveDateTime"), list("category", "CodeableConcept"), one("code", "CodeableConcept"), one("subject", "Reference"), one("valueQuantity", "Quantity"))...)
	case "Task":
		return resource(append(texts("intent", "description", "authoredOn", "lastModified"), list("basedOn", "Reference"), one("focus", "Reference"), one("for", "Reference"), one("restriction", "Restriction"), list("output", "TaskOutput"))...)
	case "Restriction":
		return []element{one("period", "Period")}
	case "TaskOutput":
		return append(texts("valueString"), one("type", "CodeableConcept"))
	default:
		return nil
	}
}

// ParseBundle reads a Bundle of the resources that [NewBundle] writes, as JSON:
// strictly, with nothing skipped. What they say is for [Check] to judge. The error is a
// [*Refusal].
func ParseBundle(src []byte) (*Bundle, error) {
	doc := document.ParseRecord("", src)
	root, err := opened(doc, "Bundle")
	if err == nil {
		err = check(root, element{of: "Bundle"}, "")
	}
	if err != nil {
		return nil, err
	}
	var b Bundle
	if err := json.Unmarshal(src, &b); err != nil {
		if refusal, ok := err.(*Refusal); ok {
			return nil, refusal
		}
		return nil, refuse(BadType, "Bundle", err.Error())
	}
	return &b, nil
}

// UnmarshalJSON reads an entry with the resource that it says it has. Elements that
// are not written here are left aside: see [ParseBundle] for a strict reader.
func (e *Entry) UnmarshalJSON(src []byte) error {
	var raw struct {
		ID       string          `json:"id"`
		FullURL  string          `json:"fullUrl"`
		Resource json.RawMessage `json:"resource"`
	}
	if err := json.Unmarshal(src, &raw); err != nil {
		return err
	}
	var of struct {
		ResourceType string `json:"resourceType"`
	}
	if len(raw.Resource) > 0 {
		if err := json.Unmarshal(raw.Resource, &of); err != nil {
			return err
		}
	}
	var r Resource
	switch of.ResourceType {
	case "CarePlan":
		r = &CarePlan{}
	case "MedicationRequest":
		r = &MedicationRequest{}
	case "Appointment":
		r = &Appointment{}
	case "MedicationAdministration":
		r = &MedicationAdministration{}
	case "Observation":
		r = &Observation{}
	case "Task":
		r = &Task{}
	default:
		return refuse(UnknownResource, "resource.resourceType", of.ResourceType)
	}
	if err := json.Unmarshal(raw.Resource, r); err != nil {
		return err
	}
	*e = Entry{ID: raw.ID, FullURL: raw.FullURL, Resource: r}
	return nil
}
