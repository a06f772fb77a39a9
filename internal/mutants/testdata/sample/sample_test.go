package sample

import "testing"

func TestWithin(t *testing.T) {
	for v, want := range map[int]bool{0: false, 1: true, 2: true, 3: false} {
		if Within(v, 1, 3) != want {
			t.Error(v)
		}
	}
}

func TestDown(t *testing.T) {
	if Down(2) != 0 {
		t.Error("not zero")
	}
}

func TestLarger(t *testing.T) {
	if Larger(1, 2) != 2 || Larger(2, 1) != 2 || Larger(2, 2) != 2 {
		t.Error("not the larger")
	}
}

func TestWord(t *testing.T) {
	if Word(1) != "one" || Word(2) != "two" {
		t.Error("not the word")
	}
}

func TestMinus(t *testing.T) {
	if Minus(3, 1) != 2 {
		t.Error("not 2")
	}
}
