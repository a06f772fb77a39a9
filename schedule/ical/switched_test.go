package ical_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/ical"
)

// Another drug with other tasks leaves the events of what was given as they were, but
// for the stamps and for how many sessions there are, and never calls them by its name.
func TestPastAfterASwitch(t *testing.T) {
	plan := build(t, requestFor(t, tablet("ketamine"), time.UTC, "2025-01-06", "08:00-18:00"))
	for _, ordinal := range []int{1, 2} {
		s, _ := plan.At(ordinal)
		next, err := plan.Apply(schedule.Event{ID: "g" + s.Date().String(), What: schedule.Given{Session: s.ID(), Date: s.Date(), Dose: dose.MustMass("28 mg")}},
			time.Date(s.Date().Year(), s.Date().Month(), s.Date().Day(), 20, 0, 0, 0, time.UTC))
		require.NoError(t, err)
		plan = next
	}
	spec := tablet("esketamine")
	spec.ID = "other"
	spec.Phases[0].Visit.Tasks = append(spec.Phases[0].Visit.Tasks, protocol.Task{Text: "Somebody drives you home", From: protocol.Departure, At: 10 * time.Minute})
	other, err := spec.Compile()
	require.NoError(t, err)
	version := tablet("ketamine")
	version.Version, version.Phases[0].Visit.Tasks = "next", nil
	next, err := version.Compile()
	require.NoError(t, err)
	options := ical.Options{Tasks: true, ShowDrug: true, ShowDose: true}
	past := func(plan *schedule.Plan) (list []string) {
		var b strings.Builder
		require.NoError(t, ical.Write(&b, plan, options))
		text := strings.ReplaceAll(b.String(), "\r\n ", "")
		for _, event := range strings.Split(text, "BEGIN:VEVENT")[1:] {
			for _, ordinal := range []int{1, 2} {
				if s, _ := plan.At(ordinal); strings.Contains(event, "UID:"+s.ID().String()) {
					event, _, _ = strings.Cut(event, "END:VEVENT")
					list = append(list, regexp.MustCompile(`(?m)^(DTSTAMP|LAST-MODIFIED).*$|\(\d+ of \d+\)`).ReplaceAllString(event, ""))
				}
			}
		}
		return list
	}
	before := past(plan)
	require.Len(t, before, 4, "two visits, and a task of each")
	for _, what := range []schedule.Happening{
		schedule.Switched{Protocol: other, Start: schedule.MustDate("2025-01-27"), Gap: 14, Who: "a clinician"},
		schedule.Adopted{Protocol: next, Who: "a clinician"},
	} {
		changed, err := plan.Apply(schedule.Event{ID: "x", What: what}, time.Date(2025, 1, 14, 9, 0, 0, 0, time.UTC))
		require.NoError(t, err)
		require.Equal(t, before, past(changed))
	}
}

// A version with other tasks is adopted and that is withdrawn, again and again: the
// number by which calendars know that a task changed never falls.
func TestTasksOfAVersionThatWasWithdrawn(t *testing.T) {
	plan := build(t, requestFor(t, tablet("ketamine"), time.UTC, "2025-01-06", "08:00-18:00"))
	version := tablet("ketamine")
	version.Version = "next"
	version.Phases[0].Visit.Tasks[0].Text += ", please"
	next, err := version.Compile()
	require.NoError(t, err)
	sequences := func(plan *schedule.Plan) map[string]int {
		var b strings.Builder
		require.NoError(t, ical.Write(&b, plan, ical.Options{Tasks: true}))
		list := map[string]int{}
		for _, event := range strings.Split(b.String(), "BEGIN:VEVENT")[1:] {
			uid := regexp.MustCompile(`UID:(\S+)`).FindStringSubmatch(event)[1]
			n, err := strconv.Atoi(regexp.MustCompile(`SEQUENCE:(\d+)`).FindStringSubmatch(event)[1])
			require.NoError(t, err)
			list[uid] = n
		}
		return list
	}
	was, of := sequences(plan), ""
	for i, what := range []schedule.Happening{
		schedule.Adopted{Protocol: next, Who: "a clinician"},
		nil, nil, nil, // withdrawn, restored and withdrawn
	} {
		id := "e" + strconv.Itoa(i)
		if what == nil {
			what = schedule.Corrected{Of: of, Reason: "a mistake", Who: "a clinician"}
		}
		plan, err = plan.Apply(schedule.Event{ID: id, What: what}, time.Date(2025, 1, 6, 7, i, 0, 0, time.UTC))
		require.NoError(t, err)
		of = id
		now := sequences(plan)
		rose := 0
		for uid, n := range was {
			require.GreaterOrEqual(t, now[uid], n, uid)
			rose += min(1, now[uid]-n)
		}
		require.Positive(t, rose, id)
		was = now
	}
}

// The number in a title is that of the session in its own treatment: two of four tablets
// were given, and the other drug has sessions of its own, from the first on.
func TestCountAfterASwitch(t *testing.T) {
	plan := build(t, requestFor(t, tablet("ketamine"), time.UTC, "2025-01-06", "08:00-18:00"))
	old := plan.Len()
	spec := tablet("esketamine")
	spec.ID = "other"
	other, err := spec.Compile()
	require.NoError(t, err)
	next, err := plan.Apply(schedule.Event{ID: "x", What: schedule.Switched{
		Protocol: other, Start: schedule.MustDate("2025-01-27"), Gap: 14, Who: "a clinician",
	}}, time.Date(2025, 1, 6, 7, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	require.Greater(t, next.Len(), old)
	var b strings.Builder
	require.NoError(t, ical.Write(&b, next, ical.Options{}))
	text := strings.ReplaceAll(b.String(), "\r\n ", "")
	for _, s := range next.All() {
		want, of := s.Ordinal(), old
		if s.Protocol().ID() == "other" {
			require.Equal(t, 1, s.Treatment())
			want, of = s.Ordinal()-old, next.Len()-old
		}
		_, event, _ := strings.Cut(text, "UID:"+s.ID().String())
		event, _, _ = strings.Cut(event, "END:VEVENT")
		require.Contains(t, event, "("+strconv.Itoa(want)+" of "+strconv.Itoa(of)+")", s.String())
	}
}
