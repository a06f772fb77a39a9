package schedule

import "github.com/regimen-go/regimen/protocol"

// views are the objects that are appended by hand: those of plans and what shows them.
// No key is left out but where it says so. TestViewKeys compares them with what is
// written.
func views() schema {
	var (
		date, clock, id, mass = ref("civilDate"), ref("clockTime"), ref("id"), ref("mass")
		named                 = []property{has("id", textSchema), has("version", textSchema)}
		states                = enum(wordsOf(ParseState)...)
		standings             = enum(wordsOf(ParseStanding)...)
		placed                = []property{
			has("date", orNull(date)), has("start", orNull(clock)), has("end", orNull(clock)), has("shiftDays", orNull(wholeSchema)),
		}
	)
	join := func(lists ...[]property) []property {
		var all []property
		for _, list := range lists {
			all = append(all, list...)
		}
		return all
	}
	one := func(p ...property) []property { return p }
	described := func(text string, s schema) schema { return append(schema{{"description", text}}, s...) }

	session := objectOf(join(one(
		has("id", described("Null in the plan of a record.", orNull(id))),
		has("ordinal", described("Its number in the plan.", wholeFrom(1))),
		has("number", described("Its number in the phase.", wholeFrom(1))),
		has("phase", textSchema),
		has("week", described("The treatment week.", wholeSchema)),
		has("protocol", ref("protocolName")),
		has("drug", orNull(textSchema)), has("route", orNull(textSchema)),
		has("target", described("What the protocol asks for.", date)),
		has("earliest", date), has("latest", date),
		has("extra", described("Whether no session of the protocol asked for it.", flagSchema)),
		has("makesUpFor", orNull(id)),
	), placed, one(
		has("state", states),
		has("revision", wholeFrom(0)),
		has("lost", described("Why its day or time no longer holds.", orNull(textSchema))),
		has("withdrawn", flagSchema),
		has("planned", described("The dose that the plan asked for.", orNull(mass))),
		has("allowed", described("The other doses that may be given.", listOf(mass))),
		has("level", orNull(ref("level"))),
		mayHave("parts", described("Of a dose in parts, each part as it is planned, also those on a condition.", listOf(ref("part")))),
		has("tasks", listOf(ref("task"))),
		mayHave("late", described("What a table of missed doses says of it.", objectOf(
			has("since", described("The day of the dose before.", date)), has("days", wholeFrom(1)), has("phase", textSchema),
			has("rows", listOf(objectOf(has("days", textSchema), has("condition", orNull(textSchema)), has("then", textSchema)))),
			has("followed", flagSchema),
		))),
		mayHave("beside", described("The medicines beside the drug, where the phase has any.", listOf(ref("plannedMedicine")))),
		has("given", orNull(ref("given"))),
	))...)

	return schema{
		{"protocolName", described("Which protocol.", objectOf(named...))},
		{"protocol", described("What tells a protocol from every other.", objectOf(join(named, one(has("cadence", textSchema), has("digest", ref("digest"))))...))},
		{"plan", objectOf(
			has("protocol", ref("protocol")), has("protocols", described("In order of use.", listOf(ref("protocol")))),
			has("start", date), has("until", orNull(date)), has("zone", textSchema), has("asOf", ref("instant")),
			has("shortWeek", enum(wordsFrom(0, ParseShortWeek)...)), has("standing", standings),
			has("givenBefore", listOf(ref("givenBefore"))),
			has("sessions", listOf(ref("session"))), has("visits", listOf(ref("visit"))), has("checkpoints", listOf(ref("checkpoint"))),
			has("findings", listOf(ref("finding"))), has("journal", listOf(ref("journalEntry"))),
		)},
		{"session", described("A dated visit of the patient.", session)},
		{"given", described("What really happened.", objectOf(
			has("date", date), has("start", orNull(clock)), has("end", orNull(clock)),
			has("dose", described("Null where the amount is not entered, 0 mg where nothing was given.", orNull(mass))),
			mayHave("parts", listOf(ref("givenPart"))),
			has("during", orNull(ref("duration"))), has("weight", orNull(ref("weight"))), has("notDone", listOf(textSchema)),
			mayHave("beside", described("What was given beside the drug, where anything was recorded.", listOf(ref("medicineGiven")))),
			has("reason", orNull(textSchema)), has("who", orNull(textSchema)), has("recordedBy", orNull(textSchema)),
		))},
		{"part", described("A part of a planned dose.", objectOf(
			has("name", textSchema), has("condition", described("What must be true for it; null where it is planned.", orNull(textSchema))), has("planned", orNull(mass)),
			has("date", orNull(date)), has("start", orNull(clock)), has("endDate", orNull(date)), has("end", orNull(clock)),
			has("flow", orNull(textSchema)), has("notPossible", described("Why it cannot be given to this patient.", orNull(textSchema))),
		))},
		{"checkpoint", described("A point where a clinician must decide.", objectOf(
			has("gate", textSchema), has("session", id), has("date", orNull(date)), has("assess", textSchema),
			has("decision", orNull(enum(wordsOf(protocol.ParseDecision)...))),
		))},
		{"status", objectOf(
			has("date", date), has("standing", standings),
			has("due", listOf(ref("session"))), has("overdue", listOf(ref("session"))), has("upcoming", listOf(ref("session"))),
			has("lost", listOf(ref("session"))), has("held", listOf(ref("session"))),
			mayHave("resultDue", listOf(objectOf(has("session", id), has("results", listOf(ref("resultDue")))))),
			mayHave("monitoringDue", listOf(ref("visit"))), mayHave("monitoringOverdue", listOf(ref("visit"))),
			has("checkpoint", orNull(ref("checkpoint"))), has("completed", wholeFrom(0)),
			has("of", orNull(wholeFrom(1))), has("percent", orNull(wholeFrom(0))), has("adherence", ref("adherence")),
		)},
		{"adherence", objectOf(
			has("planned", wholeFrom(0)), has("given", wholeFrom(0)), has("extra", wholeFrom(0)), has("missed", wholeFrom(0)), has("cancelled", wholeFrom(0)),
			has("overdue", wholeFrom(0)), has("madeUp", wholeFrom(0)), has("shiftDays", wholeFrom(0)), has("largestShift", wholeSchema),
			has("meanShift", orNull(textSchema)),
			has("doses", listOf(objectOf(has("drug", orNull(textSchema)), has("dose", orNull(mass)), has("error", orNull(textSchema))))),
		)},
		{"repair", objectOf(
			has("way", enum(wordsOf(ParseWay)...)), has("possible", flagSchema), has("why", described("Why it is not possible.", orNull(textSchema))),
			has("text", textSchema), has("condition", orNull(textSchema)), has("source", orNull(textSchema)), has("quote", orNull(textSchema)),
			has("entries", listOf(ref("entry"))), has("diff", orNull(ref("diff"))), has("plan", orNull(ref("plan"))), has("findings", listOf(ref("finding"))),
		)},
		{"explanation", objectOf(join(one(
			has("id", id), has("ordinal", wholeFrom(1)), has("protocol", ref("protocolName")), has("drug", orNull(textSchema)), has("route", orNull(textSchema)),
			has("phase", textSchema), has("week", wholeSchema),
			has("target", objectOf(
				has("date", date), has("rule", textSchema), has("from", orNull(date)), has("count", wholeSchema), has("unit", textSchema), has("postponedWeeks", wholeFrom(0)),
			)),
			has("window", objectOf(has("earliest", date), has("latest", date), has("rule", textSchema))),
			has("minGap", wholeFrom(0)), has("candidates", listOf(ref("candidate"))),
		), placed, one(
			has("planned", orNull(mass)),
			mayHave("level", objectOf(has("amount", ref("level")), mayHave("rule", textSchema))),
			mayHave("computed", objectOf(
				has("rule", textSchema), mayHave("weight", ref("weight")), mayHave("measured", date), mayHave("height", ref("height")), mayHave("sex", textSchema),
				has("text", textSchema), mayHave("steps", listOf(textSchema)), mayHave("delivered", mass), mayHave("time", textSchema), mayHave("rate", textSchema),
				mayHave("parts", listOf(objectOf(
					has("name", textSchema), has("condition", orNull(textSchema)), mayHave("notPossible", textSchema), mayHave("rule", textSchema), mayHave("text", textSchema),
					mayHave("steps", listOf(textSchema)), mayHave("delivered", mass), mayHave("time", orNull(textSchema)), mayHave("rate", orNull(textSchema)),
				))),
			)),
			mayHave("beside", listOf(textSchema)),
			mayHave("results", listOf(textSchema)), mayHave("history", listOf(textSchema)),
		))...)},
		{"verification", objectOf(
			has("number", wholeFrom(0)), has("entry", orNull(textSchema)), has("rules", wholeFrom(0)), has("severity", orNull(enum(wordsOf(ParseSeverity)...))),
			has("refused", orNull(textSchema)), has("differences", listOf(ref("difference"))),
		)},
		{"planFile", planFileSchema()},
		{"request", requestSchema()},
		{"record", recordSchema()},
	}
}

