package fhir

import "github.com/regimen-go/regimen/internal/document"

// A Code names a reason to refuse. Codes are never renamed and never reused.
type Code string

// What is wrong with a text as JSON. Null is [Empty].
const (
	NotJSON          Code = document.CodeSyntax
	TrailingData     Code = document.CodeTrailing
	ByteOrderMark    Code = document.CodeMark
	NotUTF8          Code = document.CodeUTF8
	HalfSurrogate    Code = document.CodeSurrogate
	DuplicateElement Code = document.CodeDuplicate
	TooDeep          Code = document.CodeDepth
	TooManyElements  Code = document.CodeCount
	TooLarge         Code = document.CodeSize
)

// What is wrong with an element, whatever it may mean.
const (
	BadType             Code = "bad-type"
	Empty               Code = "empty"
	UnknownElement      Code = "unknown-element"
	OutOfRange          Code = "out-of-range"
	NotPositive         Code = "not-positive"
	Negative            Code = "negative"
	ZeroPeriod          Code = "zero-period"
	UnknownUnit         Code = "unknown-unit"
	PeriodWithoutUnit   Code = "period-without-unit"
	UnitWithoutPeriod   Code = "unit-without-period"
	DurationWithoutUnit Code = "duration-without-unit"
	UnitWithoutDuration Code = "unit-without-duration"
	MaxWithoutMin       Code = "max-without-min"
	MaxBelowMin         Code = "max-below-min"
	UnknownDay          Code = "unknown-day"
	DuplicateDay        Code = "duplicate-day"
	BadTime             Code = "bad-time"
	DuplicateTime       Code = "duplicate-time"
	UnknownWhen         Code = "unknown-when"
	DuplicateWhen       Code = "duplicate-when"
	WhenAndTime         Code = "when-and-time"
	OffsetWithoutWhen   Code = "offset-without-when"
	OffsetTooLong       Code = "offset-too-long"
	TwoBounds           Code = "two-bounds"
	BadDate             Code = "bad-date"
	DateWithoutDay      Code = "date-without-day"
	BoundsReversed      Code = "bounds-reversed"
	Comparator          Code = "comparator"
	ZeroBounds          Code = "zero-bounds"
	BadDayOfMonth       Code = "bad-day-of-month"
	UnknownExtension    Code = "unknown-extension"
	MisplacedExtension  Code = "misplaced-extension"
	ModifierExtension   Code = "modifier-extension"
	PrimitiveExtension  Code = "primitive-extension"
	DuplicateEvent      Code = "duplicate-event"
	MixedEvents         Code = "mixed-events"
	BadDayOfCycle       Code = "bad-day-of-cycle"
)

// What a Timing does not say, or says twice.
const (
	NoRepetition           Code = "no-repetition"
	TimesNotStated         Code = "times-not-stated"
	DaysNotStated          Code = "days-not-stated"
	FrequencyDaysMismatch  Code = "frequency-days-mismatch"
	FrequencyTimesMismatch Code = "frequency-times-mismatch"
	FrequencyWhenMismatch  Code = "frequency-when-mismatch"
	DaysWithPeriod         Code = "days-with-period"
	WeekAmbiguous          Code = "week-ambiguous"
	FractionalPeriod       Code = "fractional-period"
	FractionalBounds       Code = "fractional-bounds"
	BoundsCutWeek          Code = "bounds-cut-week"
	CountExceedsBounds     Code = "count-exceeds-bounds"
	DurationExceedsPeriod  Code = "duration-exceeds-period"
	RangeNotChosen         Code = "range-not-chosen"
	EventAndRepeat         Code = "event-and-repeat"
	EventAndCode           Code = "event-and-code"
	UnknownCode            Code = "unknown-code"
	CodeConflict           Code = "code-conflict"
	HolidayCalendar        Code = "holiday-calendar"
	DayOfMonthMissing      Code = "day-of-month-missing"
	CycleNotDays           Code = "cycle-not-days"
	NightDate              Code = "night-date"
	EndTime                Code = "end-time"
)

