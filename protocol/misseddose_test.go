package protocol_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
)

// depot is an invented drug every 4 weeks, with a table of missed doses.
func depot(t *testing.T, change ...func(*protocol.Spec)) protocol.Spec {
	t.Helper()
	s, err := protocol.Parse("depot.json", []byte(depotFile))
	require.NoError(t, err)
	for _, f := range change {
		f(&s)
	}
	return s
}

const depotFile = `{
  "format": "regimen/1",
  "title": "Examplamine depot, an invented drug",
  "drug": "examplamine",
  "phases": [
    {
      "name": "initiation",
      "cadence": "weeks 0, 1",
      "visit": {
        "administration": "5 min"
      },
      "dose": "150 mg",
      "minGap": "3 days"
    },
    {
      "name": "maintenance",
      "cadence": "every 4w x6",
      "visit": {
        "administration": "5 min"
      },
      "dose": "50 mg, or 100 mg or 150 mg",
      "climb": "by one",
      "follows": "last given",
      "minGap": "21 days",
      "missedDoses": [
        {
          "from": "36 days",
          "to": "42 days",
          "then": "give now",
          "source": "note"
        },
        {
          "from": "43 days",
          "to": "180 days",
          "condition": "stabilised on 100 mg or less",
          "then": "give level",
          "dose": "50 mg",
          "date": "at once",
          "source": "note"
        },
        {
          "from": "43 days",
          "to": "180 days",
          "condition": "stabilised on 150 mg",
          "then": "restart titration",
          "date": "50 days",
          "source": "note"
        },
        {
          "from": "181 days",
          "then": "restart phase",
          "phase": "initiation",
          "date": "at once"
        }
      ]
    }
  ],
  "sources": [
    {
      "key": "note",
      "citation": "\"Examplamine depot\", a document that was never written"
    }
  ]
}
`

func rowsOf(s *protocol.Spec) []protocol.MissedDose { return s.Phases[1].MissedDoses }

// A table is read, written and said as it is in the file.
func TestMissedDoses(t *testing.T) {
	s := depot(t)
	assert.Equal(t, depotFile, string(protocol.Format(s)))
	checkFile(t, s)
	p, err := s.Compile()
	require.NoError(t, err)
	rows := rowsOf(&s)
	assert.Equal(t, []protocol.MissedDose{
		{From: 36, To: 42, Then: protocol.GiveNow, Source: "note"},
		{From: 43, To: 180, Condition: "stabilised on 100 mg or less", Then: protocol.GiveLevel, Dose: dose.MustLevel("50 mg"), Date: protocol.AtOnce, Source: "note"},
		{From: 43, To: 180, Condition: "stabilised on 150 mg", Then: protocol.RestartTitration, Date: protocol.OnDay, Days: 50, Source: "note"},
		{From: 181, Then: protocol.RestartPhase, Phase: "initiation", Date: protocol.AtOnce},
	}, rows)
	assert.Equal(t, []string{"36 to 42 days", "43 to 180 days", "43 to 180 days", "from 181 days on"}, []string{rows[0].DaysText(), rows[1].DaysText(), rows[2].DaysText(), rows[3].DaysText()})
	assert.Equal(t, "1 day", protocol.MissedDose{From: 1, To: 1}.DaysText())
	assert.Equal(t, []string{"give now", "give level 50 mg at once", "restart titration 50 days after the last dose", "restart phase initiation at once"},
		[]string{rows[0].String(), rows[1].String(), rows[2].String(), rows[3].String()})

	var phases []protocol.Phase
	for _, phase := range p.Phases() {
		phases = append(phases, phase)
	}
	for _, tt := range []struct{ days, first, n int }{{35, -1, 0}, {36, 0, 1}, {42, 0, 1}, {43, 1, 2}, {180, 1, 2}, {181, 3, 1}, {9999, 3, 1}} {
		first, list := phases[1].MissedAfter(tt.days)
		assert.Equal(t, tt.first, first, tt.days)
		assert.Len(t, list, tt.n, tt.days)
	}
	_, none := phases[0].MissedAfter(100)
	assert.Empty(t, none)

	// What was compiled does not change with the Spec that it was made from.
	rows[0].From = 1
	assert.Equal(t, 36, p.Spec().Phases[1].MissedDoses[0].From)
}

func TestMissedDoseWords(t *testing.T) {
	words(t, protocol.ParseSequel, "then %q: want give as planned, give now, give level, restart titration, restart phase or ask the prescriber",
		"give as planned", "give now", "give level", "restart titration", "restart phase", "ask the prescriber")
	assert.Equal(t, []string{"", "as planned", "at once", "on a day", "%!SequelDate(4)"}, []string{
		protocol.SequelDate(0).String(), protocol.OnPlannedDay.String(), protocol.AtOnce.String(), protocol.OnDay.String(), protocol.SequelDate(4).String(),
	})
}

