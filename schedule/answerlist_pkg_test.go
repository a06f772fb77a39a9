package schedule

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// TestAppendAnswered compares with a writer that looks at all days for each answer, for
// clinics with a few answers and for those with one for nearly every day.
func TestAppendAnswered(t *testing.T) {
	hours := [][]clinic.Hours{nil, {clinic.MustHours("08:00-12:00")}, {clinic.MustHours("08:00-12:00"), clinic.MustHours("13:00-17:00")}}
	first := MustDate("2027-12-20")
	r := rand.New(rand.NewPCG(7, 19))
	for _, reasons := range []int{1, 2, 5, 40, 300} {
		type answer struct {
			hours  []clinic.Hours
			reason string
		}
		said := map[date.Date]answer{}
		var days []date.Date
		var order []string // the texts of answers
		on := map[string][]date.Date{}
		for day := first; len(days) < 400; day++ {
			if r.IntN(9) == 0 {
				continue // nobody asked
			}
			a := answer{hours: hours[r.IntN(len(hours))]}
			if n := r.IntN(reasons); n > 0 {
				a.reason = fmt.Sprint("reason ", n)
			}
			said[day], days = a, append(days, day)
			text := fmt.Sprint(a.hours, a.reason)
			if !slices.Contains(order, text) {
				order = append(order, text)
			}
			on[text] = append(on[text], day)
		}
		var want []string
		for _, text := range order {
			a := said[on[text][0]]
			var members, texts []string
			for _, h := range a.hours {
				texts = append(texts, fmt.Sprintf("%q", h.String()))
			}
			if len(texts) > 0 {
				members = append(members, `"hours":[`+strings.Join(texts, ",")+"]")
			}
			if a.reason != "" {
				members = append(members, fmt.Sprintf(`"reason":%q`, a.reason))
			}
			texts = nil
			for at, list := 0, on[text]; at < len(list); {
				last := at
				for last+1 < len(list) && list[last+1] == list[last]+1 {
					last++
				}
				stretch := civil.Format(list[at])
				if last > at {
					stretch += "/" + civil.Format(list[last])
				}
				texts = append(texts, fmt.Sprintf("%q", stretch))
				at = last + 1
			}
			members = append(members, `"on":[`+strings.Join(texts, ",")+"]")
			want = append(want, "\n{"+strings.Join(members, ",")+"}")
		}
		got := appendAnswered(nil, slices.Values(days), func(d date.Date) ([]clinic.Hours, string) { return said[d].hours, said[d].reason })
		require.Equal(t, "["+strings.Join(want, ",")+"]", string(got), reasons)
	}
}