// requestSchema is what ParseRequest reads.
func requestSchema() schema {
	limit := schema{{"type", "array"}, {"items", textSchema}, {"minItems", 4}, {"maxItems", 4}}
	return objectOf(append([]property{
		has("start", ref("civilDate")), mayHave("until", ref("civilDate")), has("asOf", ref("instant")),
		has("key", schema{{"type", "string"}, {"pattern", "^[0-9a-f]{32}$"}}), mayHave("zone", textSchema),
		mayHave("shortWeek", enum(wordsFrom(0, ParseShortWeek)...)), mayHave("gridMinutes", wholeFrom(1).with("maximum", 1440)),
		mayHave("height", ref("height")), mayHave("sex", enum("female", "male")),
		mayHave("weighings", listOf(objectOf(has("date", ref("civilDate")), has("weight", ref("weight"))))),
		mayHave("plausible", objectOf(
			has("format", schema{{"const", 1}}), mayHave("weight", limit), mayHave("height", limit), mayHave("bmi", limit), mayHave("source", textSchema),
		)),
		mayHave("accepted", listOf(objectOf(has("session", wholeFrom(1)), has("code", textSchema), has("reason", textSchema), has("who", textSchema)))),
		mayHave("givenBefore", listOf(objectSchema(formOf((*GivenBefore).fields), false))),
	}, formOf((*Wishes).fields).properties(false)...)...)
}

