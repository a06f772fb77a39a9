package document

import "strings"

// maxKey is the length of the longest key that is compared with others.
const maxKey = 40

// nearest returns the known key with the fewest typing mistakes between it and
// key, empty if all are too far from it: a mistake is a letter too many, too few
// or wrong, or two in the wrong order; one is allowed in keys of 3 and 4
// letters, two up to 8, three in longer ones. Of equals the first is taken.
func nearest(key string, known []string) (best string) {
	key = strings.ToLower(key)
	fewest := maxKey
	for _, k := range known {
		allowed := 3
		switch n := min(len(k), len(key)); {
		case n < 3:
			continue
		case n <= 4:
			allowed = 1
		case n <= 8:
			allowed = 2
		}
		if n := len(k) - len(key); n > allowed || -n > allowed || len(k) > maxKey || len(key) > maxKey {
			continue
		}
		if n := mistakes(key, strings.ToLower(k)); n <= allowed && n < fewest {
			fewest, best = n, k
		}
	}
	return best
}

// mistakes returns the distance of two short keys: the optimal string alignment
// of their bytes.
func mistakes(a, b string) int {
	var before, last, row [maxKey + 1]int // for i-2, i-1 and i bytes of a
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, last = last, row
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
	}
	return row[len(b)]
}
