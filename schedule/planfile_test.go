package schedule_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// longStory has something of everything that a plan file can hold.
func longStory(t testing.TB) (*story, schedule.PlanSource) {
	t.Helper()
	induction, maintenance := phase("2/wk x2", "0.5 mg/kg of ideal weight, below 60 in clamp, where ideal exceeds actual actual, round 0.1 mg half up, soft max 30 mg, hard max 200 mg"), phase("every 1w", taperRule)
	induction.Name, maintenance.Name = "induction", "maintenance"
	induction.Companions = []protocol.Companion{{Name: "integration", Visit: protocol.Visit{Observation: time.Hour}, From: 1, To: 3}}
	spec := protocol.Spec{
		ID: "long", Version: "1", Phases: []protocol.Phase{induction, maintenance},
		Gates: []protocol.Gate{{Name: "response", Phase: "induction", Assess: "response"}},
	}
	first, err := spec.Compile()
	require.NoError(t, err)
	spec.Version, spec.Phases[1].Cadence = "2", protocol.MustCadence("every 2w")
	second, err := spec.Compile()
	require.NoError(t, err)
	office, err := clinic.New(clinic.Spec{
		Zone:   time.UTC,
		Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday),
		Closed: []clinic.Closure{{Date: day("2025-01-20"), Reason: "Martin Luther King Jr. Day"}},
	})
	require.NoError(t, err)
	r := request(first, office, "2025-01-06")
	r.Until, r.AsOf, r.ShortWeek, r.Grid = day("2025-03-10"), noon("2025-01-06"), schedule.Drop, 30*time.Minute
	r.Height, r.Sex = dose.MustHeight("170 cm"), dose.Female
	r.Weighings = []schedule.Weighing{{Date: r.Start, Weight: dose.MustWeight("72 kg")}}
	r.Plausible = dose.Adult()
	r.Plausible.Weight.SoftMax = dose.MustWeight("160 kg")
	r.Accepted = []schedule.Acceptance{{Session: 1, Code: schedule.SoftLimit, Reason: "tolerated 36 mg \"before\"", Who: "attending"}}
	preferred, err := clinic.ParseTimeOfDay("10:00")
	require.NoError(t, err)
	r.Wishes = schedule.Wishes{
		Absences: []schedule.Absence{{From: day("2025-02-10"), To: day("2025-02-12"), Reason: "travels"}}, Never: protocol.OnDays(time.Saturday),
		Weekdays: []protocol.DaySet{protocol.OnDays(time.Monday, time.Thursday)}, Preferred: preferred,
		Appointments: []schedule.Appointment{{Ordinal: 2, Date: day("2025-01-10")}},
	}
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	s := &story{plan: plan}
	apply := func(at string, what schedule.Happening) {
		s.n++
		s.plan, err = s.plan.Apply(schedule.Event{ID: "e:" + at, What: what}, noon(at))
		require.NoError(t, err)
	}
	apply("2025-01-06", schedule.Given{
		Session: s.id(1), Date: day("2025-01-06"), Dose: dose.MustMass("33 mg"), NotDone: []string{"call"}, Reason: "agreed", Who: "attending", End: preferred,
		Start: clinic.MustHours("09:05-10:00").From,
	})
	apply("2025-01-07", schedule.Weighed{Date: day("2025-01-07"), Weight: dose.MustWeight("71.5 kg")})
	apply("2025-01-11", schedule.Missed{Session: s.id(2), Reason: "no-show\t\u2028"})
	apply("2025-01-12", schedule.ClinicClosed{From: day("2025-02-03"), To: day("2025-02-04"), Reason: "flood"})
	apply("2025-01-13", schedule.PatientAway{From: day("2025-02-17")})
	apply("2025-01-14", schedule.Adopted{Protocol: second, Who: "attending"})
	return s, schedule.PlanSource{Protocols: []*protocol.Protocol{second, first}, Opening: office}
}

