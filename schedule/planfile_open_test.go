package schedule_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
)

// requireOpened requires that a file says what a plan says, as far as it can.
func requireOpened(t *testing.T, plan *schedule.Plan, file schedule.PlanFile, sessions, entries int) {
	t.Helper()
	require.Len(t, file.Sessions, sessions)
	for i, row := range file.Sessions {
		s := sessionAt(plan, i+1)
		require.Equal(t, s.ID(), row.ID)
		require.Equal(t, s.Date(), row.Date)
		require.Equal(t, s.Start(), row.Start)
		require.Equal(t, s.Target(), row.Target)
		require.Equal(t, s.Revision(), row.Revision)
		if state := s.State(); state != schedule.StateProvisional { // which follows from the gates
			require.Equal(t, state, row.State)
		}
		if row.Phase != "" {
			require.Equal(t, s.Phase(), row.Phase)
			require.NotEmpty(t, row.String())
		}
	}
	require.Len(t, file.Journal, entries)
	n := 0
	for e := range plan.History() {
		if n == entries {
			break
		}
		require.Equal(t, e.Event.ID, file.Journal[n].Event.ID)
		require.Equal(t, e.AsOf, file.Journal[n].AsOf)
		n++
	}
}

// Nobody is locked out of a file that cannot be built.
func TestPlanFileOpens(t *testing.T) {
	s, source := longStory(t)
	file := schedule.FormatPlan(s.plan)
	entries := 0
	for range s.plan.History() {
		entries++
	}
	open := func(src []byte, source schedule.PlanSource) (schedule.PlanFile, error) {
		return schedule.ParsePlanFile("plan.json", src, source)
	}
	opened, err := open(file, source)
	require.NoError(t, err)
	requireOpened(t, s.plan, opened, s.plan.Len(), entries)
	assert.Equal(t, schedule.PlanFormat, opened.Format)
	assert.Equal(t, schedule.Rules, opened.Rules)
	assert.Equal(t, schedule.Rules, opened.Journal[0].Rules)
	assert.Len(t, opened.Protocols, 2)
	assert.Equal(t, "UTC", opened.Zone)
	assert.Equal(t, s.plan.FirstDay(), opened.Request.Start)

	// With nothing passed in.
	opened, err = open(file, schedule.PlanSource{})
	require.Error(t, err)
	requireOpened(t, s.plan, opened, s.plan.Len(), entries)
	assert.Equal(t, "UTC", opened.Zone)

	// A protocol that does not compile, a request and an entry that cannot be.
	for from, to := range map[string]string{
		`"cadence":"2/wk x2"`: `"cadence":"2/wk y2"`, `"shortWeek":"drop"`: `"shortWeek":"dropped"`, `"state":{"asOf":"2025`: `"state":{"asOf":"1725`, `"digest":"sha256:`: `"digest":"x`,
	} {
		changed := bytes.Replace(file, []byte(from), []byte(to), 1)
		opened, err = open(changed, schedule.PlanSource{Opening: source.Opening})
		require.Error(t, err, from)
		for i := range opened.Sessions {
			opened.Sessions[i].Phase = "" // that of protocols that are not there
		}
		requireOpened(t, s.plan, opened, s.plan.Len(), entries)
	}
	opened, err = open(bytes.Replace(file, []byte(`"kind":"missed"`), []byte(`"kind":"forgotten"`), 1), source)
	require.ErrorContains(t, err, "/journal")
	require.Len(t, opened.Journal, entries-1)
	require.Len(t, opened.Sessions, s.plan.Len())

	// A file that ends too early gives what is before that.
	for i := range len(file) - 1 {
		if i%29 != 0 && i < len(file)-40 {
			continue
		}
		opened, err := open(file[:i], source)
		require.Error(t, err)
		requireOpened(t, s.plan, opened, len(opened.Sessions), len(opened.Journal))
	}
	at := bytes.Index(file, []byte(`"doses":[`))
	opened, _ = open(file[:at], source)
	requireOpened(t, s.plan, opened, s.plan.Len(), entries)
	at = bytes.Index(file, []byte(`"state":{`))
	opened, _ = open(append(bytes.Clone(file[:at]), "???"...), source)
	requireOpened(t, s.plan, opened, 0, entries)

	// Format 1.
	c := readCase(t, filepath.Join(releases, "plan-format-1", "switched-drug"))
	first, _ := c.read(t, "plan.json")
	plan, err := schedule.ParsePlan("x", first, schedule.PlanSource{Protocols: c.protocols, Opening: c.opening})
	require.NoError(t, err)
	opened, err = open(first, schedule.PlanSource{Protocols: c.protocols, Opening: c.opening})
	require.NoError(t, err)
	requireOpened(t, plan, opened, plan.Len(), len(opened.Journal))
	opened, err = open(first, schedule.PlanSource{})
	require.ErrorContains(t, err, "/protocol")
	requireOpened(t, plan, opened, plan.Len(), len(opened.Journal))

	for _, hostile := range []string{"", "[", "{", `{"state":`, `{"state":[1,2]}`, `{"format":7,"journal":{},"sessions":[{}],"state":{"sessions":[{}]}}`, strings.Repeat("[", 1000), `{"a":}`, "\xff"} {
		_, err := open([]byte(hostile), source)
		require.Error(t, err, hostile)
	}
}
