package schedule_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/mangle"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
)

const recordFile = `{
  "format": "regimen-record/1", "zone": "UTC", "start": "2025-01-06", "until": "2025-12-31", "asOf": "2025-06-30T16:00:00+02:00",
  "weekdays": ["Mon,Wed,Fri"], "height": "175 cm", "sex": "female",
  "weighings": [{"date": "2025-01-06", "weight": "72 kg"}],
  "decided": ["response"],
  "accepted": [{"session": 3, "code": "too-late", "reason": "holiday", "who": "ward 2"}],
  "given": [
    {"date": "2025-01-08", "phase": "taper", "dose": "36 mg", "weight": "72.5 kg", "notDone": ["blood pressure"], "reason": "cuff broken", "who": "ward 2"},
    {"date": "2025-01-06", "start": "09:00", "end": "11:40", "dose": "36 mg"}
  ],
  "visits": [{"name": "call", "date": "2025-01-09"}]
}`

func TestParseRecord(t *testing.T) {
	got, err := schedule.ParseRecord("r.json", []byte(recordFile), time.LoadLocation)
	require.NoError(t, err)
	assert.True(t, got.AsOf.Equal(time.Date(2025, 6, 30, 14, 0, 0, 0, time.UTC)))
	got.AsOf = time.Time{}
	assert.Equal(t, schedule.Record{
		Zone: time.UTC, Start: schedule.MustDate("2025-01-06"), Until: schedule.MustDate("2025-12-31"),
		Weekdays: []protocol.DaySet{protocol.OnDays(time.Monday, time.Wednesday, time.Friday)},
		Height:   dose.MustHeight("175 cm"), Sex: dose.Female,
		Weighings: []schedule.Weighing{{Date: schedule.MustDate("2025-01-06"), Weight: dose.MustWeight("72 kg")}},
		Decided:   []string{"response"},
		Accepted:  []schedule.Acceptance{{Session: 3, Code: "too-late", Reason: "holiday", Who: "ward 2"}},
		Given: []schedule.Given{
			{
				Date: schedule.MustDate("2025-01-08"), Phase: "taper", Dose: dose.MustMass("36 mg"), Weight: dose.MustWeight("72.5 kg"),
				NotDone: []string{"blood pressure"}, Reason: "cuff broken", Who: "ward 2",
			},
			{Date: schedule.MustDate("2025-01-06"), Start: mustTime(t, "09:00"), End: mustTime(t, "11:40"), Dose: dose.MustMass("36 mg")},
		},
		Visits: []schedule.VisitTaken{{Name: "call", Date: schedule.MustDate("2025-01-09")}},
	}, got)
}

// Every mistake is reported at once, with its place.
func TestParseRecordProblems(t *testing.T) {
	for _, tt := range []struct{ name, file, want string }{
		{"nothing", `{}`, `
r.json:1:1: want the key "format" [missing-key]
r.json:1:1: want the key "zone" [missing-key]
r.json:1:1: want the key "start" [missing-key]
r.json:1:1: want the key "asOf" [missing-key]
r.json:1:1: want the key "given" [missing-key]`},
		{"entries", `{
"format": "regimen-record/1", "zone": "UTC", "start": "2025-01-06", "asOf": "2025-02-01T00:00:00Z", "until": "2025-01-05",
"weighings": [{"date": "2025-01-06", "weight": "72"}, {"date": "2025-01-06", "weight": "72 st"}, {"date": "2025-02-02", "weight": "72 kg"}],
"decided": [""],
"given": [
{"date": "2025-01-08", "dose": "36"},
{"date": "2025-01-08", "dose": 36},
{"date": "2025-01-05", "dose": "36 ug"},
{"date": "2025-02-02", "start": "9:00", "notDone": "blood pressure"},
{"date": "2025-02-30", "start": "10:00", "end": "09:00"},
{"dose": "36 mg", "date ": "2025-01-09"}
]}`, `
r.json:2:110: /until: want a day that is not before the start, 2025-01-06, got "2025-01-05" [before-start]
r.json:3:51: /weighings/0/weight: want kg or lb, got "72" [value]
r.json:3:64: /weighings/1/date: want one weighing a day, got "2025-01-06" [date-twice]
r.json:3:92: /weighings/1/weight: want kg or lb, got "72 st" [value]
r.json:3:107: /weighings/2/date: want a day that is not after the as-of, 2025-02-01, got "2025-02-02" [after-as-of]
r.json:4:13: /decided/0: want a text that is not empty, got "" [empty-text]
r.json:6:35: /given/0/dose: want one space and mg, mcg or g, got "36" [value]
r.json:7:32: /given/1/dose: want text in double quotes, got 36 [json-type]
r.json:8:36: /given/2/dose: want mg, mcg or g; micrograms are written mcg, got "36 ug" [value]
r.json:9:10: /given/3/date: want a day that is not after the as-of, 2025-02-01, got "2025-02-02" [after-as-of]
r.json:9:34: /given/3/start: want a time from 00:00 to 24:00, written HH:MM, got "9:00" [value]
r.json:9:52: /given/3/notDone: want a list, got "blood pressure" [json-type]
r.json:10:19: /given/4/date: want a day that this month has, got "2025-02-30" [value]
r.json:11:19: /given/5/date : want the key "date", got "date " [unknown-key]`},
		{"instant", `{"format": "regimen-record/1", "zone": "UTC", "start": "2025-01-06", "asOf": "2025-02-01", "given": []}`, `
r.json:1:78: /asOf: want an instant with its offset, such as 2025-06-30T16:00:00Z, got "2025-02-01" [value]`},
	} {
		_, err := schedule.ParseRecord("r.json", []byte(tt.file), time.LoadLocation)
		problems, ok := errors.AsType[*schedule.FileProblems](err)
		require.True(t, ok, "%s: %v", tt.name, err)
		var lines []string
		for _, p := range problems.Kept() {
			lines = append(lines, p.Error())
		}
		assert.Equal(t, strings.TrimPrefix(tt.want, "\n"), strings.Join(lines, "\n"), tt.name)
	}
}

