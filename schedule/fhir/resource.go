package fhir

// The resources of a [Bundle], with the elements that a plan has something to say in.
// They are plain data with the names of R4. ResourceType is the name of the type.
type (
	// A CarePlan is the plan as a whole.
	CarePlan struct {
		ResourceType string       `json:"resourceType"`
		Meta         *Meta        `json:"meta,omitempty"`
		Language     string       `json:"language,omitzero"`
		Identifier   []Identifier `json:"identifier"`
		Status       string       `json:"status"`
		Intent       string       `json:"intent"`
		Title        string       `json:"title,omitzero"`
		Subject      Reference    `json:"subject"`
		Period       *Period      `json:"period,omitempty"`
		Activity     []Activity   `json:"activity,omitempty"`
	}

	// An Activity is what a CarePlan refers to, and what came of it.
	Activity struct {
		ID               string      `json:"id,omitzero"`
		OutcomeReference []Reference `json:"outcomeReference,omitempty"`
		Reference        Reference   `json:"reference"`
	}

	// A MedicationRequest is what a phase gives.
	MedicationRequest struct {
		ResourceType          string          `json:"resourceType"`
		Meta                  *Meta           `json:"meta,omitempty"`
		Language              string          `json:"language,omitzero"`
		Identifier            []Identifier    `json:"identifier"`
		Status                string          `json:"status"`
		Intent                string          `json:"intent"`
		Medication            CodeableConcept `json:"medicationCodeableConcept"`
		Subject               Reference       `json:"subject"`
		SupportingInformation []Reference     `json:"supportingInformation,omitempty"`
		AuthoredOn            string          `json:"authoredOn,omitzero"`
		Requester             *Reference      `json:"requester,omitempty"`
		BasedOn               []Reference     `json:"basedOn,omitempty"`
		DosageInstruction     []Dosage        `json:"dosageInstruction"`
	}

	// An Appointment is a visit: a session, a companion or a follow-up.
	Appointment struct {
		ResourceType          string           `json:"resourceType"`
		Meta                  *Meta            `json:"meta,omitempty"`
		Extension             []WhenExtension  `json:"extension,omitempty"`
		Identifier            []Identifier     `json:"identifier"`
		Status                string           `json:"status"`
		CancelationReason     *CodeableConcept `json:"cancelationReason,omitempty"`
		Description           string           `json:"description,omitzero"`
		SupportingInformation []Reference      `json:"supportingInformation,omitempty"`
		// Start and End are instants with an offset.
		Start           string        `json:"start,omitzero"`
		End             string        `json:"end,omitzero"`
		MinutesDuration int           `json:"minutesDuration,omitzero"`
		Comment         string        `json:"comment,omitzero"`
		Participant     []Participant `json:"participant"`
		RequestedPeriod []Period      `json:"requestedPeriod,omitempty"`
	}

	// A Participant takes part in an Appointment.
	Participant struct {
		ID       string     `json:"id,omitzero"`
		Actor    *Reference `json:"actor,omitempty"`
		Required string     `json:"required,omitzero"`
		Status   string     `json:"status"`
	}

	// A MedicationAdministration is what was given.
	MedicationAdministration struct {
		ResourceType          string                `json:"resourceType"`
		Meta                  *Meta                 `json:"meta,omitempty"`
		Identifier            []Identifier          `json:"identifier"`
		Status                string                `json:"status"`
		Medication            CodeableConcept       `json:"medicationCodeableConcept"`
		Subject               Reference             `json:"subject"`
		SupportingInformation []Reference           `json:"supportingInformation,omitempty"`
		EffectiveDateTime     string                `json:"effectiveDateTime,omitzero"`
		EffectivePeriod       *Period               `json:"effectivePeriod,omitempty"`
		Request               *Reference            `json:"request,omitempty"`
		Note                  []Annotation          `json:"note,omitempty"`
		Dosage                *AdministrationDosage `json:"dosage,omitempty"`
	}

	// An AdministrationDosage is how much was given, and how.
	AdministrationDosage struct {
		ID        string           `json:"id,omitzero"`
		Text      string           `json:"text,omitzero"`
		Route     *CodeableConcept `json:"route,omitempty"`
		Dose      *Quantity        `json:"dose,omitempty"`
		RateRatio *Ratio           `json:"rateRatio,omitempty"`
	}

	// An Observation is a weighing.
	Observation struct {
		ResourceType      string            `json:"resourceType"`
		Meta              *Meta             `json:"meta,omitempty"`
		Identifier        []Identifier      `json:"identifier"`
		Status            string            `json:"status"`
		Category          []CodeableConcept `json:"category,omitempty"`
		Code              CodeableConcept   `json:"code"`
		Subject           *Reference        `json:"subject,omitempty"`
		EffectiveDateTime string            `json:"effectiveDateTime,omitzero"`
		ValueQuantity     *Quantity         `json:"valueQuantity,omitempty"`
	}

	// A Task is a gate, the decision that somebody has to make, or the result of a visit
	// of a monitoring, which somebody has to know and judge.
	Task struct {
		ResourceType string       `json:"resourceType"`
		Meta         *Meta        `json:"meta,omitempty"`
		Identifier   []Identifier `json:"identifier"`
		BasedOn      []Reference  `json:"basedOn,omitempty"`
		Status       string       `json:"status"`
		Intent       string       `json:"intent"`
		Description  string       `json:"description,omitzero"`
		Focus        *Reference   `json:"focus,omitempty"`
		For          *Reference   `json:"for,omitempty"`
		LastModified string       `json:"lastModified,omitzero"`
		Restriction  *Restriction `json:"restriction,omitempty"`
		Output       []TaskOutput `json:"output,omitempty"`
	}

	// A Restriction is by when a Task is to be done.
	Restriction struct {
		ID     string  `json:"id,omitzero"`
		Period *Period `json:"period,omitempty"`
	}

	// A TaskOutput is what was decided, or what a result is and how it was judged.
	TaskOutput struct {
		ID          string          `json:"id,omitzero"`
		Type        CodeableConcept `json:"type"`
		ValueString string          `json:"valueString"`
	}

	// An Annotation is a remark.
	Annotation struct {
		ID   string `json:"id,omitzero"`
		Text string `json:"text"`
	}

	// A Meta has the version of a resource: how often it has changed.
	Meta struct {
		ID        string `json:"id,omitzero"`
		VersionID string `json:"versionId,omitzero"`
	}

	// An Identifier names a resource for every system that knows it.
	Identifier struct {
		ID     string `json:"id,omitzero"`
		Use    string `json:"use,omitzero"`
		System string `json:"system,omitzero"`
		Value  string `json:"value,omitzero"`
	}

	// A Reference is to another resource: by its address, by one of its identifiers,
	// or both. The zero Reference is to none.
	Reference struct {
		ID         string      `json:"id,omitzero"`
		Reference  string      `json:"reference,omitzero"`
		Type       string      `json:"type,omitzero"`
		Identifier *Identifier `json:"identifier,omitempty"`
		Display    string      `json:"display,omitzero"`
	}

	// A WhenExtension has a day or days that belong to an Appointment: see
	// [Export.Targets].
	WhenExtension struct {
		ID          string  `json:"id,omitzero"`
		URL         string  `json:"url"`
		ValueDate   string  `json:"valueDate,omitzero"`
		ValuePeriod *Period `json:"valuePeriod,omitempty"`
	}
)

