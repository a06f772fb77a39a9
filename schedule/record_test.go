package schedule_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule"
)

// recordOf returns the record of a treatment that went as planned.
func recordOf(plan *schedule.Plan) schedule.Record {
	r := schedule.Record{Protocol: plan.Protocol(), Start: plan.Start(), Until: plan.Until(), Zone: plan.Zone(), AsOf: plan.AsOf()}
	for _, s := range plan.All() {
		if s.Placed() {
			r.Given = append(r.Given, schedule.Given{Date: s.Date(), Start: s.Start(), End: s.End(), Dose: s.Dose().Dose()})
		}
	}
	return r
}

func mustProduct(tb testing.TB, name string) dose.Product {
	tb.Helper()
	p, ok := dose.ProductNamed(name)
	require.True(tb, ok, name)
	return p
}