// What a list of Dosages does not say, or says twice.
const (
	AsNeededWithTiming Code = "as-needed-with-timing"
	AsNeededNotLast    Code = "as-needed-not-last"
	TwoAsNeeded        Code = "two-as-needed"
	TwoAmounts         Code = "two-amounts"
	NoTiming           Code = "no-timing"
	SequenceMissing    Code = "sequence-missing"
	ConcurrentDosages  Code = "concurrent-dosages"
	SequenceUnending   Code = "sequence-unending"
	SequenceEndUnknown Code = "sequence-end-unknown"
	PhasesOverlap      Code = "phases-overlap"
	NoCadence          Code = "no-cadence"
)

// What is wrong with a Bundle, whatever its Timings say.
const (
	UnknownResource    Code = "unknown-resource"
	Missing            Code = "missing"
	UnknownStatus      Code = "unknown-status"
	LibraryOrder       Code = "library-order"
	AddressNotAbsolute Code = "address-not-absolute"
	AddressTwice       Code = "address-twice"
	IdentifierTwice    Code = "identifier-twice"
	ReferenceToNothing Code = "reference-to-nothing"
	NotAnInstant       Code = "not-an-instant"
	StartWithoutEnd    Code = "start-without-end"
	ReasonWithoutEnd   Code = "reason-without-cancellation"
	UnitNotCode        Code = "unit-not-code"
	TextNotDose        Code = "text-not-dose"
	UnsafeText         Code = "unsafe-text"
	DoseAboveMost      Code = "dose-above-maximum"
	GivenWithoutRecord Code = "given-without-record"
)

// What the caller has to give, or gave wrongly.
const (
	StartMissing      Code = "start-missing"
	StartBeforeBounds Code = "start-before-bounds"
	StartAfterBounds  Code = "start-after-bounds"
	EventBeforeStart  Code = "event-before-start"
	NoEnd             Code = "no-end"
	TooMany           Code = "too-many"
	BadZone           Code = "bad-zone"
)

// A CodeEntry is a line of the table of codes.
type CodeEntry struct {
	// Group is what the code is about: json, shape, meaning, dosage, bundle or caller.
	Group string
	Code  Code
	// Want is what is wanted instead.
	Want string
}

// Want returns what is wanted where a value is refused with the code, without the
// word want; "" for a code that is none of [Codes].
func (c Code) Want() string {
	for _, entry := range Codes() {
		if entry.Code == c {
			return entry.Want
		}
	}
	return ""
}

