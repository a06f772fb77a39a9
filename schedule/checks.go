package schedule

import "fmt"

// The codes of the standard checks.
const (
	// Of plans.
	LeftOut          Code = "left-out"
	LaterWeeks       Code = "postponed"
	LongerSegment    Code = "carried"
	StartClosed      Code = "start-closed"
	ZoneFixed        Code = "zone-fixed"
	CompanionMissing Code = "companion-missing"
	FollowUpMissing  Code = "follow-up-missing"
	HorizonNear      Code = "horizon-near"
	// VisitOutsideWindow and VisitUnexpected are of visits beside the sessions that
	// took place.
	VisitOutsideWindow Code = "visit-outside-window"
	VisitUnexpected    Code = "visit-unexpected"
	// Of monitoring, and of the sessions that need its results.
	MonitoringMissing Code = "monitoring-missing"
	MonitoringOverdue Code = "monitoring-overdue"
	ResultMissing     Code = "result-missing"
	ResultPending     Code = "result-due"
	ResultNotOK       Code = "result-not-ok"

	// Of which sessions took place.
	Missing        Code = "missing"
	Extra          Code = "extra"
	TooManyInWeek  Code = "too-many-in-week"
	WrongPhase     Code = "wrong-phase"
	GateSkipped    Code = "gate-skipped"
	NothingGiven   Code = "nothing-given"
	GivenOnHold    Code = "given-on-hold"
	MadeUpTwice    Code = "made-up-twice"
	EntryCorrected Code = "corrected"
	NotRestored    Code = "not-restored"

	// Of dates.
	TooEarly         Code = "too-early"
	TooLate          Code = "too-late"
	OutsideWindow    Code = "outside-window"
	DecidedOutside   Code = "decided-outside"
	OutsideRange     Code = "outside-range"
	GapTooShort      Code = "too-close"
	GapTooLong       Code = "gap-too-long"
	TooManySevenDays Code = "too-many-in-seven-days"
	ClosedDay        Code = "closed-day"

	// Of sessions to come.
	DayLost  Code = "day-lost"
	DayHolds Code = "day-holds" // only [Plan.Check] finds it
	NoDose   Code = "no-dose"

	// Of times and visits.
	OutsideHours        Code = "outside-hours"
	Overlap             Code = "overlap"
	TimeSkipped         Code = "time-skipped"
	TimeTwice           Code = "time-twice"
	ObservationCutShort Code = "observation-cut-short"
	TaskMissed          Code = "task-missed"

	// Of weights.
	WeightMissing     Code = "weight-missing"
	WeightDue         Code = "weight-due"
	WeightStale       Code = "weight-stale"
	WeightChanged     Code = "weight-changed"
	WeightImplausible Code = "weight-implausible"
	WeightWithdrawn   Code = "weight-withdrawn"

	// Of doses.
	AdministrationLonger Code = "administration-longer"
	LevelMissing         Code = "level-missing"
	StepPassedOver       Code = "step-passed-over"
	DoseMissing          Code = "dose-missing"
	ReasonMissing        Code = "reason-missing"
	SoftLimit            Code = "soft-limit"
	DoseSoftLimit        Code = "dose-above-soft-limit"
	DoseHardLimit        Code = "dose-above-hard-limit"
	DoseBelowLimit       Code = "dose-below-limit"
	CapPassed            Code = "cap-passed"
	RoundingDeviation    Code = "rounding-deviation"
	DoseNotAllowed       Code = "dose-not-allowed"
	StepTooLarge         Code = "step-too-large"
	DoseUnknown          Code = "dose-unknown"
	PartsMissing         Code = "parts-missing"
	PartUnknown          Code = "part-unknown"
	PartEarly            Code = "part-early"
	PartImpossible       Code = "part-impossible"
	CumulativeSoft       Code = "cumulative-limit"
	CumulativeHard       Code = "cumulative-hard-limit"
	// MissedDoseNotFollowed is of doses that were given, MissedDoseDue of the next one.
	MissedDoseNotFollowed Code = "missed-dose-not-followed"
	MissedDoseDue         Code = "missed-dose-due"

	// Of medicines beside the drug.
	BesideNoDose      Code = "beside-no-dose"
	BesideNotGiven    Code = "beside-not-given"
	BesideUnexpected  Code = "beside-unexpected"
	BesideDoseMissing Code = "beside-dose-missing"
	BesideDoseDiffers Code = "beside-dose-differs"
	BesideSoftLimit   Code = "beside-soft-limit"
	BesideHardLimit   Code = "beside-hard-limit"

	// Of what was noticed when the plan was read from a file.
	ClockMoved      Code = "clock-moved"
	ZoneRenamed     Code = "zone-renamed"
	ProtocolDiffers Code = "protocol-differs"
	FileDiffers     Code = "file-differs"

	// CheckFailed is the code of a check that panicked, or that has no code,
	// severity or function.
	CheckFailed Code = "check-failed"
)

