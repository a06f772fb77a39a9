package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/regimen-go/regimen/schedule"
)

// verifyPlan makes a plan again from its journal and says where that differs from what
// its file says.
func verifyPlan(a *asked) error {
	k, err := open(a.files[0])
	if err != nil {
		return err
	}
	v := k.plan.Verify()
	if a.json() {
		text, err := json.Marshal(v)
		if err != nil {
			return err
		}
		if _, err := a.stdout.Write(append(text, '\n')); err != nil {
			return err
		}
	} else if _, err := io.WriteString(a.stdout, verified(v)); err != nil {
		return err
	}
	if !v.Same() {
		return &notice{"the plan is not what its journal comes to"}
	}
	return nil
}

// verified returns what was found in lines.
func verified(v schedule.Verification) string {
	var b strings.Builder
	fmt.Fprintln(&b, v)
	for _, d := range v.Differences {
		fmt.Fprintf(&b, "  %v\n", d)
	}
	return b.String()
}
