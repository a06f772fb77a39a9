//go:build amd64 || arm64

package schedule

import (
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
)

// Many plans are kept. A plan is mostly its sessions, in fields whose order leaves no
// gaps; what it consists of besides fits what the allocator has for it, whose next size
// is 1024 bytes.
func TestPlansAreSmall(t *testing.T) {
	require.LessOrEqual(t, unsafe.Sizeof(slot{}), uintptr(104))
	require.LessOrEqual(t, unsafe.Sizeof(Plan{}), uintptr(896))
}