// A table that leaves days out, says two things of one day, or names what the phase
// does not have is refused, with both places where there are two.
func TestMissedDosesRefused(t *testing.T) {
	const at = "/phases/1/missedDoses"
	for _, tt := range []struct {
		name   string
		change func(*protocol.Spec)
		want   string
	}{
		{"a hole", func(s *protocol.Spec) { rowsOf(s)[0].To = 40 }, at + `/1/from "43 days": want 41 days: no day is left out, and ` + at + `/0 ends with 40 days`},
		{"an overlap", func(s *protocol.Spec) { rowsOf(s)[0].To = 43 }, at + `/1/from "43 days": want 44 days: rows do not overlap, and ` + at + `/0 ends with 43 days`},
		{"the other order", func(s *protocol.Spec) { rowsOf(s)[3].From, rowsOf(s)[3].To = 1, 35 }, at + `/3/from "1 day": want 181 days: rows do not overlap, and ` + at + `/2 ends with 180 days`},
		{"after one without end", func(s *protocol.Spec) { rowsOf(s)[0].To = 0 }, at + `/1/from "43 days": want no row after ` + at + `/0, which has no last day`},
		{"same days, no condition", func(s *protocol.Spec) { rowsOf(s)[2].Condition = "" }, at + `/2/condition: want a condition here and at ` + at + `/1, which is for the same days`},
		{"same days, no condition before", func(s *protocol.Spec) { rowsOf(s)[1].Condition = "" }, at + `/2/condition "stabilised on 150 mg": want a condition here and at ` + at + `/1, which is for the same days`},
		{"same days, same condition", func(s *protocol.Spec) { rowsOf(s)[2].Condition = rowsOf(s)[1].Condition }, at + `/2/condition "stabilised on 100 mg or less": want another condition than at ` + at + `/1, which is for the same days`},
		{"no first day", func(s *protocol.Spec) { rowsOf(s)[0].From = 0 }, at + `/0/from "0": want 1 to 3650 days after the last dose`},
		{"a last day before the first", func(s *protocol.Spec) { rowsOf(s)[0].To = 35 }, at + `/0/to "35 days": want a last day from 36 days to 3650 days, or none`},
		{"a last day too late", func(s *protocol.Spec) { rowsOf(s)[3].To = 3651 }, at + `/3/to "3651 days": want a last day from 181 days to 3650 days, or none`},
		{"nothing follows", func(s *protocol.Spec) { rowsOf(s)[0].Then = 0 }, at + `/0/then "%!Sequel(0)": want give as planned, give now, give level, restart titration, restart phase or ask the prescriber`},
		{"no level", func(s *protocol.Spec) { rowsOf(s)[1].Dose = dose.Level{} }, at + `/1/dose: want the level of the next dose`},
		{"a level of no phase", func(s *protocol.Spec) { rowsOf(s)[1].Dose = dose.MustLevel("75 mg") }, at + `/1/dose "75 mg": want a level of the phase: 50 mg, 100 mg, 150 mg`},
		{"a level too many", func(s *protocol.Spec) { rowsOf(s)[0].Dose = dose.MustLevel("50 mg") }, at + `/0/dose "50 mg": want no dose beside give now`},
		{"no date", func(s *protocol.Spec) { rowsOf(s)[1].Date = 0 }, at + `/1/date: want as planned, at once or a number of days after the last dose`},
		{"a date too many", func(s *protocol.Spec) { rowsOf(s)[0].Date = protocol.AtOnce }, at + `/0/date "at once": want no date beside give now`},
		{"a restart as planned", func(s *protocol.Spec) { rowsOf(s)[3].Date = protocol.OnPlannedDay }, at + `/3/date "as planned": want at once or a number of days after the last dose`},
		{"a day without days", func(s *protocol.Spec) { rowsOf(s)[2].Days = 0 }, at + `/2/date "0 days": want a number of days exactly where the date is so many days after the last dose`},
		{"a day after the row", func(s *protocol.Spec) { rowsOf(s)[2].Days = 181 }, at + `/2/date "181 days": want at most 180 days, with which the row ends`},
		{"a phase too many", func(s *protocol.Spec) { rowsOf(s)[0].Phase = "initiation" }, at + `/0/phase "initiation": want no phase beside give now`},
		{"an unknown phase", func(s *protocol.Spec) { rowsOf(s)[3].Phase = "induction" }, at + `/3/phase "induction": want the name of a phase`},
		{"no phase", func(s *protocol.Spec) { rowsOf(s)[3].Phase = "" }, at + `/3/phase: want the name of a phase`},
		{"a later phase", func(s *protocol.Spec) {
			s.Phases[0].MissedDoses = []protocol.MissedDose{{From: 10, Then: protocol.RestartPhase, Phase: "maintenance", Date: protocol.AtOnce}}
		}, `/phases/0/missedDoses/0/phase "maintenance": want the phase itself or one before it`},
		{"one level to climb again", func(s *protocol.Spec) {
			s.Phases[0].MissedDoses = []protocol.MissedDose{{From: 10, Then: protocol.RestartTitration, Date: protocol.AtOnce}}
		}, `/phases/0/missedDoses/0/then "restart titration": want a phase that names more than one level, or restart phase`},
		{"no drug", func(s *protocol.Spec) {
			s.Phases = append(s.Phases, protocol.Phase{Name: "talk", Cadence: protocol.MustCadence("every 4w x2"), MissedDoses: []protocol.MissedDose{{From: 1, Then: protocol.GiveNow}}})
		}, `/phases/2/missedDoses: want none in a phase that gives no drug`},
		{"an unknown source", func(s *protocol.Spec) { rowsOf(s)[0].Source = "label" }, at + `/0/source "label": want the key of a source`},
		{"two lines", func(s *protocol.Spec) { rowsOf(s)[1].Condition = "a\nb" }, at + `/1/condition "a\nb": want one line`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := depot(t, tt.change)
			_, err := s.Compile()
			assert.EqualError(t, err, tt.want)
			_, err = protocol.Parse("f", protocol.Format(s))
			assert.Error(t, err, "no file has it either")
		})
	}
}

