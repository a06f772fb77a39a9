package schedule_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/mangle"
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
	step := max(1, len(file)/many(1500)) // bytes in all parts
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

// sealed gives a file the digests of what it says, as somebody would who changed
// it on purpose: those of its parts and of the whole, worked out from docs/FILES.md.
func sealed(file []byte) []byte {
	var parts struct {
		Protocols, Request, Answers, Journal, State json.RawMessage
		Rules                                       json.RawMessage
	}
	at := bytes.LastIndex(file, []byte(",\n\"digests\":{"))
	if at < 0 || json.Unmarshal(append(bytes.Clone(file[:at]), '}'), &parts) != nil {
		return file
	}
	sum := func(src []byte) string {
		var b bytes.Buffer
		if json.Compact(&b, src) != nil {
			return ""
		}
		sum := sha256.Sum256(b.Bytes())
		return "sha256:" + hex.EncodeToString(sum[:])
	}
	digests := fmt.Sprintf(`{"protocols":%q,"request":%q,"answers":%q,"journal":%q,"state":%q}`,
		sum(parts.Protocols), sum(parts.Request), sum(parts.Answers), sum(parts.Journal), sum(parts.State))
	whole := sum(fmt.Appendf(nil, `{"format":"regimen-plan/2","rules":%s,"digests":%s}`, parts.Rules, digests))
	return fmt.Appendf(bytes.Clone(file[:at]), ",\n\"digests\":%s,\n\"digest\":%q}\n", digests, whole)
}

// sealedFirst is sealed for a file of format 1.
func sealedFirst(file string) []byte {
	at := strings.LastIndex(file, ",\n\"digest\":\"sha256:")
	sum := sha256.Sum256([]byte(file[:at]))
	return fmt.Appendf(nil, "%s,\n\"digest\":\"sha256:%x\"}\n", file[:at], sum)
}

func TestSealed(t *testing.T) {
	s, _ := longStory(t)
	file := schedule.FormatPlan(s.plan)
	require.Equal(t, string(file), string(sealed(file)))
}

