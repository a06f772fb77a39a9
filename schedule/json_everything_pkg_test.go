package schedule

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/mangle"
)

// readable are values of all types whose JSON objects are read, by their names.
func readable() map[string]func() any {
	types := map[string]func() any{
		"GivenBefore": of[GivenBefore], "OtherVisit": of[OtherVisit], "TimedTask": of[TimedTask], "MedicineGiven": of[MedicineGiven], "Weighing": of[Weighing], "Acceptance": of[Acceptance],
		"Finding": of[Finding], "Snapshot": of[Snapshot], "Change": of[Change], "VisitChange": of[VisitChange], "CheckpointSnapshot": of[CheckpointSnapshot],
		"CheckpointChange": of[CheckpointChange], "Treatment": of[Treatment], "Diff": of[Diff], "Candidate": of[Candidate], "Move": of[Move],
		"Alternative": of[Alternative], "Wishes": of[Wishes], "Absence": of[Absence], "Appointment": of[Appointment], "Event": of[Event], "Entry": of[Entry],
		"Given": of[Given], "GivenPart": of[GivenPart], "Missed": of[Missed], "Cancelled": of[Cancelled], "Moved": of[Moved], "Added": of[Added], "Held": of[Held], "Resumed": of[Resumed],
		"Shifted": of[Shifted], "Reanchored": of[Reanchored], "PlacedAgain": of[PlacedAgain], "Appended": of[Appended], "Restarted": of[Restarted],
		"SteppedBack": of[SteppedBack], "Decided": of[Decided], "Weighed": of[Weighed], "DoseChosen": of[DoseChosen], "ClinicClosed": of[ClinicClosed],
		"PatientAway": of[PatientAway], "ClinicChanged": of[ClinicChanged], "Extended": of[Extended], "Accepted": of[Accepted], "Adopted": of[Adopted],
		"Switched": of[Switched], "Measured": of[Measured], "Wished": of[Wished], "VisitDone": of[VisitDone], "VisitMissed": of[VisitMissed],
		"VisitMoved": of[VisitMoved], "Corrected": of[Corrected], "Recomputed": of[Recomputed],
		"Row": of[Row], "VisitRow": of[VisitRow], "ResultDue": of[ResultDue], "Difference": of[Difference],
	}
	return types
}

// refusing are those of the types whose JSON is a view, which is not read.
func refusing() map[string]func() any {
	return map[string]func() any{
		"Plan": of[Plan], "Session": of[Session], "Checkpoint": of[Checkpoint], "Status": of[Status], "Adherence": of[Adherence], "Repair": of[Repair],
		"Explanation": of[Explanation], "PlannedMedicine": of[PlannedMedicine], "Request": of[Request], "Verification": of[Verification],
	}
}

func of[T any]() any { return new(T) }

// TestJSONOfEverything finds each type of the package that is marshalled as an object: it
// is unmarshalled too, by reading or by an error, never by neither.
func TestJSONOfEverything(t *testing.T) {
	paths, err := filepath.Glob("*.go")
	require.NoError(t, err)
	methods := map[string][]string{}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv == nil || f.Name.Name != "MarshalJSON" && f.Name.Name != "UnmarshalJSON" {
				continue
			}
			of := f.Recv.List[0].Type
			if star, ok := of.(*ast.StarExpr); ok {
				of = star.X
			}
			name := of.(*ast.Ident).Name
			methods[name] = append(methods[name], f.Name.Name)
		}
	}
	inTables := len(readable()) + len(refusing())
	require.Len(t, methods, inTables, "every type with JSON of its own is in one of the tables")
	for name, both := range methods {
		require.Len(t, both, 2, name)
		read, reads := readable()[name]
		refuse, refuses := refusing()[name]
		require.NotEqual(t, reads, refuses, name)
		for _, src := range []string{`{}`, `{"Session": 1, "Kind": 2}`, `[]`, `7`, `"x"`, `{"id": "aaaaaaaaaaaaaaab", "state": 2, "kind": 3, "severity": 1}`} {
			var v any
			if reads {
				v = read()
			} else {
				v = refuse()
			}
			err := json.Unmarshal([]byte(src), v)
			if err == nil { // an object in which nothing is required
				require.Equal(t, `{}`, src, name)
				require.True(t, reads, name)
				require.Contains(t, []string{"Wishes", "Change", "VisitChange"}, name)
			}
		}
	}
}

