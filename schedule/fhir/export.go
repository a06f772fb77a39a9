package fhir

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// An Export says what a plan does not know of itself: whose it is, and what codes
// others want. Its Subject is required; everything else may be zero.
type Export struct {
	// Subject is the patient, such as {Reference: "Patient/p1"}. Required: the
	// library builds no patient.
	Subject Reference
	// Others take part in every visit beside the patient: a practitioner, a place.
	Others []Reference
	// Requester and AuthoredOn, an R4 dateTime, are written with every request:
	// some profiles ask for them.
	Requester  *Reference
	AuthoredOn string

	// Active says that somebody who may do so has put the plan into force: until then
	// it is a draft.
	Active bool
	// Agreed reports whether the patient has agreed to come on the day and at the
	// time of a visit, by its id. If nil, none is agreed: visits are proposed.
	Agreed func(schedule.ID) bool

	// Medication returns the codes of a drug given by a route, both in the words of
	// the protocol; nil, or no codes, leaves the words alone. [ConfirmedMedication] has the few
	// that were found confirmed.
	Medication func(drug, route string) []Coding
	// Route does so for a route.
	Route func(route string) []Coding

	// Title is that of the CarePlan: "" stands for "Treatment plan". Description is that
	// of every visit, which front desks read: "" stands for "Clinic visit".
	Title, Description string
	// Text words a Dosage in another language than English; it must begin with Dose
	// and a space. Language is then that of the requests, as BCP 47. If Text is nil,
	// texts are English.
	Text     func(DosageWords) string
	Language string

	// Targets writes the target and the window of sessions as extensions of their
	// Appointments: see [TargetURL] and [WindowURL].
	Targets bool
	// Since leaves out what says the same as in the export of an earlier plan. What is
	// referred to and left out is referred to by its identifier.
	Since *schedule.Plan
}

// A Bundle is a collection of resources: everything that a plan says, for another
// system. What left the plan is in it, cancelled or entered in error: leaving it out
// would delete nothing there.
type Bundle struct {
	ResourceType string      `json:"resourceType"`
	Identifier   *Identifier `json:"identifier,omitempty"`
	Type         string      `json:"type"`
	Timestamp    string      `json:"timestamp,omitzero"`
	Entry        []Entry     `json:"entry,omitempty"`
}

// An Entry is a resource of a Bundle with its address there.
type Entry struct {
	ID       string   `json:"id,omitzero"`
	FullURL  string   `json:"fullUrl"`
	Resource Resource `json:"resource"`
}

// NewBundle returns a plan as FHIR R4: a CarePlan, a MedicationRequest for each phase
// that gives a drug, an Appointment for each visit, a MedicationAdministration for what
// was given, Observations of the weights and Tasks for the gates and for the results of
// visits of a monitoring. docs/FHIR.md has what becomes of what. The error is a [*Refusal] of what the caller gave or of a dose
// that FHIR has no number for.
func NewBundle(p *schedule.Plan, o Export) (*Bundle, error) {
	if p == nil || p.Protocol() == nil {
		return nil, &Refusal{Code: Empty, At: "plan", Want: "a plan that Build made"}
	}
	if o.Subject.Reference == "" && o.Subject.Identifier == nil {
		return nil, &Refusal{Code: Empty, At: "subject", Want: "a reference to the patient"}
	}
	if o.AuthoredOn != "" {
		if _, err := ParseMoment(o.AuthoredOn); err != nil {
			return nil, placed(err, "authoredOn")
		}
	}
	b, err := bundleOf(p, o)
	if err != nil || o.Since == nil {
		return b, err
	}
	if o.Since.Key() != p.Key() {
		return nil, &Refusal{Code: Empty, At: "since", Want: "an earlier state of the same plan"}
	}
	before, err := bundleOf(o.Since, o)
	if err != nil {
		return nil, err
	}
	return changed(before, b)
}

// changed returns what a bundle has that an earlier one did not say.
func changed(before, now *Bundle) (*Bundle, error) {
	said := map[string]Resource{}
	for _, e := range before.Entry {
		said[e.FullURL] = e.Resource
	}
	all, kept := map[string]bool{}, map[string]bool{}
	var list []Entry
	for _, e := range now.Entry {
		all[e.FullURL] = true
		same, err := alike(said[e.FullURL], e.Resource)
		if err != nil {
			return nil, err
		}
		if !same {
			kept[e.FullURL] = true
			list = append(list, e)
		}
	}
	for _, e := range list {
		for _, r := range e.Resource.references() {
			if r != nil && all[r.Reference] && !kept[r.Reference] {
				*r = Reference{Identifier: &Identifier{System: URISystem, Value: r.Reference}}
			}
		}
	}
	now.Entry = list
	return now, nil
}

