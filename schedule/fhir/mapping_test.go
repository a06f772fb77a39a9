package fhir_test

// mapping is the part of docs/FHIR.md that says what becomes of what in a Bundle.
// TestBundleOfPlan, TestBundleStates, TestBundleOfHoldMissedAndLost and
// TestBundlesOfLivingPlans hold it.
const mapping = "## Plans out\n" + `
` + "`NewBundle`" + ` writes a plan as a Bundle of type collection. Every resource has an identifier that never changes, a UUID derived from the plan's key or the id of
the session; an Appointment has the UID of the calendar beside it. Its ` + "`meta.versionId`" + ` is the revision of the session, else that of the plan. The patient is the
caller's reference: no patient, practitioner or place is built. What left the plan is written as cancelled or entered in error; an export ` + "`Since`" + ` an earlier plan has
only what says something else, and refers to what it leaves out by identifier. Doses are exact decimals in mg, or in mcg, which is ug in UCUM, where the protocol
writes them so and they are below 1 mg.

| of the plan | in FHIR R4 |
| --- | --- |
| the plan | CarePlan, intent plan, status draft or, where the caller says so, active; on-hold, revoked (stopped), completed |
| a phase that gives a drug | MedicationRequest, intent plan, with a Dosage for each run of days with one dose and one rhythm, in sequence |
| a medicine beside the drug | a MedicationRequest of its own for each phase, with the moment in its text; one as needed has asNeededCodeableConcept and no Timing. What was given of it is a MedicationAdministration of its own: completed, not-done, or entered-in-error |
| a phase of which no day holds | the same MedicationRequest with the days as they were: on-hold, cancelled or entered-in-error, and its text says so. Days that are lost or held are in no other request |
| a phase after a decision that nobody has made | MedicationRequest, draft whatever the caller says |
| days of a run | ` + "`repeat`" + ` where a rule gives exactly the days of the plan, as this package reads it: several a week (weekdays only where they are not the library's own), every so many days, weeks or calendar months; else ` + "`event`" + ` with the days |
| the dose | doseQuantity, type calculated where it follows from a weight, else ordered; rateRatio dose / time where the time is part of how it is given |
| a dose in parts | a Dosage for each part, in sequence, with its own amount, rate and maximum; asNeededCodeableConcept with the words of its condition. Where the amount of each is recorded what was given is a MedicationAdministration for each part, with its own dose and the times that were written down, and not-done for one that was not given: a whole beside them would be counted twice. Else it is one of the whole, whose text has the parts |
| other doses that are allowed | in the text, and the largest as maxDosePerAdministration: never a range, which would permit what lies between |
| the hard maximum of the rule | maxDosePerAdministration |
| a weighing | Observation, final, LOINC 29463-7; one that was corrected is entered-in-error |
| a gate | Task, intent plan: requested, completed with the decision as output, cancelled where the treatment ended before, or another protocol holds. Its identifier is that of the gate, whatever session it follows |
| the result of a visit of a monitoring | Task, intent plan, focus the Appointment: requested, completed with the words of the result and the verdict as outputs, on-hold, cancelled where the visit was missed or is not to take place. The Appointment of a session that needs a result which is not known or not ok refers to the Tasks of the visits that can be for it. It is no Observation: that would say that it was measured here, and a laboratory that sends its own result would have it twice; and no ServiceRequest: nothing is ordered |

| session, companion, follow-up or visit of a monitoring | Appointment.status | start and end | participant.status | beside it |
| --- | --- | --- | --- | --- |
| planned, agreed as the caller says | booked | yes | accepted | |
| planned | proposed | yes; without a time requestedPeriod is the day | needs-action | |
| provisional | proposed | as planned | tentative | the Task of the gate |
| day or time lost | proposed, comment Not confirmed | no; requestedPeriod is the window | needs-action | |
| held | proposed, comment On hold | no | needs-action | |
| given | fulfilled | yes; the whole day where nobody wrote down when | accepted | MedicationAdministration, completed: the drug, dose and weight of that day, and the times of the visit where both were recorded. Without a dose where the amount is not entered yet. One for each part of a dose in parts |
| came, nothing given; visit done | fulfilled | yes | accepted | none: a not-done one would be read as a second event |
| missed | noshow, with the reason if there is one | yes | accepted | |
| cancelled, without a possible day | cancelled, with a reason | if known | declined | |
| made by an entry that was withdrawn | entered-in-error | if known | needs-action | |
| a record that was withdrawn | by what the session is now | | | the same MedicationAdministration, entered-in-error; also where a dose is recorded by its parts now, or was before |

` + "`Check`" + ` finds what readers of FHIR do not see, above all texts against numbers. The outside check of the repository (CONTRIBUTING.md) lets @medplum/core, the R4
definitions by fhirpath.js, the official JSON schema by ajv, ucum-lhc and samply's Go models read the Bundles of every entry of the catalogue and of living plans in
every state; a warning is a failure. ` + "`go run ./examples/fhir bundle`" + ` writes one of a plan file. ` + "`serve`" + ` answers read (with ETag and If-None-Match), search by identifier and by
date with the prefixes of R4, and pages, on the loopback interface; @medplum/core reads all of it back as it is in the Bundle.

Not mapped: tables of missed doses. FHIR R4 has no element for what follows by the days since the last dose; what somebody decided by a table is in the plan like every decision.

## Profiles

Run by the outside check, the structure of the snapshot by @medplum/core and its invariants by fhirpath.js, over every MedicationRequest, MedicationAdministration and Observation of the
Bundles above:

| profile | objects to |
| --- | --- |
| R4 4.0.1 vital signs and body weight | nothing |
| IPS 2.0.0 MedicationRequest | nothing |
| AU Base 6.0.0 MedicationRequest, MedicationAdministration | nothing; slices that only the profile of a referenced resource tells apart were not run |
| mCODE 4.0.0 MedicationRequest, MedicationAdministration, which build on US Core 6.1.0 | a warning: no reason. Why somebody is treated is not in a plan |

Not run, since their packages are not to be had where the checks run; from reading:

| profile | objects to |
| --- | --- |
| US Core | nothing is required that is missing: us-core-21 wants a requester of an order only, and nothing here is one. It prefers RxNorm codes and asks for requester, authoredOn and a reason where they are known: the first two are options of the export |
| AU Core | a drug without a code: AMT or PBS codes are the caller's table |
| HL7 Germany DosageDgMP and TimingDgMP | every Dosage that is written here: text beside structure, sequence, route, rate, type, maxDosePerAdministration, count, a boundsPeriod, units of UCUM |
| ISiK Terminplanung before 2025 | proposed Appointments without start and end |
| Argonaut Scheduling | Appointments with a start and no requestedPeriod |
| CH EMED | nothing, but reads a Timing without a time of day as daily: a weekly dose must not go there unexplained |

Not verified at all: bindings to terminologies that are not in a package (RxNorm, SNOMED CT, AMT), what a profile only asks for (must support), and any server but the one above.

`