// A file with any byte changed is refused, and the problem says where.
func TestPlanFileWithOneByteChanged(t *testing.T) {
	s, source := longStory(t)
	file := schedule.FormatPlan(s.plan)
	_, err := schedule.ParsePlan("plan.json", file, source)
	require.NoError(t, err)
	changed := bytes.Clone(file)
	step := len(file) / many(len(file)) // fewer with -short
	for i := 0; i < len(file); i += step {
		for _, c := range []byte{file[i] ^ 1, '0' + (file[i]+1)%10, '"'} {
			if c == file[i] || isSpace(c) && isSpace(file[i]) {
				continue
			}
			changed[i] = c
			plan, err := schedule.ParsePlan("plan.json", changed, source)
			require.Nil(t, plan, "byte %d: %q became %q", i, file[i], c)
			problem, ok := errors.AsType[*schedule.FileProblem](err)
			require.True(t, ok, "%v", err)
			require.Equal(t, "plan.json", problem.Name)
			require.Positive(t, problem.Line)
			require.Positive(t, problem.Column)
			require.NotEmpty(t, problem.Code)
			require.NotEmpty(t, problem.Error())
		}
		changed[i] = file[i]
	}
	// White space between values says nothing.
	_, err = schedule.ParsePlan("plan.json", append(bytes.Replace(file, []byte(",\n"), []byte(" ,\t\r\n "), 3), "  \n"...), source)
	require.NoError(t, err)
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// sealed gives a file the digest of what it says, as somebody would who changed
// it on purpose.
func sealed(file []byte) []byte {
	at := bytes.LastIndex(file, []byte(",\n\"digest\":\"sha256:"))
	if at < 0 {
		return file
	}
	sum := sha256.Sum256(file[:at])
	return append(append(append(bytes.Clone(file[:at]), ",\n\"digest\":\"sha256:"...), hex.EncodeToString(sum[:])...), "\"}\n"...)
}

func TestPlanFileProblems(t *testing.T) {
	s, source := longStory(t)
	file := string(schedule.FormatPlan(s.plan))
	other := source
	other.Protocols = []*protocol.Protocol{gated(t, "9")}
	berlin := source
	berlin.Opening, berlin.Zone = unasked{}, time.FixedZone("Europe/Berlin", 3600)
	nowhere := source
	nowhere.Opening = unasked{}
	for _, tt := range []struct {
		name, from, to string
		source         schedule.PlanSource
		want           string
	}{
		{"other protocol", "", "", other, `plan.json:2:12: /protocol: want the digest of a protocol that was passed in: "gated 9" sha256:724d47b7e383c35505755090f03f809595ae1264867c954e254ff2084afb3898, got "sha256:320d18012556deaac06be6f1f2d8bf20fba62e64e37d87b437d79"... [digest]`},
		{"other zone", "", "", berlin, `plan.json:3:61: /request/zone: want the zone that was passed in, Europe/Berlin, got "UTC" [zone-differs]`},
		{"no zone", "", "", nowhere, `plan.json:3:61: /request/zone: want a plan file with the clinic's time zone passed in, got "UTC" [zone-differs]`},
		{"other format", "regimen-plan/1", "regimen-plan/2", source, `plan.json:1:11: /format: want "regimen-plan/1", got "regimen-plan/2" [choice]`},
		{"a date of a session", `"date":"2025-01-06","start":"09:05"`, `"date":"2025-01-07","start":"09:05"`, source, `plan.json:34:1: /events/0: event "e:2025-01-06" (given): Date "2025-01-07": want a date that is not after the as-of one, 2025-01-06 [rebuild]`},
		{"a dose of a session", `"dose":"35.8 mg"`, `"dose":"358 mg"`, source, `plan.json:45:173: /sessions/4/dose: want 35.8 mg, which follows from the request and the events, got "358 mg" [changed]`},
		{"a state", `"state":"missed"`, `"state":"given"`, source, `plan.json:42:189: /sessions/1/state: want missed, which follows from the request and the events, got "given" [changed]`},
		{"a date less", `"date":"2025-03-06","start":"10:00",`, `"start":"10:00",`, source, `plan.json:51:1: /sessions/10: want what follows from the request and the events, which has date too [changed]`},
		{"an answer less", `{"from":"2025-01-06","to":"2025-01-10"`, `{"from":"2025-01-06","to":"2025-01-09"`, source, `plan.json:5:27: /calendar/0/to: want 2025-01-10, which follows from the request and the events, got "2025-01-09" [changed]`},
		{"an event of an unknown session", `"kind":"missed","session":"` + s.id(2).String(), `"kind":"missed","session":"abcdefghijklmnop`, source, `plan.json:36:1: /events/2: event "e:2025-01-11" (missed): Session "abcdefghijklmnop": want the id of a session of the plan [rebuild]`},
		{"an event out of order", `{"asOf":"2025-01-07`, `{"asOf":"2025-01-05`, source, `plan.json:35:1: /events/1: event "e:2025-01-07" (weighed): as-of "2025-01-05T12:00:00Z": want an instant that is not before that of the plan, 2025-01-06T12:00:00Z [rebuild]`},
		{"another kind of event", `"kind":"missed"`, `"kind":"forgotten"`, source, `plan.json:36:59: /events/2/kind: want ` + everyKind() + `, got "forgotten" [choice]`},
		{"an id that is none", `"id":"e:2025-01-07"`, `"id":"e 2025-01-07"`, source, `plan.json:35:37: /events/1/id: event "e 2025-01-07": ID "e 2025-01-07": want 1 to 64 letters, digits and -_.: [value]`},
		{"an instant with a zone", `{"asOf":"2025-01-07T12:00:00Z"`, `{"asOf":"2025-01-07T12:00:00+00:00"`, source, `plan.json:35:9: /events/1/asOf: want an instant in UTC, such as 2025-01-06T08:00:00Z, got "2025-01-07T12:00:00+00:00" [value]`},
		{"answers out of order", `{"from":"2025-01-06","to":"2025-01-10"`, `{"from":"2025-01-06","to":"2025-01-01"`, source, `plan.json:5:1: /calendar/0: want days in order, none before the start [answers]`},
		{"an unknown key", `"shortWeek":`, `"shortweek":`, source, `plan.json:3:138: /request/shortweek: want the key "shortWeek", got "shortweek" [key-case]`},
		{"a start that is closed", `"request":{"start":"2025-01-06"`, `"request":{"start":"2025-01-05"`, source, `plan.json:3:11: /request: the clinic is closed on the first day, Sun 2025-01-05 (not open on Sundays); the next open day is Mon 2025-01-06 [rebuild]`},
		{"bounds", `"plausible":{"format":1,"weight":["22.7 kg",`, `"plausible":{"format":1,"weight":[`, source, `plan.json:3:293: /request/plausible/weight: want four bounds: hard and soft minimum, soft and hard maximum [value]`},
		{"no digest", ",\n\"digest\":", ",\n\"digests\":", source, `plan.json:52:1: /digests: want the key "digest", got "digests" [unknown-key]`},
		{"a digest", `"digest":"sha256:`, `"digest":"SHA256:`, source, `plan.json:52:10: /digest: want the digest of what the plan says, sha256:72a930319e7a463ab8d4c3ef9b2435d2635b5a334db4c8d9a4c9a28443cd8f01, got "SHA256:72a930319e7a463ab8d4c3ef9b2435d2635b5a334db4c8d9a4c9a"... [digest]`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			changed := file
			if tt.from != "" {
				require.Contains(t, file, tt.from)
				changed = strings.Replace(file, tt.from, tt.to, 1)
				if !strings.Contains(tt.name, "digest") {
					changed = string(sealed([]byte(changed)))
				}
			}
			plan, err := schedule.ParsePlan("plan.json", []byte(changed), tt.source)
			require.Nil(t, plan)
			problem, ok := errors.AsType[*schedule.FileProblem](err)
			require.True(t, ok, "%v", err)
			require.EqualError(t, problem, tt.want)
		})
	}
}