// withWeight is the schema of an object in files, with a weight in either unit.
func withWeight(form *objectForm, scales schema) schema {
	properties := form.properties(false)
	for i, p := range properties {
		if p.key == "weight" {
			properties[i].value = scales
		}
	}
	return objectOf(properties...)
}

// recordSchema is what ParseRecord reads.
func recordSchema() schema {
	words := schema{{"type", "string"}, {"minLength", 1}}
	scales := schema{{"type", "string"}, {"pattern", `^(0|[1-9][0-9]*)(\.[0-9]+)? (kg|lb)$`}}
	offset := schema{{"type", "string"}, {"pattern", `^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$`}}
	return objectOf(
		has("format", constant(RecordFormat)), has("zone", textSchema), has("start", ref("civilDate")), mayHave("until", ref("civilDate")), has("asOf", offset),
		mayHave("weekdays", listOf(textSchema)), mayHave("height", ref("height")), mayHave("sex", enum("female", "male")),
		mayHave("weighings", listOf(objectOf(has("date", ref("civilDate")), has("weight", scales)))),
		mayHave("givenBefore", listOf(withWeight(formOf(func(g *GivenBefore, f *objectFields) { g.weighedIn(f, parseWeight) }), scales))),
		mayHave("decided", listOf(words)),
		mayHave("accepted", listOf(objectOf(has("session", wholeFrom(1)), has("code", words), has("reason", words), has("who", words)))),
		mayHave("chosen", listOf(objectOf(has("session", wholeFrom(1)), has("level", ref("level")), has("who", words), mayHave("reason", textSchema)))),
		has("given", listOf(withWeight(formOf(func(g *Given, f *objectFields) { g.weighedIn(f, parseWeight) }), scales))),
		mayHave("visits", listOf(objectOf(has("name", words), has("date", ref("civilDate")), mayHave("result", schema{{"type", "string"}}),
			mayHave("verdict", schema{{"enum", wordsOf(ParseVerdict)}})))),
	)
}

// planFileSchema is what ParsePlan reads. Of the state it has the parts: what their rows
// have, belongs to the version that wrote them.
func planFileSchema() schema {
	rows := listOf(schema{{"type", "object"}})
	answers := listOf(objectOf(mayHave("hours", listOf(ref("hours"))), mayHave("reason", textSchema), has("on", listOf(textSchema))))
	state := []property{has("asOf", ref("instant"))}
	for _, key := range []string{"serials", "holds", "wishedBy"} {
		state = append(state, mayHave(key, wholeFrom(0)))
	}
	state = append(state, mayHave("weekdays", listOf(textSchema)), has("wishes", objectSchema(formOf((*Wishes).fields), false)), mayHave("changes", answers))
	for _, key := range stateRows() {
		state = append(state, property{key, rows, key != "tenures"})
	}
	var digests []property
	for _, part := range planParts() {
		digests = append(digests, has(part, ref("digest")))
	}
	return objectOf(
		has("format", constant(PlanFormat)), has("rules", wholeFrom(0)),
		has("protocols", listOf(objectOf(has("digest", ref("digest")), has("protocol", schema{{"description", "A protocol file."}, {"type", "object"}})))),
		has("request", ref("request")), has("answers", answers),
		has("journal", listOf(ref("fileEntry"))), has("state", objectOf(state...)),
		has("digests", objectOf(digests...)), has("digest", ref("digest")),
	)
}

// stateRows are the lists of the state.
func stateRows() []string {
	return []string{
		"tenures", "wished", "courses", "carried", "heights", "weighings", "attendance", "sessions", "visits", "given", "once", "doses",
		"chosen", "decided", "accepted", "appointees", "afterwards", "unrestored", "notices",
	}
}
