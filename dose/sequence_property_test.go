package dose_test

import (
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/internal/mangle"
)

// Whatever the parts: the whole is the sum of what is shown of those that are planned, each
// part is what it is on its own, no hard limit of the whole is passed by what is possible,
// none begins before the one before has ended, and all lie in the administration.
func TestSequenceProperties(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 5))
	given, impossible := 0, 0
	for range 1500 {
		s := dose.Sequence{Rule: dose.MustRule(fmt.Sprintf("sum of parts, hard max %d mg", 60+random.IntN(300)))}
		for i := range 1 + random.IntN(4) {
			p := dose.Part{Name: fmt.Sprint("part ", i), Rule: dose.MustRule(hundredths(1+random.Int64N(100)) + " mg/kg of actual weight, round " + hundredths(1+random.Int64N(500)) + " mg half up, hard max 150 mg")}
			if random.IntN(2) == 0 {
				p.During = dose.MustDuration(fmt.Sprint(1+random.IntN(40), " min"))
			}
			if i > 0 && random.IntN(2) == 0 {
				p.Start = dose.MustPartStart(fmt.Sprint(1+random.IntN(60), " min after ", []string{"end", "start"}[random.IntN(2)]))
			}
			if i > 0 && random.IntN(3) == 0 {
				p.Condition = "needed"
			}
			s.Parts = append(s.Parts, p)
		}
		if random.IntN(2) == 0 {
			s.Administration = dose.MustDuration(fmt.Sprint(10+random.IntN(200), " min"))
		}
		body := dose.Body{Weight: dose.MustWeight(fmt.Sprint(40+random.IntN(110), " kg"))}
		whole, parts, err := s.For(body)
		if err != nil {
			assert.Zero(t, whole)
			assert.Nil(t, parts)
			continue
		}
		given++
		require.Len(t, parts, len(s.Parts))
		sum, most := new(big.Rat), new(big.Rat)
		for i, p := range parts {
			if i > 0 {
				assert.GreaterOrEqual(t, p.Times.Begins, parts[i-1].Times.Ends)
			}
			assert.True(t, s.Administration.IsZero() || p.Times.Ends <= s.Administration.Time())
			if p.Err != nil {
				impossible++
				require.False(t, p.Planned())
				_, ok := errors.AsType[*dose.PartError](p.Err)
				assert.True(t, ok)
				continue
			}
			alone, err := p.Part.Order().For(body)
			require.NoError(t, err)
			assert.Equal(t, alone, p.Delivery)
			amount := rat(t, p.Delivery.Dose().String())
			if most.Add(most, amount); p.Planned() {
				sum.Add(sum, amount)
			}
		}
		assert.Zero(t, sum.Cmp(rat(t, whole.Dose().String())))
		assert.LessOrEqual(t, most.Cmp(rat(t, s.Rule.Limits.Dose.HardMax.String())), 0)
		judged, err := s.Whole().Judge(whole.Dose(), dose.Duration{}, body)
		require.NoError(t, err)
		assert.False(t, judged.PassesHard())
	}
	assert.Greater(t, given, 300)
	assert.Greater(t, impossible, 20)
}

func FuzzParsePartStart(f *testing.F) {
	addCorpus(f, "10 min after end", "2 h after start", "after end", "1 s after start", "0 min after end", "90 s after end after start")
	f.Fuzz(mangle.Target(func(t *testing.T, s string) { checkRoundTrip(t, s, dose.ParsePartStart) }))
}