// TestJSONNames looks at all keys and words of the schemas: keys begin with a small letter
// and have no other signs than letters, and there is no number for an enumeration.
func TestJSONNames(t *testing.T) {
	key := regexp.MustCompile(`^[a-z][a-zA-Z]*$`)
	for name := range keysOf(definitions()) {
		require.Regexp(t, key, name)
	}
	for _, d := range derivedForms() {
		for _, f := range d.form.fields {
			if f.is == formWord {
				require.NotEmpty(t, f.words, "%s.%s", d.name, f.key)
			}
			require.NotEqual(t, formName("uint8"), f.is)
		}
	}
}

// FuzzJSON reads anything as each type: it is read or refused, and what was read is
// written so that it is read the same again.
func FuzzJSON(f *testing.F) {
	for _, src := range []string{
		`{}`, `{"date": "2025-01-06", "weight": "82 kg"}`, `{"kind": "missed", "session": "aaaaaaaaaaaaaaab"}`, `{"id": "e", "kind": "resumed"}`,
		`{"before": null, "after": {"id": "aaaaaaaaaaaaaaab", "ordinal": 1, "phase": "p", "target": "2025-01-06", "earliest": "2025-01-06", "latest": "2025-01-06", "state": "planned"}}`,
		`{"code": "extra", "severity": "info", "text": "t", "session": null}`, `{"summary": "no change", "changes": [], "visits": [], "checkpoints": [], "events": []}`,
		`{"kind": "given", "date": "2025-01-06", "parts": [{"name": "bolus", "dose": "36 mg"}, {"name": "infusion", "dose": "0 mg"}], "beside": [{"name": "ondansetron", "dose": "8 mg"}, {"name": "saline", "dose": "0 mg", "reason": "r"}]}`,
		`{"kind": "visit-done", "visit": "aaaaaaaaaaaaaaab", "date": "2025-01-06", "result": "2.1 G/l", "verdict": "not ok"}`,
		`{"name": "ondansetron", "dose": "8 mg", "date": "2025-01-06", "start": "08:30", "during": "15 min"}`, `{"name": "bolus", "start": "09:00", "end": "09:10"}`,
		`{"date": "2025-01-06", "squaredShift": 4, "tie": {"session": 1, "taken": "2025-01-06"}}`, `{"kind": "corrected", "of": "e", "reason": "r", "who": "w", "instead": {"kind": "held", "session": "aaaaaaaaaaaaaaab"}}`,
	} {
		f.Add([]byte(src))
	}
	types := readable()
	var names []string
	for name := range types {
		names = append(names, name)
	}
	slices.Sort(names)
	f.Fuzz(mangle.Target(func(t *testing.T, src []byte) {
		for _, name := range names {
			v := types[name]()
			if err := json.Unmarshal(src, v); err != nil {
				require.NotEmpty(t, err.Error())
				continue
			}
			text, err := json.Marshal(v)
			require.NoError(t, err, name)
			again := types[name]()
			require.NoError(t, json.Unmarshal(text, again), "%s: %s", name, text)
			rewritten, err := json.Marshal(again)
			require.NoError(t, err)
			require.JSONEq(t, string(text), string(rewritten), name)
		}
		for _, name := range []string{"Plan", "Status", "Repair", "Explanation"} {
			require.Error(t, json.Unmarshal(src, refusing()[name]()))
		}
	}))
}