// A Resource is one of a [Bundle]: *CarePlan, *MedicationRequest, *Appointment,
// *MedicationAdministration, *Observation or *Task.
type Resource interface {
	identifiers() []Identifier
	references() []*Reference
	version(string)
}

func (r *CarePlan) identifiers() []Identifier                 { return r.Identifier }
func (r *MedicationRequest) identifiers() []Identifier        { return r.Identifier }
func (r *Appointment) identifiers() []Identifier              { return r.Identifier }
func (r *MedicationAdministration) identifiers() []Identifier { return r.Identifier }
func (r *Observation) identifiers() []Identifier              { return r.Identifier }
func (r *Task) identifiers() []Identifier                     { return r.Identifier }

func (r *CarePlan) version(v string)                 { r.Meta = &Meta{VersionID: v} }
func (r *MedicationRequest) version(v string)        { r.Meta = &Meta{VersionID: v} }
func (r *Appointment) version(v string)              { r.Meta = &Meta{VersionID: v} }
func (r *MedicationAdministration) version(v string) { r.Meta = &Meta{VersionID: v} }
func (r *Observation) version(v string)              { r.Meta = &Meta{VersionID: v} }
func (r *Task) version(v string)                     { r.Meta = &Meta{VersionID: v} }

func (r *CarePlan) references() []*Reference {
	list := []*Reference{&r.Subject}
	for i := range r.Activity {
		list = append(append(list, &r.Activity[i].Reference), each(r.Activity[i].OutcomeReference)...)
	}
	return list
}

func (r *MedicationRequest) references() []*Reference {
	return append(append([]*Reference{&r.Subject, r.Requester}, each(r.SupportingInformation)...), each(r.BasedOn)...)
}

func (r *Appointment) references() []*Reference {
	list := each(r.SupportingInformation)
	for i := range r.Participant {
		list = append(list, r.Participant[i].Actor)
	}
	return list
}

func (r *MedicationAdministration) references() []*Reference {
	return append([]*Reference{&r.Subject, r.Request}, each(r.SupportingInformation)...)
}

func (r *Observation) references() []*Reference { return []*Reference{r.Subject} }

func (r *Task) references() []*Reference {
	return append([]*Reference{r.For, r.Focus}, each(r.BasedOn)...)
}

func each(list []Reference) (references []*Reference) {
	for i := range list {
		references = append(references, &list[i])
	}
	return references
}
