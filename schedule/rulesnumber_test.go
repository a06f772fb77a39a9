package schedule_test

import (
	"crypto/sha256"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/catalog"
	"github.com/regimen-go/regimen/schedule"
)

// What protocols come to with some events, those of the catalogue and those of released
// files, is kept by digests under the number of the rules that made it. Who changes what a
// plan of the same input is, raises schedule.Rules, says why in its comment, and runs this
// with -update. A protocol that changes is another input, and is kept with the next update.
func TestRulesNumber(t *testing.T) {
	const name = "testdata/rules.golden"
	kept, err := os.ReadFile(name)
	require.NoError(t, err)
	before := map[string]string{} // the digest of a plan by that of its protocol
	first, rest, _ := strings.Cut(string(kept), "\n")
	for line := range strings.Lines(rest) {
		if words := strings.Fields(line); len(words) == 3 {
			before[words[1]] = words[2]
		}
	}
	require.True(t, first == "rules "+strconv.Itoa(schedule.Rules) || *update, "schedule.Rules is another: run this with -update")
	lines, same := []string{}, 0
	for p := range protocolsKept(t) {
		plan := storyOf(t, p)
		if plan == nil {
			continue
		}
		key, sum := p.Digest().String()[7:23], fmt.Sprintf("%x", sha256.Sum256([]byte(saysOf(plan))))[:16]
		line := strings.ReplaceAll(p.ID(), " ", "_") + " " + key + " " + sum
		if slices.Contains(lines, line) {
			continue
		}
		lines = append(lines, line)
		switch was, known := before[key]; {
		case known && was == sum:
			same++
		case known && first == "rules "+strconv.Itoa(schedule.Rules):
			t.Errorf("the plan of %s is another than the rules %d made: raise schedule.Rules, and run this with -update", p.ID(), schedule.Rules)
		}
	}
	if *update && !t.Failed() {
		require.NoError(t, os.WriteFile(name, fmt.Appendf(nil, "rules %d\n%s\n", schedule.Rules, strings.Join(lines, "\n")), 0o644))
		return
	}
	require.Greater(t, same, 8)
}

// protocolsKept yields the protocols of released files, and those of the catalogue with
// the first choice, or something usual, for every parameter that has no value: those
// that compile so.
func protocolsKept(t *testing.T) iter.Seq[*protocol.Protocol] {
	return func(yield func(*protocol.Protocol) bool) {
		names, err := filepath.Glob(filepath.Join(releases, "*", "*", "protocol*.json"))
		require.NoError(t, err)
		var specs []protocol.Spec
		for _, name := range names {
			src, err := os.ReadFile(name)
			require.NoError(t, err)
			spec, err := protocol.Parse(name, src)
			require.NoError(t, err)
			specs = append(specs, spec)
		}
		for spec := range catalog.All() {
			for _, p := range spec.Parameters {
				value := map[string]string{"administration": "40 min", "observation": "2 h", "cadence": "2/wk x4", "minGap": "2 days"}[p.Fills[0].Field.String()]
				if len(p.Choices) > 0 {
					value = p.Choices[0]
				}
				if set, err := spec.Set(p.Name, value); err == nil && p.Value == "" {
					spec = set
				}
			}
			specs = append(specs, spec)
		}
		for _, spec := range specs {
			if p, err := spec.Compile(); err == nil && !yield(p) {
				return
			}
		}
	}
}

// storyOf is a plan with what happens in most: doses, a missed session, a closure, a
// weight. It is nil where the entry has no plan for this body.
func storyOf(t *testing.T, p *protocol.Protocol) *schedule.Plan {
	t.Helper()
	r := request(p, weekdaysOnly(t), "2025-01-06")
	r.AsOf, r.Until, r.ShortWeek = noon("2025-01-06").Add(-6*time.Hour), day("2025-06-30"), schedule.Drop
	r.Height, r.Sex = dose.MustHeight("175 cm"), dose.Female
	r.Weighings = []schedule.Weighing{{Date: r.Start, Weight: dose.MustWeight("70 kg")}}
	plan, err := schedule.Build(r)
	if err != nil {
		return nil
	}
	next := func(on time.Time, what schedule.Happening) {
		if after, err := plan.Apply(schedule.Event{ID: "e" + strconv.FormatInt(on.Unix(), 10), What: what}, on); err == nil {
			plan = after
		}
	}
	s := sessionAt(plan, 1)
	next(noon("2025-01-06").Add(6*time.Hour), schedule.Given{Session: s.ID(), Date: s.Date(), Dose: s.Dose().Dose()})
	next(noon("2025-01-07"), schedule.ClinicClosed{From: day("2025-02-10"), To: day("2025-02-14"), Reason: "works"})
	if second, ok := plan.At(2); ok {
		next(noon((second.Date() + 1).String()), schedule.Missed{Session: second.ID(), Reason: "no-show"})
		next(noon((second.Date() + 2).String()), schedule.Shifted{Session: second.ID(), Weeks: 1})
		next(noon((second.Date() + 3).String()), schedule.Weighed{Date: second.Date(), Weight: dose.MustWeight("71 kg")})
	}
	return plan
}

// saysOf says what the rules decide of a plan: of every session and visit when it is,
// with what dose, and how often that changed.
func saysOf(p *schedule.Plan) string {
	var b strings.Builder
	for _, s := range p.All() {
		fmt.Fprintln(&b, s.ID(), s.Phase(), s.Target(), s.Earliest(), s.Latest(), s.Date(), s.Start(), s.End(), s.State(), s.Revision(), s.Dose().Dose(), s.Level())
	}
	for v := range p.OtherVisits() {
		fmt.Fprintln(&b, v.ID, v.Target, v.Date, v.Start, v.End, v.State, v.Revision)
	}
	return b.String()
}
