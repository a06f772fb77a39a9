package dose_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/regimen-go/regimen/dose"
)

type shown string

func (s shown) String() string { return string(s) }

func TestDisplay(t *testing.T) {
	comma, space := dose.Display{Thousands: dose.CommaGroups}, dose.Display{Thousands: dose.SpaceGroups}
	for _, c := range []struct {
		display dose.Display
		in      shown
		want    string
	}{
		{dose.Display{}, "2272.64875 mg", "2272.64875 mg"},
		{comma, "999 mg", "999 mg"},
		{comma, "1000 mg", "1,000 mg"},
		{comma, "2272.64875 mg", "2,272.64875 mg"},
		{comma, "999999999 mg", "999,999,999 mg"},
		{comma, "0.123456 mg", "0.123456 mg"},
		{comma, "1250 mg/m2 x 1.818119 m2 = 2272.64875 mg", "1,250 mg/m2 x 1.818119 m2 = 2,272.64875 mg"},
		{space, "1000 mg", "1000 mg"},
		{space, "10000 mg", "10\u00a0000 mg"},
		{dose.Display{Per: true}, "12.5 mcg/kg/min", "12.5 mcg per kg per min"},
		{dose.Display{Per: true}, "36 mg / 50 mg/mL = 0.72 mL", "36 mg / 50 mg per mL = 0.72 mL"},
		{dose.Display{NoBreak: true}, "0.5 mg/kg x 72 kg = 36 mg, capped at 30 mg", "0.5\u00a0mg/kg x 72\u00a0kg = 36\u00a0mg, capped at 30\u00a0mg"},
		{dose.Display{NoBreak: true}, "1.8 m2 x 2", "1.8\u00a0m2 x 2"},
	} {
		assert.Equal(t, c.want, c.display.Text(c.in))
	}
}