// Instants are kept to the nanosecond, whatever zone they came in, also where
// their day of the clinic's zone is one of another year.
func TestPlanFileKeepsInstants(t *testing.T) {
	zone, err := time.LoadLocation("America/New_York")
	require.NoError(t, err)
	office, err := clinic.New(clinic.Spec{Zone: zone, Weekly: clinic.OpenOn(clinic.MustHours("08:00-17:00"), time.Wednesday)})
	require.NoError(t, err)
	r := request(bare(t, "1", 1), office, "2200-12-24")
	r.Zone, r.AsOf = nil, time.Date(2200, 12, 24, 9, 0, 0, 123456789, zone)
	s := &story{t: t}
	s.plan, err = schedule.Build(r)
	require.NoError(t, err)
	s.plan, err = s.plan.Apply(schedule.Event{ID: "late", What: schedule.Missed{Session: s.id(1)}}, time.Date(2200, 12, 31, 23, 0, 0, 1, zone))
	require.NoError(t, err)
	requireKept(t, s.plan)
	require.Contains(t, string(schedule.FormatPlan(s.plan)), `{"asOf":"2201-01-01T04:00:00.000000001Z"`)

	r.AsOf = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)
	_, err = schedule.Build(r)
	require.EqualError(t, err, `AsOf "10000-01-01T00:00:00Z": want an instant in the years 1900 to 2200`)
}