func FuzzParseRecord(f *testing.F) {
	f.Add([]byte(recordFile))
	f.Add([]byte(`{"format": "regimen-record/1", "zone": "UTC", "start": "2025-01-06", "asOf": "2025-02-01T00:00:00Z", "given": []}`))
	f.Add([]byte(`{"format": "regimen-record/1", "zone": "UTC", "start": "2025-01-06", "asOf": "2025-02-01T00:00:00Z", "given": [
	{"date": "2025-01-06", "parts": [{"name": "bolus", "dose": "36 mg", "start": "09:00"}, {"name": "infusion", "dose": "0 mg"}], "beside": [{"name": "ondansetron", "dose": "8 mg"}, {"name": "saline", "dose": "0 mg"}]},
	{"date": "2025-01-27", "dose": "96 mg", "beside": [{"name": "Ondansetron ", "date": "2025-01-26", "start": "23:00"}]}]}`))
	p, err := protocol.Spec{
		Phases: []protocol.Phase{{
			Name: "taper", Cadence: protocol.MustCadence("3-2-1 then every 4w (1w..8w)"), MinGap: 2,
			Dose: dose.MustRule(treatmentRule), Visit: protocol.Visit{Administration: time.Hour},
		}},
		Gates: []protocol.Gate{{Name: "response", Phase: "taper", After: 2, Assess: "response"}},
	}.Compile()
	if err != nil {
		f.Fatal(err)
	}
	notions, err := everyNotion().Compile()
	require.NoError(f, err)
	f.Fuzz(mangle.Target(func(t *testing.T, src []byte) {
		r, err := schedule.ParseRecord("r.json", src, func(string) (*time.Location, error) { return time.UTC, nil })
		if err != nil {
			return
		}
		for _, r.Protocol = range []*protocol.Protocol{p, notions} {
			plan, err := r.Plan()
			if err != nil {
				continue
			}
			for _, found := range schedule.Validate(plan) {
				require.NotEqual(t, schedule.CheckFailed, found.Code, found.Text)
			}
		}
	}))
}

// A pound is exactly 0.45359237 kg: 158.7 lb x 0.45359237 = 71.985109119 kg.
func TestParseRecordPounds(t *testing.T) {
	file := strings.Replace(recordFile, `"weight": "72 kg"`, `"weight": "158.7 lb"`, 1)
	file = strings.Replace(file, `"weight": "72.5 kg"`, `"weight": "200 lb"`, 1)
	got, err := schedule.ParseRecord("r.json", []byte(file), time.LoadLocation)
	require.NoError(t, err)
	assert.Equal(t, dose.MustWeight("71.985109119 kg"), got.Weighings[0].Weight)
	assert.Equal(t, dose.MustWeight("90.718474 kg"), got.Given[0].Weight)
}