// Checks returns the standard checks, in the order in which they run.
func Checks() []Check {
	checks := standardChecks()
	return checks[:]
}

// standardChecks is the one table of codes and severities. A date outside its
// window, a dose that differs and a session that nobody asked for have one code
// each; the sentences tell them apart.
func standardChecks() [82]Check {
	return [...]Check{
		{LeftOut, Warning, "A session was left out of a week without room.", checkLeftOut},
		{LaterWeeks, Warning, "Sessions were postponed by whole weeks.", checkPostponed},
		{LongerSegment, Warning, "A segment takes more weeks than its cadence plans.", checkCarried},
		{StartClosed, Warning, "The clinic is closed on the first day.", checkStartClosed},
		{ZoneFixed, Warning, "The clinic's time zone is named for an offset, such as EST, and its clocks never change.", checkZoneFixed},
		{CompanionMissing, Warning, "A visit that accompanies a session has no possible day, or did not take place.", checkCompanions},
		{FollowUpMissing, Warning, "A follow-up visit has no possible day, or did not take place.", checkFollowUps},
		{MonitoringMissing, Warning, "A visit of a monitoring has no possible day, or did not take place.", checkMonitoring},
		{MonitoringOverdue, Warning, "A visit of a monitoring was to take place before the day of the as-of, and nobody has said what became of it.", checkMonitoringOverdue},
		{VisitOutsideWindow, Warning, "A companion, a follow-up or a visit of a monitoring took place outside its window.", checkVisitOutsideWindow},
		{VisitUnexpected, Warning, "A companion, a follow-up or a visit of a monitoring took place while the treatment was held, though it was cancelled, or though nothing asks for it.", checkVisitUnexpected},
		{ResultMissing, Violation, "A session took place before a result was known that it needs, or the result was too old.", checkResultMissing},
		{ResultPending, Warning, "A session is planned for the day of the as-of, and a result that it needs is not known, or too old.", checkResultDue},
		{ResultNotOK, Warning, "A session took place, or is planned for the day of the as-of, and the result that it needs was said to be not ok.", checkResultNotOK},
		{HorizonNear, Warning, "A cadence without end has at most one session to come up to its horizon, and was not stopped.", checkHorizonNear},

		{Missing, Warning, "A session did not take place, and no other makes up for it.", checkMissing},
		{Extra, Warning, "A session took place that the protocol does not ask for, and not as needed.", checkExtra},
		{TooManyInWeek, Violation, "The same, in a treatment week that has all the sessions its cadence counts.", checkTooManyInWeek},
		{WrongPhase, Violation, "A session was given as one of another phase.", checkWrongPhase},
		{GateSkipped, Violation, "A session took place after a gate without a decision.", checkGateSkipped},
		{NothingGiven, Warning, "The patient came, and nothing was given.", checkNothingGiven},
		{GivenOnHold, Warning, "A session took place while the treatment was held.", checkGivenOnHold},
		{MadeUpTwice, Warning, "A session took place that was said to be missed or cancelled, and that another makes up for.", checkMadeUpTwice},
		{EntryCorrected, Info, "An entry of the journal is corrected by a later one.", checkCorrected},
		{NotRestored, Warning, "A decision is withdrawn, and what it had set of sessions to come could not go back.", checkNotRestored},

		{TooEarly, Warning, "A session took place before its window, where the cadence states no range.", checkTooEarly},
		{TooLate, Warning, "A session took place after its window, where the cadence states no range.", checkTooLate},
		{OutsideWindow, Info, "A session took place outside its window, at an interval within the range that the cadence states.", checkOutsideWindow},
		{DecidedOutside, Info, "Somebody decided for the date of a session though it is outside its window.", checkDecidedOutside},
		{OutsideRange, Violation, "A session took place outside its window, at an interval outside that range by more than the tolerance.", checkOutsideRange},
		{GapTooShort, Violation, "Fewer days passed since the session before than the minimum gap.", checkTooClose},
		{GapTooLong, Warning, "More days passed since the session before than the protocol allows, and none was missed.", checkGapTooLong},
		{TooManySevenDays, Info, "Seven days in a row hold more sessions, all in their windows, than any week of the cadence.", checkSevenDays},
		{ClosedDay, Warning, "A session took place on a day, not the first, on which the clinic was closed, or another visit on any.", checkClosedDay},

		{DayLost, Warning, "A session or another visit to come is planned on a day or at a time that events have taken from it: closed, unsuitable, or too close to what was given.", checkDayLost},
		{DayHolds, Info, "A day or a time that was lost to the clinic would hold by what the clinic says now: found by `Plan.Check` only.", checkDayHolds},
		{NoDose, Violation, "A session to come has no dose, since none can be computed any more or it would pass a hard limit.", checkNoDose},

		{OutsideHours, Warning, "A session or another visit began or ended outside the clinic's hours of the day.", checkOutsideHours},
		{Overlap, Violation, "A session took place at the time of another session or visit.", checkOverlap},
		{TimeSkipped, Warning, "The clocks skip the time at which a visit starts or ends.", checkTimeSkipped},
		{TimeTwice, Warning, "The clocks show the time at which a visit starts or ends twice; the first counts.", checkTimeTwice},
		{ObservationCutShort, Violation, "A visit was shorter than its administration and observation take.", checkObservation},
		{TaskMissed, Warning, "A task of the visit was not done.", checkTasks},

		{WeightMissing, Violation, "A dose was given for which the protocol needs a weight, without one.", checkWeightMissing},
		{WeightDue, Info, "The weighing that a planned dose was computed from will be older than the protocol allows.", checkWeightDue},
		{WeightStale, Warning, "The weighing that holds for a dose that was given was older than the protocol allows.", checkWeightStale},
		{WeightChanged, Warning, "The weight changed by more than the protocol allows since the dose before.", checkWeightChanged},
		{WeightImplausible, Warning, "A weight, or with it a height, is outside the bounds within which it is usually found.", checkWeightImplausible},
		{WeightWithdrawn, Warning, "A dose was given that had been computed from a weight which was withdrawn since.", checkWeightWithdrawn},

		{DoseMissing, Warning, "A session took place, and how much was given is not entered yet.", checkDoseMissing},
		{ReasonMissing, Warning, "A dose that the plan and the protocol do not expect was given, without a reason or without who decided it.", checkReasonMissing},
		{SoftLimit, Warning, "The dose that the protocol computes passes a soft limit.", checkSoftLimit},
		{AdministrationLonger, Warning, "Giving the dose takes longer than the visit has for it, since the pump rounds the flow.", checkAdministrationLonger},
		{LevelMissing, Warning, "The phase does not have the level that was chosen, or given last, and its own dose is planned.", checkLevelMissing},
		{StepPassedOver, Info, "A step that the protocol plans is passed over, since the dose follows the level given last.", checkStepPassedOver},
		{DoseHardLimit, Violation, "The dose given passes a hard limit: it is too large, or was given too fast.", checkDoseHardLimit},
		{DoseBelowLimit, Warning, "The dose given is not what the protocol computes, and too small or given too slowly for a limit.", checkDoseBelowLimit},
		{DoseSoftLimit, Warning, "The dose given is not what the protocol computes, or was given faster, and passes a soft limit.", checkDoseSoftLimit},
		{CapPassed, Violation, "The dose given is within all limits and above the cap.", checkCapPassed},
		{RoundingDeviation, Warning, "The dose given is another rounding of the one before rounding: less than a step away, or within the stated deviation.", checkRounding},
		{DoseNotAllowed, Violation, "The dose given is none that the protocol has for the session, and none of the above.", checkDoseNotAllowed},
		{StepTooLarge, Warning, "The dose given, chosen or planned is more than one level above the dose before, in a phase that is climbed by one level at a time.", checkStepTooLarge},
		{DoseUnknown, Warning, "No dose can be computed to compare the one given with, for another reason than a missing weight.", checkDoseUnknown},
		{PartsMissing, Warning, "A dose in parts was given, and how much of a part, or whether it was given at all, is not recorded.", checkPartsMissing},
		{PartUnknown, Violation, "A part was recorded that the dose of the phase does not have.", checkPartUnknown},
		{PartEarly, Warning, "A part was begun earlier after the part before than the protocol says.", checkPartEarly},
		{PartImpossible, Warning, "A part that is given on a condition cannot be given to this patient.", checkPartImpossible},
		{CumulativeSoft, Warning, "The doses of a period together pass a soft limit of the protocol, or do not reach a minimum.", checkCumulativeSoft},
		{CumulativeHard, Violation, "The doses of a period together pass a hard limit of the protocol, or do not reach a minimum.", checkCumulativeHard},
		{MissedDoseNotFollowed, Warning, "A dose was given after missed ones otherwise than the protocol's table of missed doses says: another level, no restart, or nobody asked.", checkMissedDoseNotFollowed},
		{MissedDoseDue, Warning, "The next dose to come is so many days after the last one that the protocol's table of missed doses has something else follow.", checkMissedDoseDue},

		{BesideNoDose, Violation, "A medicine beside the drug of a session to come has no dose, since none can be computed any more or it would pass a hard limit.", checkBesideNoDose},
		{BesideNotGiven, Warning, "A medicine that the protocol asks for beside the drug was not given, or nothing was recorded of it.", checkBesideNotGiven},
		{BesideUnexpected, Warning, "A medicine was given beside the drug that the protocol does not have at the session, or more often than planned.", checkBesideUnexpected},
		{BesideDoseMissing, Warning, "A medicine was given beside the drug, and how much is not entered yet.", checkBesideDoseMissing},
		{BesideDoseDiffers, Warning, "The dose of a medicine beside the drug is not the planned one nor a choice, without a reason or without who decided it.", checkBesideDoseDiffers},
		{BesideSoftLimit, Warning, "A dose of a medicine beside the drug, or the sum of those of a period, passes a soft limit.", checkBesideSoftLimit},
		{BesideHardLimit, Violation, "A dose of a medicine beside the drug that was given, or the sum of those of a period, passes a hard limit.", checkBesideHardLimit},

		{ClockMoved, Warning, "Newer rules of the clinic's time zone move the instant at which a session or another visit to come begins; its date and its time stay.", checkClockMoved},
		{ZoneRenamed, Info, "The plan was read with a time zone of another name than its file has, whose clocks are the same.", checkZoneRenamed},
		{ProtocolDiffers, Warning, "The plan was read from a file that names its protocol by another digest than that of the protocol it was read with.", checkProtocolDiffers},
		{FileDiffers, Warning, "The plan was read from a file of an older format that has a session otherwise than it follows from the journal now.", checkFileDiffers},
	}
}

// wholePlan is the session of a finding about the plan as a whole.
const wholePlan = -1

// report appends a finding about a session, or about the whole plan.
func report(found []Finding, index int, format string, args ...any) []Finding {
	return append(found, Finding{Session: index + 1, Text: fmt.Sprintf(format, args...)})
}
