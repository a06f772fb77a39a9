package schedule_test

import (
	"archive/zip"
	"go/build"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// zoneOf is a zone of a name whose clocks have one offset or, from an instant on, another:
// as the system has it, without a name that it knows.
func zoneOf(t *testing.T, name, from string) *time.Location {
	t.Helper()
	load, err := time.LoadLocation(from)
	require.NoError(t, err)
	data := zoneinfo(t, load.String())
	zone, err := time.LoadLocationFromTZData(name, data)
	require.NoError(t, err)
	return zone
}

// zoneinfo returns the rules of a zone.
func zoneinfo(t *testing.T, name string) []byte {
	t.Helper()
	for _, dir := range []string{os.Getenv("ZONEINFO"), "/usr/share/zoneinfo", "/usr/lib/zoneinfo"} {
		if src, err := os.ReadFile(filepath.Join(dir, name)); err == nil && dir != "" {
			return src
		}
	}
	// A machine that has Go alone has those of Go.
	archive, err := zip.OpenReader(filepath.Join(build.Default.GOROOT, "lib", "time", "zoneinfo.zip"))
	require.NoError(t, err)
	defer archive.Close()
	src, err := fs.ReadFile(archive, name)
	require.NoError(t, err)
	return src
}

func codesOf(p *schedule.Plan) (codes []schedule.Code) {
	for _, f := range schedule.Validate(p) {
		codes = append(codes, f.Code)
	}
	return codes
}

// allDay is open at all hours of every day.
func allDay() answer { return answer{clinic.MustHours("00:00-24:00")} }

// Newer rules of a zone never refuse a file: dates and times stay, and what they move is
// named, with both instants, until it is told of anew.
func TestNewerZoneRules(t *testing.T) {
	for _, tt := range []struct {
		name, zone, now, start, cadence string // now: the zone that has the newer rules
		opening                         schedule.Request
		moved                           int
		was, is                         string // of the first
	}{
		// Egypt took up summer time in 2023 again: at 00:00 on Friday 28 April clocks went to 01:00.
		{"midnight that is skipped", "Africa/Tripoli", "Africa/Cairo", "2023-04-14", "1/wk x4", schedule.Request{Opening: allDay()}, 1, "2023-05-04T22:00:00Z", "2023-05-04T21:00:00Z"},
		// New York without summer time is as Bogota.
		{"summer time given up", "America/New_York", "America/Bogota", "2026-03-01", "1/wk x3", schedule.Request{Opening: allDay()}, 2, "2026-03-08T05:00:00Z", "2026-03-08T05:00:00Z"},
		{"a clinic by day", "America/New_York", "America/Bogota", "2026-03-02", "1/wk x3", schedule.Request{Opening: answer{clinic.MustHours("09:00-17:00")}}, 2, "2026-03-09T13:00:00Z", "2026-03-09T14:00:00Z"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := request(bare(t, tt.cadence, 1), tt.opening.Opening, tt.start)
			r.Zone, r.AsOf = zoneOf(t, "Clinic/Zone", tt.zone), noon(tt.start).AddDate(0, 0, -1)
			plan, err := schedule.Build(r)
			require.NoError(t, err)
			newer := zoneOf(t, "Clinic/Zone", tt.now)
			file := schedule.FormatPlan(plan)
			read, err := schedule.ParsePlan("x.plan", file, schedule.PlanSource{Opening: r.Opening, Zone: newer})
			require.NoError(t, err)
			for i := range plan.Len() {
				a, b := sessionAt(plan, i+1), sessionAt(read, i+1)
				assert.Equal(t, [4]any{a.Date(), a.Start(), a.End(), a.Revision()}, [4]any{b.Date(), b.Start(), b.End(), b.Revision()})
			}
			var moved []schedule.Finding
			for _, f := range schedule.Validate(read) {
				if f.Code == schedule.ClockMoved {
					moved = append(moved, f)
				}
			}
			require.NotEmpty(t, moved)
			t.Log(moved)
			// It is written as it was told, and found again.
			require.Equal(t, string(file), string(schedule.FormatPlan(read)))
			// Moved to another time, it is told of by the newer rules.
			last := moved[len(moved)-1].Session
			s := sessionAt(read, last)
			start, err := clinic.ParseTimeOfDay("12:00")
			require.NoError(t, err)
			told, err := read.Apply(schedule.Event{ID: "moved", What: schedule.Moved{Session: s.ID(), Date: s.Date(), Start: start}}, r.AsOf)
			require.NoError(t, err)
			left := 0
			for _, f := range schedule.Validate(told) {
				if f.Code == schedule.ClockMoved {
					left++
					assert.NotEqual(t, last, f.Session)
				}
			}
			assert.Equal(t, len(moved)-1, left)
			again, err := schedule.ParsePlan("x.plan", schedule.FormatPlan(told), schedule.PlanSource{Opening: r.Opening, Zone: newer})
			require.NoError(t, err)
			assert.Equal(t, schedule.Validate(told), schedule.Validate(again))
			if tt.was != tt.is {
				assert.Contains(t, moved[0].Text, tt.was)
				assert.Contains(t, moved[0].Text, tt.is)
			}
		})
	}
}

