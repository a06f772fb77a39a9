package schedule_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/schedule"
)

// The entries of a way have ids that say after how many entries it was asked for, which way
// and which offer it is, and which of its entries, counted from 1: an app may have stored them.
func TestIDsOfRepairs(t *testing.T) {
	s := endless(t, "2025-02-03", "every 1w").give(1)
	s.on("2025-01-13", schedule.Missed{Session: s.id(2)})
	repairs, err := s.plan.Repairs(noon("2025-01-14"), s.id(2))
	require.NoError(t, err)
	require.NotEmpty(t, repairs)
	seen := map[string]bool{}
	for _, r := range repairs {
		for i, e := range r.Entries {
			assert.Regexp(t, `^repair-2-[1-9]\d*-[1-9]\d*-`+strconv.Itoa(i+1)+`$`, e.Event.ID)
			assert.False(t, seen[e.Event.ID], e.Event.ID)
			seen[e.Event.ID] = true
		}
	}
	assert.NotEmpty(t, seen)
}