// alike reports whether two resources say the same, whatever version they are.
func alike(a, b Resource) (bool, error) {
	if a == nil {
		return false, nil
	}
	left, err := json.Marshal(a)
	if err != nil {
		return false, err
	}
	right, err := json.Marshal(b)
	if err != nil {
		return false, err
	}
	return withoutMeta(left) == withoutMeta(right), nil
}

func withoutMeta(src []byte) string {
	var members map[string]json.RawMessage
	if json.Unmarshal(src, &members) != nil {
		return string(src)
	}
	delete(members, "meta")
	delete(members, "lastModified")
	text, err := json.Marshal(members)
	if err != nil {
		return string(src)
	}
	return string(text)
}

// An exporting is the work on one Bundle.
type exporting struct {
	plan   *schedule.Plan
	option Export
	zone   *civil.Zone
	bundle *Bundle
	care   *CarePlan
	events map[string]schedule.Entry
	// given has what was ever recorded as given at a session, extra what no session asked
	// for, by the entry that said so.
	given map[schedule.ID][]schedule.Given
	extra map[string][]schedule.Given
	// requests has the URN of the request of a phase, weights that of a weighing,
	// gates that of the gate after which a session is provisional.
	requests map[phaseKey]string
	beside   map[besideKey]string // and of a medicine beside the drug
	weights  map[schedule.Weighing]string
	gate     map[int]string
	// outcomes has what came of a visit, by its URN.
	outcomes map[string][]string
	// results has the visits of each monitoring in the order of their days.
	results map[string][]schedule.OtherVisit
	err     error
}

func bundleOf(p *schedule.Plan, o Export) (*Bundle, error) {
	x := &exporting{
		plan: p, option: o, zone: civil.NewZone(p.Zone()), events: map[string]schedule.Entry{},
		given: map[schedule.ID][]schedule.Given{}, extra: map[string][]schedule.Given{},
		requests: map[phaseKey]string{}, beside: map[besideKey]string{}, weights: map[schedule.Weighing]string{}, gate: map[int]string{}, outcomes: map[string][]string{}, results: map[string][]schedule.OtherVisit{},
		bundle: &Bundle{
			ResourceType: "Bundle", Identifier: &identified(planURN(p))[0], Type: "collection", Timestamp: instantText(p.AsOf().In(p.Zone())),
		},
	}
	x.readGiven()
	x.carePlan()
	x.observations()
	x.medicationRequests()
	x.besideRequests()
	x.tasks()
	x.resultTasks()
	x.appointments()
	x.activities()
	return x.bundle, x.err
}

// put adds a resource with its version.
func (x *exporting) put(urn string, r Resource, version int) {
	r.version(strconv.Itoa(version))
	x.bundle.Entry = append(x.bundle.Entry, Entry{FullURL: urn, Resource: r})
}

// carePlan adds the plan as a whole.
func (x *exporting) carePlan() {
	x.care = &CarePlan{
		ResourceType: "CarePlan", Language: x.language(), Identifier: identified(carePlanURN(x.plan)), Status: x.status(), Intent: "plan",
		Title: orElse(x.option.Title, "Treatment plan"), Subject: x.option.Subject,
	}
	first, last := date.Date(0), date.Date(0)
	for _, s := range x.plan.All() {
		if d := s.Date(); d != 0 && (s.State() == schedule.StatePlanned || s.State() == schedule.StateProvisional || s.State() == schedule.StateGiven) {
			if first == 0 || d < first {
				first = d
			}
			last = max(last, d)
		}
	}
	if first != 0 {
		x.care.Period = &Period{Start: civil.Format(first), End: civil.Format(last)}
	}
	x.put(carePlanURN(x.plan), x.care, x.plan.Revision())
}

// status returns that of the plan as a whole, in the words that CarePlan and
// MedicationRequest do not share.
func (x *exporting) status() string {
	switch x.plan.Standing() {
	case schedule.OnHold:
		return "on-hold"
	case schedule.Stopped:
		return "revoked"
	case schedule.Completed:
		return "completed"
	}
	if x.option.Active {
		return "active"
	}
	return "draft"
}

// activities makes the plan refer to everything that it asks for, with what came of
// it.
func (x *exporting) activities() {
	for _, e := range x.bundle.Entry {
		switch e.Resource.(type) {
		case *MedicationRequest, *Appointment, *Task:
			a := Activity{Reference: refer(e.FullURL)}
			a.OutcomeReference = referAll(x.outcomes[e.FullURL]...)
			x.care.Activity = append(x.care.Activity, a)
		}
	}
}

func (x *exporting) language() string {
	if x.option.Text == nil {
		return orElse(x.option.Language, "en")
	}
	return x.option.Language
}

// instant returns a minute of a day as an instant with the offset of the clinic.
func (x *exporting) instant(d date.Date, t clinic.TimeOfDay) time.Time {
	at, _ := x.zone.Instant(d, t.Minutes())
	return at
}

// instantText returns an instant with seconds and its offset.
func instantText(t time.Time) string { return t.Format("2006-01-02T15:04:05Z07:00") }

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