// What only a file can say wrong is refused where it stands.
func TestMissedDosesInAFile(t *testing.T) {
	for _, tt := range []struct{ old, now, want string }{
		{`"to": "42 days"`, `"to": "0 days"`, `f:28:17: /phases/1/missedDoses/0/to: want at least 1 day, or no last day, got "0 days" [choice]`},
		{`"to": "42 days"`, `"to": 42`, `f:28:17: /phases/1/missedDoses/0/to: want text such as "2 days", got 42 [json-type]`},
		{`"then": "give now"`, `"then": "now"`, `f:29:19: /phases/1/missedDoses/0/then: want "give as planned", "give now", "give level", "restart titration", "restart phase" or "ask the prescriber", got "now" [choice]`},
		{`"date": "50 days"`, `"date": "0 days"`, `f:46:19: /phases/1/missedDoses/2/date: want as planned, at once or a number of days after the last dose, such as 28 days, got "0 days" [value]`},
		{`"date": "50 days"`, `"date": "soon"`, `f:46:19: /phases/1/missedDoses/2/date: want as planned, at once or a number of days after the last dose, such as 28 days, got "soon" [value]`},
		{`"date": "50 days"`, `"when": "50 days"`, `date: want as planned, at once or a number of days after the last dose [missing] (and 1 more error)`},
	} {
		require.Contains(t, depotFile, tt.old)
		_, err := protocol.Parse("f", []byte(strings.Replace(depotFile, tt.old, tt.now, 1)))
		require.Error(t, err)
		assert.Contains(t, err.Error(), tt.want)
	}
}

// Where it stands in the source alone is no other protocol; a row is one.
func TestMissedDosesDigestAndDiff(t *testing.T) {
	a := depot(t)
	digest := func(s protocol.Spec) protocol.Digest {
		p, err := s.Compile()
		require.NoError(t, err)
		return p.Digest()
	}
	b := depot(t, func(s *protocol.Spec) { rowsOf(s)[0].Source = "" })
	assert.Equal(t, digest(a), digest(b))
	d, err := protocol.Diff(a, b)
	require.NoError(t, err)
	assert.Equal(t, "phase maintenance, row about missed doses from 36 days to 42 days, source \"note\" -> none\n", d.String())

	b = depot(t, func(s *protocol.Spec) {
		rowsOf(s)[1].Dose = dose.MustLevel("100 mg")
		s.Phases[1].MissedDoses = rowsOf(s)[:3]
	})
	assert.NotEqual(t, digest(a), digest(b))
	d, err = protocol.Diff(a, b)
	require.NoError(t, err)
	assert.Equal(t, "phase maintenance, row about missed doses from 43 days to 180 days, dose 50 mg -> 100 mg\n"+
		"phase maintenance, row about missed doses from 181 days on removed\n", d.String())
	applied, err := d.Apply(a)
	require.NoError(t, err)
	assert.Equal(t, b, applied)

	none := depot(t, func(s *protocol.Spec) { s.Phases[1].MissedDoses = nil })
	assert.NotContains(t, string(protocol.Format(none)), "missedDoses")
	d, err = protocol.Diff(none, a)
	require.NoError(t, err)
	assert.Contains(t, d.String(), "row about missed doses from 36 days to 42 days (then give now)")
	assert.Contains(t, d.String(), "row about missed doses from 43 days to 180 days (then give level, dose 50 mg, date at once)")
}
