// Package sample has functions whose mutants are known.
package sample

// Within reports whether v is at least low and below high.
func Within(v, low, high int) bool { return v >= low && v < high }

// Down counts to zero.
func Down(n int) int {
	for n > 0 {
		n--
	}
	return n
}

// Never is called by no test.
func Never() string { return "never" }

// Larger returns the larger of two numbers: of equal ones it is all the same which.
func Larger(a, b int) int {
	if a > b {
		return a
	}
	return b
}

// Word is a number as a word.
func Word(n uint8) (word string) {
	switch n {
	case 1:
		word = "one"
	case 2:
		return "two"
	default:
		word = "many"
	}
	return word
}

// Minus is called with arguments that show their order.
func Minus(a, b int) int { return minus(a, b) }

func minus(a, b int) int { return a - b }
