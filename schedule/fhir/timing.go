package fhir

// A Timing is the R4 datatype of that name: events, a rule of repetition, a code, or
// a code and a rule. It is plain data, with the names and texts that FHIR has for
// them; what it means and whether it can be dated [Timing.Expand] says. The zero
// Timing states nothing.
type Timing struct {
	ID string `json:"id,omitzero"`
	// Event lists days or instants, as R4 dateTime: "2026-03-02" or
	// "2026-03-02T09:00:00+01:00".
	Event  []string         `json:"event,omitempty"`
	Repeat *Repeat          `json:"repeat,omitempty"`
	Code   *CodeableConcept `json:"code,omitempty"`
}

// A Repeat is Timing.repeat: the rule. The zero value of an element is one that is
// not there; elements that may be 0 are pointers.
type Repeat struct {
	ID string `json:"id,omitzero"`
	// Extension has days of the month: see [DayOfMonthURL].
	Extension []Extension `json:"extension,omitempty"`
	// At most one of the bounds is there: how long, from how long to how long, or
	// from when to when.
	BoundsDuration *Quantity `json:"boundsDuration,omitempty"`
	BoundsRange    *Range    `json:"boundsRange,omitempty"`
	BoundsPeriod   *Period   `json:"boundsPeriod,omitempty"`
	// Count is how many occurrences there are in all, or the least number where
	// CountMax is the largest.
	Count    int `json:"count,omitzero"`
	CountMax int `json:"countMax,omitzero"`
	// Duration is how long each takes, in DurationUnit.
	Duration     *Decimal `json:"duration,omitempty"`
	DurationMax  *Decimal `json:"durationMax,omitempty"`
	DurationUnit string   `json:"durationUnit,omitzero"`
	// Frequency is how often in each Period, in PeriodUnit: s, min, h, d, wk, mo or
	// a. 0 is once.
	Frequency    int     `json:"frequency,omitzero"`
	FrequencyMax int     `json:"frequencyMax,omitzero"`
	Period       Decimal `json:"period,omitzero"`
	PeriodMax    Decimal `json:"periodMax,omitzero"`
	PeriodUnit   string  `json:"periodUnit,omitzero"`
	// DayOfWeek has "mon" to "sun", TimeOfDay clock times "hh:mm:ss", When codes of
	// the time of day, such as "MORN"; Offset is in minutes before or after those.
	DayOfWeek []string `json:"dayOfWeek,omitempty"`
	TimeOfDay []string `json:"timeOfDay,omitempty"`
	When      []string `json:"when,omitempty"`
	Offset    *int     `json:"offset,omitempty"`
}

// A Period is from when to when, as R4 dateTime, both inclusive. Either may be
// missing.
type Period struct {
	ID    string `json:"id,omitzero"`
	Start string `json:"start,omitzero"`
	End   string `json:"end,omitzero"`
}

// A Quantity is a number with a unit: its words in Unit, its code in Code.
type Quantity struct {
	ID         string   `json:"id,omitzero"`
	Value      *Decimal `json:"value,omitempty"`
	Comparator string   `json:"comparator,omitzero"`
	Unit       string   `json:"unit,omitzero"`
	System     string   `json:"system,omitzero"`
	Code       string   `json:"code,omitzero"`
}

// A Range is every amount from Low to High.
type Range struct {
	ID   string    `json:"id,omitzero"`
	Low  *Quantity `json:"low,omitempty"`
	High *Quantity `json:"high,omitempty"`
}

// A Ratio is an amount for another, such as a dose for the time it is given in.
type Ratio struct {
	ID          string    `json:"id,omitzero"`
	Numerator   *Quantity `json:"numerator,omitempty"`
	Denominator *Quantity `json:"denominator,omitempty"`
}

// A CodeableConcept is a concept as codes that mean the same, or as words.
type CodeableConcept struct {
	ID     string   `json:"id,omitzero"`
	Coding []Coding `json:"coding,omitempty"`
	Text   string   `json:"text,omitzero"`
}

// A Coding is a code of a code system.
type Coding struct {
	ID           string `json:"id,omitzero"`
	System       string `json:"system,omitzero"`
	Version      string `json:"version,omitzero"`
	Code         string `json:"code,omitzero"`
	Display      string `json:"display,omitzero"`
	UserSelected bool   `json:"userSelected,omitzero"`
}

// An Extension is the one that is read: a day of the month.
type Extension struct {
	ID               string `json:"id,omitzero"`
	URL              string `json:"url"`
	ValuePositiveInt int    `json:"valuePositiveInt,omitzero"`
}

// Names of systems and extensions.
const (
	// UCUM is the system of units of measure.
	UCUM = "http://unitsofmeasure.org"
	// AbbreviationSystem has the codes of Timing.code that are known here.
	AbbreviationSystem = "http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation"
	// DayOfMonthURL is that of an extension of Timing.repeat: a day of the month on
	// which it takes place, 1 to 31.
	DayOfMonthURL = "http://hl7.org/fhir/StructureDefinition/timing-dayOfMonth"
	// daysOfCycleURL is that of an extension which a Timing may not have.
	daysOfCycleURL = "http://hl7.org/fhir/StructureDefinition/timing-daysOfCycle"
)
