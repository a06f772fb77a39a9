package scheduletest_test

import (
	"testing"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/scheduletest"
)

func TestCounterexampleAtLeastSevenDays(t *testing.T) {
	// session 3 is 6 days after the one before
	// Mon 2025-01-06 20 mg
	// Tue 2025-01-14 20 mg
	// Mon 2025-01-20 20 mg
	r := scheduletest.Case(everySeven(t), schedule.MustDate("2025-01-06"), dose.MustWeight("40 kg"),
		clinic.Closure{Date: schedule.MustDate("2025-01-13"), Reason: "renovation"},
	)
	plan, err := schedule.Build(r)
	if err != nil {
		t.Fatal(err)
	}
	if err := atLeastSevenDays(plan); err != nil {
		t.Error(err)
	}
}
