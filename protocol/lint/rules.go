package lint

// The codes of the standard rules.
const (
	// Of how often.
	NotCompiled    Code = "not-compiled"
	Unplannable    Code = "unplannable"
	TaperRises     Code = "taper-rises"
	WindowWide     Code = "window-wide"
	OrderAmbiguous Code = "order-ambiguous"
	GapTight       Code = "gap-tight"
	MaxGapShort    Code = "max-gap-short"
	SpanPassed     Code = "span-passed"
	TitleCadence   Code = "title-cadence"
	MonthUnchosen  Code = "month-unchosen"
	PhaseIdle      Code = "phase-idle"
	// Of doses.
	ChoiceAboveSoft Code = "choice-above-soft-limit"
	StepOverStated  Code = "step-over-stated"
	DoseRefused     Code = "dose-refused"
	StalenessLong   Code = "staleness-long"
	BesideRoute     Code = "beside-route-missing"
	BesideSource    Code = "beside-source-missing"
	BesideTime      Code = "beside-time-stated"
	BesideIdle      Code = "beside-idle"
	AsNeeded        Code = "as-needed-unlimited"
	PartsUnlimited  Code = "parts-unlimited"
	// Of decisions and follow-ups.
	GateUnreachable Code = "gate-unreachable"
	OutcomeIdle     Code = "outcome-idle"
	FollowUpOverlap Code = "follow-up-overlap"
	// Of monitoring.
	MonitoringEnds Code = "monitoring-ends-early"
	ResultUnmet    Code = "result-not-in-time"
	ResultIdle     Code = "result-idle"
	// Of missed doses.
	MissedDoseUnsourced Code = "missed-dose-unsourced"
	MissedDoseEnds      Code = "missed-dose-ends"
	MissedDoseDays      Code = "missed-dose-days"
	MissedDoseLate      Code = "missed-dose-begins-late"
	// Of visits.
	ObservationMissing  Code = "observation-missing"
	ObservationRequired Code = "observation-required"
	ObservationShort    Code = "observation-short"
	TaskOutside         Code = "task-outside"
	TaskTwice           Code = "task-twice"
	VisitLong           Code = "visit-long"
	FastingShort        Code = "fasting-short"
	// Of parameters.
	ParameterUnused Code = "parameter-unused"
	ParameterRange  Code = "parameter-range"
	// Of what the protocol rests on.
	SourceMissing           Code = "source-missing"
	SourceUngraded          Code = "source-ungraded"
	FactUnverified          Code = "fact-unverified"
	FactPlace               Code = "fact-place"
	ContraindicationsUnsaid Code = "contraindications-unsaid"
	LabelsUnsaid            Code = "labels-unsaid"
	// Of the file.
	IDMissing        Code = "id-missing"
	IDNotKebab       Code = "id-not-kebab"
	VersionUnchanged Code = "version-unchanged"
	// Of several files.
	IDTwice                    Code = "id-twice"
	DrugTwoNames               Code = "drug-two-names"
	ContraindicationsElsewhere Code = "contraindications-elsewhere"
	LabelsElsewhere            Code = "labels-elsewhere"

	// Of looking itself: they are found by no rule.
	RuleFailed       Code = "rule-failed"
	RuleRefused      Code = "rule-refused"
	AcceptanceUnused Code = "acceptance-unused"
)

// Rules returns the standard rules, in the order in which they run.
func Rules() []Rule { return standardRules() }