// A plan is shared by as many as like while each applies events of its own.
func TestApplyAtOnce(t *testing.T) {
	s, _ := longStory(t)
	before := string(schedule.FormatPlan(s.plan))
	next, err := s.plan.Apply(schedule.Event{ID: "x", What: schedule.Shifted{Session: s.id(5), Weeks: 30}}, noon("2025-01-15"))
	require.NoError(t, err)
	want := string(schedule.FormatPlan(next))
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			again, err := s.plan.Apply(schedule.Event{ID: "x", What: schedule.Shifted{Session: s.id(5), Weeks: 30}}, noon("2025-01-15"))
			assert.NoError(t, err)
			assert.Equal(t, want, string(schedule.FormatPlan(again)))
			repairs, err := s.plan.Repairs(noon("2025-01-15"), s.id(2))
			assert.NoError(t, err)
			assert.NotEmpty(t, repairs)
			for _, session := range s.plan.All() {
				_, err := s.plan.Explain(session.ID())
				assert.NoError(t, err)
				_, err = s.plan.Alternatives(session.ID())
				assert.NoError(t, err)
			}
			assert.NotEmpty(t, schedule.Validate(s.plan))
			assert.NotEmpty(t, s.plan.On(day("2025-01-15")).Upcoming)
			assert.Equal(t, before, string(schedule.FormatPlan(s.plan)))
		})
	}
	group.Wait()
}

// Arbitrary bytes are a plan or a problem; a plan is the one that its own file
// says. Digests are put right, since nothing else would get past them.
func FuzzParsePlan(f *testing.F) {
	s, source := longStory(f)
	file := schedule.FormatPlan(s.plan)
	f.Add(file)
	f.Add(bytes.Replace(file, []byte(`"weeks":`), []byte(`"weeks":5`), 1))
	f.Add([]byte(`{"format":"regimen-plan/1","events":[]}`))
	f.Fuzz(func(t *testing.T, src []byte) {
		if len(src) > 1<<14 {
			return
		}
		plan, err := schedule.ParsePlan("plan.json", sealed(src), source)
		if err != nil {
			require.Nil(t, plan)
			return
		}
		again := schedule.FormatPlan(plan)
		twice, err := schedule.ParsePlan("plan.json", again, source)
		require.NoError(t, err)
		require.Equal(t, string(again), string(schedule.FormatPlan(twice)))
	})
}

// everyKind lists the kinds of events as a refusal does.
func everyKind() string {
	kinds := schedule.EventKinds()
	last := len(kinds) - 1
	return `"` + strings.Join(kinds[:last], `", "`) + `" or "` + kinds[last] + `"`
}