// What is wrong with a file is said with its place: by its digests where they are those
// of before, and by the part that contradicts the others where somebody made them true.
func TestPlanFileProblems(t *testing.T) {
	s, source := longStory(t)
	file := string(schedule.FormatPlan(s.plan))
	fixed := source
	fixed.Opening, fixed.Zone = unasked{}, time.FixedZone("Europe/Berlin", 3600)
	nowhere := source
	nowhere.Opening = unasked{}
	for _, tt := range []struct {
		name, from, to string
		source         schedule.PlanSource
		want           string // of the first problem, a part
	}{
		{"another zone", "", "", fixed, `/request/zone: want a zone that was passed in with this name or with the same clocks`},
		{"no zone", "", "", nowhere, `/request/zone: want a plan file with the clinic's time zone passed in, got "UTC" [zone-differs]`},
		{"nothing passed in", "", "", schedule.PlanSource{}, `/request/zone: want a plan file with the clinic's time zone passed in`},
		{"another format", "regimen-plan/2", "regimen-plan/3", source, `/format: want "regimen-plan/2" or "regimen-plan/1", got "regimen-plan/3" [choice]`},
		{"rules that there are not", `"rules":1,`, `"rules":-1,`, source, `/rules: want a whole number from 0`},
		{"the digest of protocols", `"digests":{"protocols":"sha256:`, `"digests":{"protocols":"sha256:0`, source, `/protocols: want what has the digest that the file says of it`},
		{"the digest of the request", `,"request":"sha256:`, `,"request":"sha256:0`, source, `/request: want what has the digest`},
		{"the digest of the answers", `,"answers":"sha256:`, `,"answers":"sha256:0`, source, `/answers: want what has the digest`},
		{"the digest of the journal", `,"journal":"sha256:`, `,"journal":"sha256:0`, source, `/journal: want what has the digest`},
		{"the digest of the state", `,"state":"sha256:`, `,"state":"sha256:0`, source, `/state: want what has the digest`},
		{"the digest of the whole", ",\n\"digest\":\"sha256:", ",\n\"digest\":\"sha256:0", source, `/digest: want the digest of the format, the rules and the digests of the parts`},
		{"no digest", ",\n\"digest\":", ",\n\"digestt\":", source, `want the key "digest" [missing-key]`},
		{"no digest of a part", `,"answers":"sha256:`, `,"answer":"sha256:`, source, `/digests/answer: want the key "answers"`},

		{"no protocol", `"protocols":[`, `"protocols":[],"protocol":[`, source, `/protocols: want at least one protocol`},
		{"a protocol that is none", `"cadence":"2/wk x2"`, `"cadence":"2/wk y2"`, schedule.PlanSource{Opening: source.Opening}, `/protocols/0/protocol: `},
		{"a protocol with another digest", `"cadence":"2/wk x2"`, `"cadence":"2/wk x3"`, schedule.PlanSource{Opening: source.Opening}, `/protocols/0/digest: want the digest of the protocol that is there, sha256:`},
		{"a protocol that is missing", `"kind":"adopted","protocol":"sha256:`, `"kind":"adopted","protocol":"sha256:0`, source, `/journal/5/protocol: want the digest of a protocol`},

		{"an unknown key of the request", `"shortWeek":`, `"shortweek":`, source, `/request/shortweek: want the key "shortWeek", got "shortweek" [key-case]`},
		{"a request that is none", `"shortWeek":"drop"`, `"shortWeek":"dropped"`, source, `/request/shortWeek: want `},
		{"bounds", `"plausible":{"format":1,"weight":["22.7 kg",`, `"plausible":{"format":1,"weight":[`, source, `/request/plausible/weight: want four bounds`},

		{"an answer twice", `"on":["2025-01-06/2025-01-10",`, `"on":["2025-01-06/2025-01-11",`, source, `want one answer for 2025-01-11, got`},
		{"answers out of order", `"on":["2025-01-06/2025-01-10","2025-01-13/2025-01-17",`, `"on":["2025-01-13/2025-01-17","2025-01-06/2025-01-10",`, source, `/answers/0/on/1: want days in order, none before 2025-01-06`},
		{"an answer before the start", `"on":["2025-01-06/2025-01-10",`, `"on":["2025-01-05/2025-01-10",`, source, `/answers/0/on/0: want days in order`},
		{"a stretch backwards", `"on":["2025-01-06/2025-01-10",`, `"on":["2025-01-06/2025-01-06",`, source, `/answers/0/on/0: want a last day after the first`},

		{"an entry of an unknown session", `"kind":"missed","session":"` + s.id(2).String(), `"kind":"missed","session":"abcdefghijklmnop`, source, `/journal/2: want sessions that the plan has, not abcdefghijklmnop [refers]`},
		{"an entry out of order", `"asOf":"2025-01-07`, `"asOf":"2025-01-05`, source, `/journal/1: want an entry that is not as of before the one before it [state]`},
		{"an id twice", `"id":"e:2025-01-07"`, `"id":"e:2025-01-06"`, source, `/journal/1/id: want an id of its own`},
		{"another kind of entry", `"kind":"missed"`, `"kind":"forgotten"`, source, `/journal/2/kind: want ` + everyKind() + `, got "forgotten" [choice]`},
		{"an id that is none", `"id":"e:2025-01-07"`, `"id":"e 2025-01-07"`, source, `/journal/1/id: event "e 2025-01-07": ID "e 2025-01-07": want 1 to 64 letters, digits and -_.: [value]`},
		{"an instant with a zone", `"asOf":"2025-01-07T12:00:00Z"`, `"asOf":"2025-01-07T12:00:00+00:00"`, source, `/journal/1/asOf: want an instant in UTC`},
		{"a correction of nothing", `"kind":"missed","session":"` + s.id(2).String() + `","reason":"no-show\t\u2028"`, `"kind":"corrected","of":"nothing","reason":"r","who":"w"`, source, `/journal/2: want a correction of an entry before it: there is none with the id nothing [refers]`},

		{"a serial twice", `"serial":3,`, `"serial":2,`, source, `want a serial of its own`},
		{"a serial of nothing", `"serial":3,`, `"serial":0,`, source, `/serial: want a whole number from 1`},
		{"another id of a session", `{"id":"` + s.id(3).String(), `{"id":"abcdefghijklmnop`, source, `want the id that follows from the key of the plan and the serial`},
		{"a revision below 0", `"revision":1,`, `"revision":-1,`, source, `/revision: want a whole number from 0`},
		{"a phase that there is not", `"phase":3,"number":`, `"phase":9,"number":`, source, `want a phase of the protocols, 0 to 3 [refers]`},
		{"a date after 2200", `"date":"2025-03-06"`, `"date":"2205-03-06"`, source, `/date: want a year from 1900 to 2200, got "2205-03-06" [value]`},
		{"sessions out of order", `"date":"2025-03-06"`, `"date":"2025-01-16"`, source, `/state/sessions: want sessions in the order of their days, what is to come after what was given [state]`},
		{"an instant of nothing", `"state":{"asOf":"2025-01-14`, `"state":{"asOf":"2025-01-15`, source, `/state/asOf: want the instant of the last entry`},
		{"a dose that there is not", `,"dose":2,`, `,"dose":99,`, source, `/dose: want a whole number from 1 to`},
		{"an entry that there is not", `"given":[` + "\n" + `{"at":1,`, `"given":[` + "\n" + `{"at":99,`, source, `/state/given/0: want the numbers of entries of the journal, up to 6, not 99 [refers]`},
		{"an entry that gave nothing", `"given":[` + "\n" + `{"at":1,`, `"given":[` + "\n" + `{"at":2,`, source, `want an entry that says what was given [refers]`},
		{"nothing that was given", `{"at":1,"serial":1`, `{"at":1,"serial":4`, source, `want what was given at a session that was [state]`},
		{"told by a later entry", `"told":[{"date"`, `"told":[{"by":6,"date"`, source, `want what was said before entry`},
		{"a protocol of nothing", `"tenures":[` + "\n" + `{"protocol":0`, `"tenures":[` + "\n" + `{"protocol":7`, source, `/state/tenures/0/protocol: want a whole number from 0 to 1`},
		{"an unknown key of the state", `"serials":`, `"serial":`, source, `/state/serial: want the key "serials"`},
		{"an unknown key of a session", `"daysAfter":`, `"dayAfter":`, source, `/dayAfter: want the key "daysAfter"`},
		{"a time", `"date":"2025-03-06","start":"10:00"`, `"date":"2025-03-06","start":"1000"`, source, `/start: want a time such as 08:00`},
		{"an offset", `"utc":"+00:00"`, `"utc":"0"`, source, `/utc: want an offset from UTC, such as -05:00`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			changed := file
			if tt.from != "" {
				require.Contains(t, file, tt.from)
				changed = strings.Replace(file, tt.from, tt.to, 1)
				if !strings.Contains(tt.name, "digest of") && tt.name != "no digest" {
					changed = string(sealed([]byte(changed)))
					require.NotEqual(t, file, changed)
				}
			}
			plan, err := schedule.ParsePlan("plan.json", []byte(changed), tt.source)
			require.Nil(t, plan)
			problems, ok := errors.AsType[*schedule.FileProblems](err)
			require.True(t, ok, "%v", err)
			var texts []string
			for _, problem := range problems.Kept() {
				texts = append(texts, problem.Error())
				require.Positive(t, problem.Line)
			}
			require.Contains(t, strings.Join(texts, "\n"), tt.want)
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
	first, err := os.ReadFile(filepath.Join(releases, "plan-format-1", "given-before", "plan.json"))
	require.NoError(f, err)
	f.Add(first)
	notions := notionSeed()
	source.Protocols = append(source.Protocols, notions.Protocol())
	f.Add(schedule.FormatPlan(notions))
	f.Fuzz(mangle.Target(func(t *testing.T, src []byte) {
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
	}))
}

// everyKind lists the kinds of events as a refusal does.
func everyKind() string {
	kinds := schedule.EventKinds()
	last := len(kinds) - 1
	return `"` + strings.Join(kinds[:last], `", "`) + `" or "` + kinds[last] + `"`
}

// Of a dose that no session asked for only the end was written down. Withdrawn, the session
// that it had made keeps what was told of it, and the file is read as before.
func TestFileOfWithdrawnDoseWithoutStart(t *testing.T) {
	r := request(bare(t, "2/wk x3", 1), weekdaysOnly(t), "2025-01-06")
	s := living(t, r)
	s.on("2025-01-09", schedule.Given{Date: day("2025-01-07"), End: clinic.MustHours("13:00-14:00").To, Dose: dose.MustMass("20 mg")})
	requireKept(t, s.plan)
	s.on("2025-01-09", schedule.Corrected{Of: "e1", Reason: "another patient", Who: "desk"})
	requireKept(t, s.plan)
	s.on("2025-01-09", schedule.Corrected{Of: "e2", Reason: "the right one", Who: "desk"})
	requireKept(t, s.plan)
}
