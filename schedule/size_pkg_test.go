package schedule

import (
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
)

// A plan is mostly its sessions: a field that makes them larger costs every plan that
// is kept. Fields are in an order that leaves no gaps.
func TestSessionsAreSmall(t *testing.T) {
	if unsafe.Sizeof(uintptr(0)) != 8 {
		t.Skip("the size is that of 64-bit machines")
	}
	require.LessOrEqual(t, unsafe.Sizeof(slot{}), uintptr(112))
}
