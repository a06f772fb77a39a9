package fhir

// A Dosage is the R4 datatype of that name: when something is given and how much. Its
// Timing, Sequence and AsNeeded decide dates, see [Phases]; the rest is there to be
// shown and compared. Text beside coded elements is never parsed.
type Dosage struct {
	ID string `json:"id,omitzero"`
	// Sequence is the place among the Dosages of one order, nil where none is
	// stated.
	Sequence              *int              `json:"sequence,omitempty"`
	Text                  string            `json:"text,omitzero"`
	AdditionalInstruction []CodeableConcept `json:"additionalInstruction,omitempty"`
	PatientInstruction    string            `json:"patientInstruction,omitzero"`
	Timing                *Timing           `json:"timing,omitempty"`
	// At most one of these is there; nil is not stated.
	AsNeededBoolean          *bool            `json:"asNeededBoolean,omitempty"`
	AsNeededCodeableConcept  *CodeableConcept `json:"asNeededCodeableConcept,omitempty"`
	Site                     *CodeableConcept `json:"site,omitempty"`
	Route                    *CodeableConcept `json:"route,omitempty"`
	Method                   *CodeableConcept `json:"method,omitempty"`
	DoseAndRate              []DoseAndRate    `json:"doseAndRate,omitempty"`
	MaxDosePerPeriod         *Ratio           `json:"maxDosePerPeriod,omitempty"`
	MaxDosePerAdministration *Quantity        `json:"maxDosePerAdministration,omitempty"`
	MaxDosePerLifetime       *Quantity        `json:"maxDosePerLifetime,omitempty"`
}

// A DoseAndRate is how much of a Dosage: an amount or a range, and a rate. A range is
// every amount between, not one or the other.
type DoseAndRate struct {
	ID           string           `json:"id,omitzero"`
	Type         *CodeableConcept `json:"type,omitempty"`
	DoseRange    *Range           `json:"doseRange,omitempty"`
	DoseQuantity *Quantity        `json:"doseQuantity,omitempty"`
	RateRatio    *Ratio           `json:"rateRatio,omitempty"`
	RateRange    *Range           `json:"rateRange,omitempty"`
	RateQuantity *Quantity        `json:"rateQuantity,omitempty"`
}
