package pair

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAlign(t *testing.T) {
	week := func(days ...int32) (list []Expected) {
		for _, d := range days {
			list = append(list, Expected{d, 3})
		}
		return list
	}
	for _, tt := range []struct {
		name     string
		expected []Expected
		actual   []int32
		want     []int32
	}{
		{"nothing", nil, nil, []int32{}},
		{"nothing took place", week(1, 2), nil, []int32{-1, -1}},
		{"nothing was expected", nil, []int32{1}, []int32{}},
		{"one missed is no cascade", week(0, 7, 14, 21), []int32{0, 14, 21}, []int32{0, -1, 1, 2}},
		{"one more is no cascade", week(0, 7, 14), []int32{0, 3, 7, 14}, []int32{0, 2, 3}},
		{"a pair at the cost of none", week(0), []int32{14}, []int32{0}},
		{"farther apart", week(0), []int32{15}, []int32{-1}},
		{"every four weeks", []Expected{{0, 7}}, []int32{21}, []int32{0}},
		{"the earliest expected", week(0, 2), []int32{1}, []int32{0, -1}},
		{"the earliest actual", week(1), []int32{0, 2}, []int32{0}},
	} {
		require.Equal(t, tt.want, align(tt.expected, tt.actual), tt.name)
	}
}

// Twenty thousand sessions, all within reach of forty others, take no time that
// anybody would notice, and pair one by one.
func TestAlignLong(t *testing.T) {
	const n = 20000
	expected, actual := make([]Expected, n), make([]int32, n)
	for i := range n {
		expected[i], actual[i] = Expected{int32(i), 3}, int32(i)
	}
	for i, j := range align(expected, actual) {
		require.Equal(t, int32(i), j)
	}
}
