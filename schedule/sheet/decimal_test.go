package sheet

import (
	"strconv"
	"testing"
)

func TestDecimal(t *testing.T) {
	for n := -20; n < 2000; n++ {
		if got := decimal(n); got != strconv.Itoa(n) {
			t.Fatalf("decimal(%d) = %q", n, got)
		}
	}
}