// standardRules is the one table of codes, severities and words.
func standardRules() []Rule {
	return []Rule{
		{
			NotCompiled, Violation, "The protocol cannot be used as it is",
			"No plan can be made by it: something is missing, out of range or contradicts something else.",
			"Mend what the finding names. The other rules look at little of a protocol before that.", checkCompiled, nil,
		},
		{
			Unplannable, Violation, "No calendar can hold the sessions",
			"Even in a clinic that is open every day there are no dates that keep the cadence, the windows and the minimum gap.",
			"Widen the window, make the minimum gap smaller, or correct the cadence, such as the week after from week.", perVariant(checkPlannable), nil,
		},
		{
			TaperRises, Warning, "A phase called taper in which sessions become more frequent",
			"A taper goes from often to seldom. Somebody has probably swapped two numbers.",
			"Correct the cadence, or give the phase another name.", perVariant(checkTaper), nil,
		},
		{
			WindowWide, Warning, "A window of more than half the interval on one side",
			"A session may come closer to the one after it, or before it, than to its own date: two sessions can end up side by side and a long break beside them.",
			"State a window of at most half the distance between two sessions, before and after.", perVariant(checkWindow), nil,
		},
		{
			OrderAmbiguous, Warning, "Windows of neighbouring sessions that overlap across weeks",
			"On some days it is open which session takes place: the second may come before the first, with its dose and its checks.",
			"Make the windows so narrow that one ends before the next begins.", perVariant(checkOrder), nil,
		},
		{
			GapTight, Warning, "A minimum gap that makes every week tight",
			"The sessions of a week fill a week from Monday to Friday from the first day to the last, or do not fit into it: one holiday, or a start in the middle of the week, and there is no plan.",
			"Ask whether the gap is meant: with n sessions a week it should be at most 4 / (n - 1) days. Otherwise say in the plan what is done about short weeks, and accept this.", perVariant(checkGapTight), nil,
		},
		{
			MaxGapShort, Warning, "A maximum gap below the interval",
			"Every session that takes place on its day passes the largest gap that the protocol allows.",
			"State a maximum gap of at least the interval, usually with the window added.", perVariant(checkMaxGap), nil,
		},
		{
			SpanPassed, Warning, "The cadence takes longer than the span that is stated",
			"The title, a phase or a source says within how many days the sessions take place, and by the cadence they take more, at least from some weekday.",
			"State weekdays or another cadence, or correct the words.", perVariant(checkSpan), nil,
		},
		{
			TitleCadence, Warning, "The title names another cadence than the phases",
			"Whoever picks the protocol from a list by its title expects another treatment than the one that is planned.",
			"Correct the title or the cadence.", checkTitle, nil,
		},
		{
			MonthUnchosen, Warning, "A month for which no rule is chosen",
			"A month may be 4 weeks, a calendar month or an average. The text says month, the cadence counts days or weeks, and nothing says that this is meant.",
			"Count calendar months (every 1mo), or say in a fact or a note that 4 weeks, or how many days, are meant, or leave it to a parameter with both as choices.", checkMonth, nil,
		},
		{
			PhaseIdle, Warning, "A phase that plans nothing",
			"The phase has no cadence, and no parameter fills it: what it says takes place in no plan.",
			"State its cadence, have a parameter fill it, or remove the phase.", checkPhaseIdle, nil,
		},
		{
			ChoiceAboveSoft, Warning, "A choice above a soft limit",
			"The protocol offers a dose that its own limit calls into question each time.",
			"Remove the choice, or raise the soft limit if the source says so.", perVariant(checkChoices), nil,
		},
		{
			StepOverStated, Warning, "A step of the dose that is larger than stated",
			"The protocol says by how much the dose may be raised at a time, in a source or by climbing one level at a time, and raises it by more.",
			"Add the level between, or correct the step.", perVariant(checkSteps), nil,
		},
		{
			DoseRefused, Violation, "A dose that no adult of plausible weight could be given",
			"For every weight from 40 to 150 kg the dose passes a hard limit, so that every plan is refused.",
			"Correct the dose or the limit: one of them is probably in the wrong unit.", perVariant(checkDoses), nil,
		},
		{
			StalenessLong, Info, "A weighing may be older than the interval",
			"The limit for the age of a weighing is longer than the time between two sessions, so that a session may be dosed by a weight from before the last one.",
			"Nothing, if that is meant. Otherwise state fewer days.", perVariant(checkStaleness), nil,
		},
		{
			BesideRoute, Warning, "A medicine beside the drug without a route",
			"Nothing says whether it is swallowed, injected or infused: whoever prepares it has to guess.",
			"State the route, or a preparation, which has one.", checkBesideRoute, nil,
		},
		{
			BesideSource, Warning, "A medicine beside the drug without a source",
			"Nobody can look up why it is given, how much, and when.",
			"Name the key of a source, or have a fact be about it.", checkBesideSource, nil,
		},
		{
			BesideTime, Warning, "A medicine beside the drug at another time than a source says",
			"A fact about the medicine says how long before the dose it is given, and the file has it at another time, or after the dose began.",
			"Correct the time, or the fact.", perVariant(checkBesideTime), nil,
		},
		{
			BesideIdle, Warning, "A medicine beside the drug at a session that no phase has",
			"The phases of the protocol have fewer sessions than the number that is named: the medicine is not given there in any plan.",
			"Correct the numbers, or have the medicine in the phase that is meant.", perVariant(checkBesideIdle), nil,
		},
		{
			AsNeeded, Warning, "A medicine as needed without a limit on its sum",
			"It may be given again and again, and nothing says how much of it is too much.",
			"State a maximum per day, or per plan.", checkAsNeeded, nil,
		},
		{
			PartsUnlimited, Warning, "A part on a condition without a hard maximum of the whole",
			"A second injection or a rate that is raised comes on top of what is planned. Each part keeps its own limits, and nothing bounds what they come to together.",
			"State the whole with its limit: sum of parts, hard max 100 mg.", perVariant(checkPartsUnlimited), nil,
		},
		{
			GateUnreachable, Warning, "A decision that nobody can come to",
			"The decision comes after a session that no plan has: the phase has none, goes on without end, or comes after a stop.",
			"State after which session it is to be taken.", perVariant(checkGates), nil,
		},
		{
			OutcomeIdle, Warning, "A decision with an outcome that does nothing",
			"Whatever is decided, nothing follows: nothing is left to stop, there is no earlier frequency to go back to, a phase without end cannot be made longer, or all outcomes go on.",
			"Name what the outcome changes, or remove it.", perVariant(checkOutcomes), nil,
		},
		{
			FollowUpOverlap, Warning, "A follow-up that overlaps the treatment",
			"The window of the follow-up begins on or before the day of the last session.",
			"State fewer days before, or a later day.", checkFollowUps, nil,
		},
		{
			MonitoringEnds, Warning, "Monitoring that ends before the treatment does",
			"Sessions go on for longer than the last interval of what is looked at beside them, and nobody looks any more.",
			"Let it go on without end while treated, or say in a fact that it is meant to end.", perVariant(checkMonitoringEnds), nil,
		},
		{
			ResultUnmet, Warning, "A result that sessions need and no visit is in time for",
			"By their cadences some session has no visit on the days whose result it needs: each time it is found to lack it. At the clinic a visit on the day of the session may come after it.",
			"Count it more often, put it on days before the sessions by weekdays, or let the result be older.", perVariant(checkResultInTime), nil,
		},
		{
			ResultIdle, Warning, "A result that is needed by sessions that there are not",
			"The phase has fewer sessions than the first that needs the result, so that no session waits for it.",
			"Correct the numbers or the phase, or remove the line.", perVariant(checkResultIdle), nil,
		},
		{
			MissedDoseUnsourced, Warning, "A row about missed doses without a source",
			"What follows after missed doses is read where a patient waits, and nobody can look up who says so.",
			"Name the key of the source.", checkMissedSource, nil,
		},
		{
			MissedDoseEnds, Warning, "A table of missed doses that ends",
			"For a longer pause, which is the more dangerous one, the table says nothing: the plan goes on with the dose that it had.",
			"Have the last row without a last day, if only to ask the prescriber.", checkMissedEnd, nil,
		},
		{
			MissedDoseDays, Warning, "A row about missed doses that does not fit the intervals of its phase",
			"The row begins on a day on which no dose was missed yet, so that it holds of doses that are on time; or has the treatment go on as planned after more days than the phase allows.",
			"Correct the days, or the maximum gap.", perVariant(checkMissedDays), nil,
		},
		{
			MissedDoseLate, Info, "A table of missed doses that begins late",
			"After a dose that is late by less than the first row says, the table has no word: the plan goes on with the dose that it had.",
			"Nothing, if that is meant. Otherwise have a row for these days, such as give now.", perVariant(checkMissedLate), nil,
		},
		{
			ObservationMissing, Warning, "A drug is given and nothing says how long the patient is watched",
			"The plan sends the patient home the minute the drug has been given.",
			"State the observation. Where there is none say so with 0 min.", perVariant(checkObservation), nil,
		},
		{
			ObservationRequired, Violation, "A drug whose label asks for an observation, with none or a shorter one",
			"The label of the drug has patients watched for at least some time after every dose: esketamine 2 h, natalizumab 1 h for the first 12 infusions.",
			"State at least that time, or accept this with the reason.", perVariant(checkRequired), nil,
		},
		{
			ObservationShort, Warning, "An observation that ends before the last task",
			"The patient has left when the task is due, such as a blood pressure 40 minutes after the end.",
			"Make the observation longer, count the task from departure, or have it earlier.", perVariant(checkLastTask), nil,
		},
		{
			TaskOutside, Warning, "A task of the visit that lies outside it",
			"A task that is counted from arrival comes after departure, or one that is counted from the end comes before arrival: nobody is there to do it.",
			"Count it from the moment that is meant. Only what is counted from arrival or from the start of the administration may lie before the visit, as preparation; only what is counted from departure, after it.", perVariant(checkTasks), nil,
		},
		{
			TaskTwice, Warning, "The same task twice",
			"Two lines of one visit say the same at the same time: one of them was probably to be another.",
			"Remove or correct one.", checkTaskTwice, nil,
		},
		{
			VisitLong, Warning, "A visit of more than 12 hours",
			"Hardly any clinic is open that long: there will be no plan, or hours were written for minutes.",
			"Correct the lengths, or let the dose run on after departure with a visit that ends it.", perVariant(checkVisitLong), nil,
		},
		{
			FastingShort, Violation, "A fast shorter than the source asks for",
			"The entry cites how long before the dose nothing is to be eaten or drunk, and tells the patient less.",
			"Correct the task.", checkFasting, nil,
		},
		{
			ParameterUnused, Warning, "A parameter that changes nothing",
			"Whoever uses the protocol is asked for a value, and the plan is the same whatever they say.",
			"Remove the parameter, or have it fill the place that was meant.", checkUnused, nil,
		},
		{
			ParameterRange, Warning, "A parameter that may have a value which contradicts the protocol",
			"The range or a choice allows a value with which a hard limit is passed, for everybody or for most adults of plausible weight, or that another statement of the file refuses: it is found when a patient is waiting.",
			"Narrow the range.", checkRange, nil,
		},
		{
			SourceMissing, Warning, "No source",
			"Nobody can look up why the protocol says what it says.",
			"Name a document, with what was taken from it.", checkSources, nil,
		},
		{
			SourceUngraded, Warning, "A source without a grade",
			"A document is named, and no fact says what was taken from it and how well that is established: primary, secondary or not verified.",
			"Add the facts, each with its grade.", checkGrades, nil,
		},
		{
			FactUnverified, Warning, "An unverified fact in a phase that gives a drug",
			"A dose, a date or a time of observation rests on something that nobody has read again.",
			"Read the source and give the grade, or accept this until somebody has.", checkUnverified, nil,
		},
		{
			FactPlace, Warning, "A fact about a place that the file does not have",
			"The fact was about something that has moved or gone: its source now stands behind nothing, or behind something else.",
			"Correct the place.", checkFactPlace, nil,
		},
		{
			ContraindicationsUnsaid, Warning, "Contraindications neither stated nor said to be unread",
			"The file reads as if there were none. Most likely nobody has looked.",
			"State them, or say in a note that they were not read.", checkContraindications, nil,
		},
		{
			LabelsUnsaid, Warning, "No word on what a regulator says",
			"The file does not say whether the use is approved or off-label, nor that this was not looked up.",
			"State the label with its region, or say in a note that it was not read.", checkLabels, nil,
		},
		{
			IDMissing, Warning, "No id",
			"Plans name the protocol by its cadence, and a new version cannot be told from another protocol.",
			"Give an id and a version.", checkID, nil,
		},
		{
			IDNotKebab, Warning, "An id that is not kebab-case",
			"Ids become names of files and of links; with dots or doubled hyphens two of them are hard to tell apart.",
			"Use lower-case words with single hyphens between them. Give the next version the new id.", checkKebab, nil,
		},
		{
			VersionUnchanged, Violation, "The protocol has changed and its version has not",
			"Plans made before and after are said to follow the same version, and do not.",
			"Give it a new version.", checkVersion, nil,
		},
		{
			IDTwice, Violation, "Two files with one id and version",
			"Which of them a patient is treated by depends on which is read first.",
			"Give one of them another id, or another version.", nil, acrossIDs,
		},
		{
			DrugTwoNames, Warning, "A drug that is named in two ways",
			"Sums and repeated doses are counted by the name of the drug, and those of a medicine beside it by its name: one drug with two names counts as two.",
			"Write the name alike everywhere; put what tells products apart in the title or a note.", nil, acrossDrugs,
		},
		{
			ContraindicationsElsewhere, Info, "No contraindications, where another file of the drug has them",
			"Somebody has read what must not be overlooked with this drug, and this file does not have it.",
			"Look at the other file, and state here what holds here too.", nil, acrossContraindications,
		},
		{
			LabelsElsewhere, Info, "No label, where another file of the drug has one",
			"Somebody has looked up what regulators say of this drug, and this file does not have it.",
			"Look at the other file, and state here what holds here too.", nil, acrossLabels,
		},
	}
}