// Codes returns every code with what is wanted instead, in the order of their
// groups.
func Codes() []CodeEntry {
	return []CodeEntry{
		{"json", NotJSON, "JSON"},
		{"json", TrailingData, "one value and nothing after it"},
		{"json", ByteOrderMark, "a text without a byte order mark"},
		{"json", NotUTF8, "UTF-8"},
		{"json", HalfSurrogate, "both halves of a surrogate pair"},
		{"json", DuplicateElement, "each element once in an object"},
		{"json", TooDeep, "at most 16 levels of { and ["},
		{"json", TooManyElements, "at most 65,536 members of an object and 1,048,576 elements of a list"},
		{"json", TooLarge, "at most 1 MiB"},

		{"shape", BadType, "a value of the type that R4 has for the element: count, countMax, frequency, frequencyMax, offset and sequence are whole numbers written without a point"},
		{"shape", Empty, "a value or nothing at all: no null, no empty text, list or object"},
		{"shape", UnknownElement, "an element of R4"},
		{"shape", OutOfRange, "a number of at most 10^9 and 18 digits (of 31 bits where it is whole), a year from 1900 to 2200, also of every date that follows"},
		{"shape", NotPositive, "a number above 0"},
		{"shape", Negative, "a number not below 0"},
		{"shape", ZeroPeriod, "a period above 0"},
		{"shape", UnknownUnit, "a unit of time: s, min, h, d, wk, mo or a; of a quantity a code of UCUM together with the system http://unitsofmeasure.org"},
		{"shape", PeriodWithoutUnit, "periodUnit beside the period"},
		{"shape", UnitWithoutPeriod, "a period beside periodUnit"},
		{"shape", DurationWithoutUnit, "durationUnit beside the duration"},
		{"shape", UnitWithoutDuration, "a duration beside durationUnit"},
		{"shape", MaxWithoutMin, "the lower end beside the upper one"},
		{"shape", MaxBelowMin, "an upper end not below the lower one"},
		{"shape", UnknownDay, "mon, tue, wed, thu, fri, sat or sun"},
		{"shape", DuplicateDay, "each day once"},
		{"shape", BadTime, "a clock time hh:mm:ss, from 00:00:00 to 23:59:59"},
		{"shape", DuplicateTime, "each clock time once"},
		{"shape", UnknownWhen, "a code of the R4 value set EventTiming"},
		{"shape", DuplicateWhen, "each code once"},
		{"shape", WhenAndTime, "when or timeOfDay, not both (tim-10)"},
		{"shape", OffsetWithoutWhen, "an offset only beside a when that it can be before or after: not C, CM, CD, CV (tim-9)"},
		{"shape", OffsetTooLong, "an offset below 1,440 minutes"},
		{"shape", TwoBounds, "one of boundsDuration, boundsRange and boundsPeriod"},
		{"shape", BadDate, "a day YYYY-MM-DD that exists, or an instant with seconds and an offset"},
		{"shape", DateWithoutDay, "a date with its day"},
		{"shape", BoundsReversed, "an end not before the start"},
		{"shape", Comparator, "a quantity without a comparator"},
		{"shape", ZeroBounds, "bounds above 0"},
		{"shape", BadDayOfMonth, "days of the month from 1 to 31, each once, and no days of the week beside them"},
		{"shape", UnknownExtension, "no extension but timing-dayOfMonth of repeat: remove one that you know to change nothing"},
		{"shape", MisplacedExtension, "the extension where its definition allows it: timing-dayOfMonth in repeat, timing-daysOfCycle in an action of a PlanDefinition"},
		{"shape", ModifierExtension, "no modifierExtension: it may change every meaning"},
		{"shape", PrimitiveExtension, "no extension of a primitive value: remove one that you know to change nothing"},
		{"shape", DuplicateEvent, "each event once"},
		{"shape", MixedEvents, "events that are all days or all instants"},
		{"shape", BadDayOfCycle, "days of the cycle from 1 to its length, each once"},

		{"meaning", NoRepetition, "how often: a period, days, clock times, or a count of 1; bounds or a duration alone do not say"},
		{"meaning", TimesNotStated, "clock times, or a start with a time, where there are several a day"},
		{"meaning", DaysNotStated, "days where there are several in a period"},
		{"meaning", FrequencyDaysMismatch, "a frequency that is the number of days, times that of the clock times"},
		{"meaning", FrequencyTimesMismatch, "a frequency that is the number of clock times"},
		{"meaning", FrequencyWhenMismatch, "a frequency that is the number of codes in when"},
		{"meaning", DaysWithPeriod, "a period of 1 day or whole weeks beside days of the week, of 1 day or 1 month beside days of the month"},
		{"meaning", WeekAmbiguous, "a start from which every way of counting weeks gives the same days, such as the first listed day of its week from Monday"},
		{"meaning", FractionalPeriod, "a period of whole days or whole months; from a start with a time, of whole seconds"},
		{"meaning", FractionalBounds, "a length of whole days or whole months"},
		{"meaning", BoundsCutWeek, "a start and an end that leave whole each week of several sessions whose days are not stated"},
		{"meaning", CountExceedsBounds, "bounds that hold the count"},
		{"meaning", DurationExceedsPeriod, "durations that fit the period; how long it goes on is written as bounds"},
		{"meaning", RangeNotChosen, "one number, or a caller who chooses the low or the high end"},
		{"meaning", EventAndRepeat, "event or repeat, not both"},
		{"meaning", EventAndCode, "event or code, not both"},
		{"meaning", UnknownCode, "a code of v3-GTSAbbreviation that is known here: QD, QOD, AM, PM, BED, WK, MO"},
		{"meaning", CodeConflict, "a code and data that say the same"},
		{"meaning", HolidayCalendar, "a rule that needs no calendar of holidays"},
		{"meaning", DayOfMonthMissing, "a day that every month has in which it is asked for"},
		{"meaning", CycleNotDays, "a cycle of whole days, once per period, without days or times of its own"},
		{"meaning", NightDate, "a time of day that does not leave open on which side of midnight it is"},
		{"meaning", EndTime, "an end without a time, or at 23:59, where sessions on that day have none"},

		{"dosage", AsNeededWithTiming, "a timing, or as needed; both are an upper limit, not a schedule"},
		{"dosage", AsNeededNotLast, "as needed only in the last Dosage"},
		{"dosage", TwoAsNeeded, "asNeededBoolean or asNeededCodeableConcept, not both"},
		{"dosage", TwoAmounts, "one dose[x] and one rate[x]"},
		{"dosage", NoTiming, "a timing, or as needed"},
		{"dosage", SequenceMissing, "a sequence in each of several Dosages"},
		{"dosage", ConcurrentDosages, "Dosages one after the other: equal sequence numbers are at the same time"},
		{"dosage", SequenceUnending, "bounds, or a start of its own of the next Dosage: this one never ends"},
		{"dosage", SequenceEndUnknown, "bounds, or a start of its own of the next Dosage: when this one ends is not stated"},
		{"dosage", PhasesOverlap, "a start after the Dosage before has ended"},
		{"dosage", NoCadence, "a Dosage whose days a cadence can say, without clock times or times of the day"},

		{"bundle", UnknownResource, "CarePlan, MedicationRequest, Appointment, MedicationAdministration, Observation or Task"},
		{"bundle", Missing, "an element that R4 or a reader of a plan needs"},
		{"bundle", UnknownStatus, "a code of the value set that R4 binds the element to"},
		{"bundle", LibraryOrder, "intent plan or proposal: an order is a clinician's act"},
		{"bundle", AddressNotAbsolute, "urn:uuid: and a UUID in lower case, or an absolute address"},
		{"bundle", AddressTwice, "each address once in a Bundle"},
		{"bundle", IdentifierTwice, "each identifier once in a Bundle"},
		{"bundle", ReferenceToNothing, "a reference to what the Bundle has"},
		{"bundle", NotAnInstant, "an instant with seconds and an offset"},
		{"bundle", StartWithoutEnd, "start and end together (app-2), also of every status but proposed and cancelled (app-3)"},
		{"bundle", ReasonWithoutEnd, "a reason only of what was cancelled or did not take place (app-4)"},
		{"bundle", UnitNotCode, "a UCUM code with the unit that it stands for, in the unit that is wanted there: mg, mcg or g of a dose, kg of a weight, min or s of a time"},
		{"bundle", TextNotDose, "a text that begins with the dose as it is coded"},
		{"bundle", UnsafeText, "a leading zero, no trailing zero, a space before the unit, no Greek mu, no dangerous abbreviation"},
		{"bundle", DoseAboveMost, "a dose that is at most the maximum beside it, in the same unit"},
		{"bundle", GivenWithoutRecord, "an outcome in the CarePlan for what took place"},

		{"caller", StartMissing, "a start"},
		{"caller", StartBeforeBounds, "a start inside the bounds"},
		{"caller", StartAfterBounds, "a start inside the bounds"},
		{"caller", EventBeforeStart, "events from the start on"},
		{"caller", NoEnd, "a last day, where nothing in the Timing ends it"},
		{"caller", TooMany, "at most 20,000 occurrences"},
		{"caller", BadZone, "a time zone with an IANA name, and instants in a zone other than that of the machine"},
	}
}
