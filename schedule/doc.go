// Package schedule makes one patient's plan: a protocol, a start, a clinic's
// calendar and measured weights become dated, dosed sessions.
//
// # Model
//
// [Build] takes a [Request] and returns a [*Plan], which is immutable. Each
// [Session] has a target, the date that the protocol asks for; a window around
// it; the date it was given; and a dose with every step of its computation.
// [Plan.Explain] says why.
//
// Whoever makes many plans of one protocol at one clinic keeps a [Planner]: its
// plans are the same, several times as fast, and share what they have in common. Its
// answers about days are the first that the clinic gave: see there. Whoever only wants
// the days that a protocol asks for takes its [Outline].
//
// # Placement
//
// Every date lies in its window, on a day when an opening interval of the clinic
// holds the visit, and at least the minimum gap after the session before; between
// two phases the larger of their gaps holds. Among all placements that keep
// these rules the one with the least sum of squared shifts from the targets is
// taken, and among equals the lexicographically latest list of dates: rather a
// day late than a day early. It is found exactly. If there is none, the answer
// is a [*BuildError] that names the first session without a possible day and the
// reason against each day of its window, never a date outside it.
//
// A [ShortWeek] other than the zero value says what to do instead of that error:
// leave sessions out, postpone, or carry them into further weeks. Whatever it
// changes is a finding.
//
// # Calendars and wishes
//
// When the clinic is open is said by a [clinic.Clinic], or by whatever else
// satisfies [clinic.Opening]. [Wishes] are the patient's: absences, days that
// never suit and appointments bind like the protocol, a preferred time only
// chooses the start of a visit.
//
// # Around the sessions
//
// Each gate of the protocol becomes a [Checkpoint], and sessions after the first
// of them are provisional. Companions of a session, follow-ups of the last one and
// what is monitored on a cadence of its own become an [OtherVisit] each; none of
// them moves a session. [Session.ResultsDue] says which results a session waits
// for. [Session.Tasks] puts the tasks of a visit on the clock.
//
// # Doses
//
// The dose of a session follows from a level of its phase and from the latest
// weighing dated on or before it. A level is one of the doses that a phase names:
// its own, its choices, its conditional steps. Which it is, in this order:
//
//   - what a clinician has chosen ([DoseChosen]), from the chosen session on;
//   - the level given last, in a phase that follows that and has it;
//   - the last planned step that the session's number has reached, else the
//     phase's own dose.
//
// A dose given that is none of the levels counts as the highest that delivers at
// most it. [Session.Level] says which level is planned, [Session.Delivery] how it
// is given and what is really delivered, [Session.Worksheet] how to prepare it, and
// [Session.Allowed] what else the protocol allows there. In a phase that is climbed
// by one level at a time that is nothing further up than one level above the dose
// before; a planned or chosen dose that is stays as it is, with a finding.
//
// A hard limit, also one on a sum of doses, is an error without a number; a soft
// one is a finding that stays open until somebody accepts it. Sums count what was
// given and what will be delivered. A minimum of a day or a treatment week is judged
// after the last session of it, one of the plan after its last session.
//
// A dose in parts has them in [Session.Parts], and what is given beside the drug is in
// [Session.Beside], each with a name, limits and sums of its own.
//
// # The living plan
//
// An [Event] says what happened: a session was [Given], [Missed], [Cancelled] or
// [Moved], the patient was [Weighed], the treatment is [Held], a gate was
// [Decided]. [Plan.Apply] returns the plan that is true after it. What is past
// never changes, and an event changes only what it names: no session moves to
// make room for another. What no longer fits is a finding, and [Plan.Repairs]
// has the ways on from a session that was missed, late, early or held, each a
// whole plan with its [Diff], the source that it rests on and what it would
// cause. Which one is taken is for a clinician to decide.
//
// Another version of the protocol is [Adopted], phase by phase; another protocol is
// [Switched] to, and begins at its first phase on a day that is day 1 from then on.
// Each session keeps the protocol it was given under, and sums of doses and levels are
// those of one drug. Doses from before the plan are in its [Request].
//
// A plan after events is still one plan: [Plan.History] has them, [Plan.On] says
// how the plan stands on a day, and a session keeps its id whatever happens to
// its date. Its revision rises when its date, time, length, state or planned level
// changes.
//
// An app with many patients keeps of every plan, beside its file, the [Row] that
// [Plan.Row] returns and the rows of its visits ([Plan.AppendVisitRows]), and asks its
// database who is due, overdue or waits for a decision: rows change with the plan and
// never with the day. docs/STORING.md is the guide.
//
// [FormatPlan] writes a plan as a file and [ParsePlan] reads it, in time that is linear in
// the size of the file: with its protocols, what the clinic answered, its journal and its
// state, and a digest of each. [Plan.Verify] says whether the state is what the journal
// comes to by the present rules, and [ParsePlanFile] opens what cannot be built.
// docs/FILES.md has the format. [FormatEvents] and [ParseEvents] do
// the same for the events alone.
//
// These are conventions of the living plan, not clinical statements:
//
//   - Sessions are recorded in order: what became of one must be known before
//     the next is given.
//   - Sessions that are planned again are placed like those of [Build], by the
//     plan's [ShortWeek], from the as-of day on and after the last session given;
//     under [Carry] as under [Refuse].
//   - A step back takes as many sessions at the earlier frequency as the phase
//     has left, unless it says how many, on the days that the earlier phase would
//     have had; what follows keeps its days of the week.
//   - A dose that cannot be computed any more, or would pass a hard limit since a
//     weight or a dose that was given, is none, with an error of its own: what
//     made it so is recorded all the same.
//
// # Findings
//
// [Validate] looks a plan over and returns what it found, each a [Finding]: data with a
// stable code, never an error. [Checks] has the standard checks; a [Check] of one's own is data
// and a function.
//
// A [Record] is what was really given to a patient, from any database or from a
// file that [ParseRecord] reads. [ValidateRecord] compares it with a protocol:
// [Record.Plan] pairs what was given with what the protocol asks for, at least
// total cost, so that one missed session is one finding and not a cascade, and
// the same checks look the result over. Pairs are with targets: a protocol does
// not know why a clinic moved a session.
//
// # Conventions
//
// These are conventions of this package, not clinical statements; a protocol can
// state its own windows, and a protocol or a request its own weekdays.
//
//   - In a week with n sessions the targets are on day 1 (n = 1), days 1 and 4
//     (2), 1, 3 and 5 (3), 1, 2, 4 and 5 (4), or one a day from day 1 on.
//   - The window of a session in a week with others is that week; that of the
//     only session of its week is three days either side of the target.
//   - Any other session has a tolerance set by the least distance between the
//     targets of its segment: under 7 days 1, under 28 days 3, else 7. A month
//     counts 30 days.
//   - No window begins before the plan's start, and the clinic must be open on
//     that day.
//   - A visit begins as early as the clinic's hours of the day allow.
//   - The treatment week of a session is that of its target.
//
// # Time
//
// A session is a civil date and a time on the clinic's clock. Durations are real
// time: a visit that spans a clock change ends so many minutes later, not so
// many on the clock. Nothing here reads a clock or the machine's zone; the
// request carries an as-of instant.
//
// # Text forms
//
// Dates are YYYY-MM-DD from 1900 to 2200, times HH:MM; both are read strictly,
// by [ParseDate] and [clinic.ParseTimeOfDay]. A plan in JSON, and in a file, is the same
// bytes every time.
package schedule