// Another name of the same zone is taken, and said; a zone with other clocks is not.
func TestRenamedZone(t *testing.T) {
	r := request(bare(t, "1/wk x30", 1), answer{clinic.MustHours("09:00-17:00")}, "2026-03-02")
	r.Zone = zoneOf(t, "Europe/Kiev", "Europe/Kyiv")
	plan, err := schedule.Build(r)
	require.NoError(t, err)
	file := schedule.FormatPlan(plan)
	read, err := schedule.ParsePlan("x.plan", file, schedule.PlanSource{Opening: r.Opening, Zone: zoneOf(t, "Europe/Kyiv", "Europe/Kyiv")})
	require.NoError(t, err)
	assert.Contains(t, codesOf(read), schedule.ZoneRenamed)
	assert.Equal(t, "Europe/Kyiv", read.Zone().String())
	_, err = schedule.ParsePlan("x.plan", file, schedule.PlanSource{Opening: r.Opening, Zone: zoneOf(t, "Europe/Berlin", "Europe/Berlin")})
	require.ErrorContains(t, err, "/request/zone: want a zone that was passed in with this name or with the same clocks")
	require.ErrorContains(t, err, "[zone-differs]")
}

// Other wording of a protocol is no other protocol, and the one that is passed in is shown.
func TestFirstFormatWithAnotherProtocol(t *testing.T) {
	c := readCase(t, filepath.Join(releases, "plan-format-1", "wrong-weight-after-dose"))
	file, _ := c.read(t, "plan.json")
	spec := c.protocols[0].Spec()
	spec.Phases[0].MaxGap = 60
	other, err := spec.Compile()
	require.NoError(t, err)
	read, err := schedule.ParsePlan("x.plan", file, schedule.PlanSource{Protocols: []*protocol.Protocol{other}, Opening: c.opening})
	require.NoError(t, err)
	assert.Contains(t, codesOf(read), schedule.ProtocolDiffers)
	requireKept(t, read)

	_, err = schedule.ParsePlan("x.plan", file, schedule.PlanSource{Opening: c.opening})
	require.ErrorContains(t, err, "/protocol: want no other protocol, since none was passed in")

	// What people were told holds where the rules of today say otherwise: here the file
	// has the last session a day later.
	plan, err := schedule.ParsePlan("x.plan", file, schedule.PlanSource{Protocols: c.protocols, Opening: c.opening})
	require.NoError(t, err)
	assert.NotContains(t, codesOf(plan), schedule.FileDiffers)
	last := sessionAt(plan, plan.Len())
	changed := strings.Replace(string(file), `"date":"`+last.Date().String()+`","start"`, `"date":"`+(last.Date()+1).String()+`","start"`, 1)
	require.NotEqual(t, string(file), changed)
	_, err = schedule.ParsePlan("x.plan", []byte(changed), schedule.PlanSource{Protocols: c.protocols, Opening: c.opening})
	require.ErrorContains(t, err, "/digest: want the digest of what the file says")
	plan, err = schedule.ParsePlan("x.plan", sealedFirst(changed), schedule.PlanSource{Protocols: c.protocols, Opening: c.opening})
	require.NoError(t, err)
	kept := sessionAt(plan, plan.Len())
	assert.Equal(t, last.Date()+1, kept.Date())
	assert.True(t, slices.ContainsFunc(schedule.Validate(plan), func(f schedule.Finding) bool {
		return f.Code == schedule.FileDiffers && f.Session == plan.Len() && strings.Contains(f.Text, "the date "+kept.Date().String()+", which is "+last.Date().String())
	}))
	require.Equal(t, schedule.Info, plan.Verify().Severity, "by which rules is not known")
	requireKept(t, plan)
}
