package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/regimen-go/regimen/schedule"
)

func newPlan(a *asked) error {
	var k keeping
	for _, name := range a.protocols {
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if err := k.protocol(name, src); err != nil {
			return err
		}
	}
	src, err := os.ReadFile(a.clinic.value)
	if err != nil {
		return err
	}
	if err := k.clinic(a.clinic.value, src); err != nil {
		return err
	}
	if src, err = os.ReadFile(a.request.value); err != nil {
		return err
	}
	request, err := schedule.ParseRequest(a.request.value, src, schedule.PlanSource{Protocols: k.protocols[:1], Opening: k.opening})
	if err != nil {
		return err
	}
	if k.plan, err = schedule.Build(request); err != nil {
		return err
	}
	if err := k.save(a.out.value); err != nil {
		return err
	}
	return a.show(k.plan)
}

func applyEvents(a *asked) error {
	k, err := open(a.files[0])
	if err != nil {
		return err
	}
	src, err := os.ReadFile(a.files[1])
	if err != nil {
		return err
	}
	var entries []schedule.Entry
	if bytes.HasPrefix(bytes.TrimSpace(src), []byte("[")) {
		entries, err = schedule.ParseEntries(a.files[1], src, k.protocols...)
	} else {
		entries, err = schedule.ParseEvents(a.files[1], src, k.plan.BuiltFrom(), k.protocols...)
	}
	if err != nil {
		return err
	}
	before := k.plan
	if k.plan, err = before.Replay(entries...); err != nil {
		return err
	}
	if !a.dryRun {
		if err := k.save(a.out.value); err != nil {
			return err
		}
	}
	if err := a.diff(before.Diff(k.plan)); err != nil {
		return err
	}
	return a.open(k.plan)
}

func showPlan(a *asked) error {
	k, err := open(a.files[0])
	if err != nil {
		return err
	}
	if a.asKnown.value != "" {
		at, err := instant("as-known", a.asKnown.value)
		if err != nil {
			return err
		}
		if k.plan, err = k.plan.AsKnown(at); err != nil {
			return err
		}
	}
	return a.show(k.plan)
}

// show writes a plan, and says what is open in it where that is asked for.
func (a *asked) show(plan *schedule.Plan) error {
	if a.json() {
		if _, err := a.stdout.Write(append(plan.AppendJSON(nil), '\n')); err != nil {
			return err
		}
		return a.open(plan)
	}
	if err := write(a.stdout, plan, a.format.value); err != nil {
		return err
	}
	return a.open(plan)
}

// open refuses a plan in which something is open, where that is asked for.
func (a *asked) open(plan *schedule.Plan) error {
	if !a.strict {
		return nil
	}
	var found []string
	for _, f := range schedule.Validate(plan) {
		if f.Open() {
			found = append(found, f.String())
		}
	}
	if v := plan.Verify(); v.Severity > schedule.Info {
		found = append(found, strings.ReplaceAll(strings.TrimSpace(verified(v)), "\n", "\n  "))
	}
	if len(found) == 0 {
		return nil
	}
	return &notice{"strict: open findings:\n  " + strings.Join(found, "\n  ")}
}

// diff writes what changes.
func (a *asked) diff(d schedule.Diff) error {
	if a.json() {
		_, err := a.stdout.Write(append(d.AppendJSON(nil), '\n'))
		return err
	}
	_, err := fmt.Fprintln(a.stdout, d)
	return err
}

func listRepairs(a *asked) error {
	k, err := open(a.files[0])
	if err != nil {
		return err
	}
	var ids []schedule.ID
	for _, text := range a.sessions {
		id, err := schedule.ParseID(text)
		if err != nil {
			return &wrongUse{"-session: " + err.Error()}
		}
		ids = append(ids, id)
	}
	at, err := instant("as-of", a.asOf.value)
	if err != nil {
		return err
	}
	ways, err := k.plan.Repairs(at, ids...)
	if err != nil {
		return err
	}
	if a.json() {
		_, err := a.stdout.Write(append(appendRepairs(nil, ways), '\n'))
		return err
	}
	for _, way := range ways {
		if _, err := fmt.Fprint(a.stdout, way); err != nil {
			return err
		}
	}
	return nil
}

func diffPlans(a *asked) error {
	old, err := open(a.files[0])
	if err != nil {
		return err
	}
	other, err := open(a.files[1])
	if err != nil {
		return err
	}
	d := old.plan.Diff(other.plan)
	if err := a.diff(d); err != nil {
		return err
	}
	if !d.Empty() {
		return &notice{"the plans differ"}
	}
	return nil
}

func checkPlan(a *asked) error {
	k, err := open(a.files[0])
	if err != nil {
		return err
	}
	src, err := os.ReadFile(a.clinic.value)
	if err != nil {
		return err
	}
	now, err := clinicOf(a.clinic.value, src)
	if err != nil {
		return err
	}
	found := k.plan.Check(now)
	if a.json() {
		text, err := json.Marshal(append([]schedule.Finding{}, found...))
		if err != nil {
			return err
		}
		if _, err := a.stdout.Write(append(text, '\n')); err != nil {
			return err
		}
	} else {
		for _, f := range found {
			if _, err := fmt.Fprintln(a.stdout, f); err != nil {
				return err
			}
		}
	}
	if len(found) > 0 {
		return &notice{"the clinic says something else than the plan was told"}
	}
	return nil
}
