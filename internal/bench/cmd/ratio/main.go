// Command ratio prints how regimen compares with what it could be replaced by,
// as Markdown tables.
//
//	go run ./cmd/ratio [-rounds 300] [regexp]
//
// Both sides of a comparison run in turns in one process on one core; the ratio
// is the median over all rounds. A regular expression picks the comparisons
// whose line, such as "dose: apd / scaled int64", it matches.
package main

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"runtime"
	"slices"

	"github.com/regimen-go/regimen/internal/bench"
	"github.com/regimen-go/regimen/internal/bench/dose"
	"github.com/regimen-go/regimen/internal/bench/ics"
	"github.com/regimen-go/regimen/internal/bench/plan"
)

func main() {
	rounds := flag.Int("rounds", 300, "how often both sides take a turn, 200 or more")
	flag.Parse()
	pattern, err := regexp.Compile(flag.Arg(0))
	if err != nil || flag.NArg() > 1 || *rounds < 200 {
		flag.Usage()
		os.Exit(2)
	}
	runtime.GOMAXPROCS(1) // so that collecting garbage costs its side time

	pairs := slices.DeleteFunc(slices.Concat(dose.Pairs(), plan.Pairs(), ics.Pairs()), func(p bench.Pair) bool {
		return !pattern.MatchString(p.Group + ": " + p.A.Name + " / " + p.B.Name)
	})
	group := ""
	for _, p := range pairs {
		if p.Group != group {
			group = p.Group
			fmt.Printf("\n### %s\n\n| A | B | A / B | 10-90 %% |\n| --- | --- | ---: | ---: |\n", group)
		}
		r := p.Compare(*rounds)
		fmt.Printf("| %s | %s | %s | %s-%s |\n", p.A.Name, p.B.Name, significant(r.Median), significant(r.Low), significant(r.High))
	}

	fmt.Print("\n### each side on its own\n\n| | fastest | median | bytes | allocations |\n| --- | ---: | ---: | ---: | ---: |\n")
	for _, side := range bench.Sides(pairs) {
		c := side.Measure(100)
		fmt.Printf("| %s | %s | %s | %d | %d |\n", side.Name, unit(c.Fastest), unit(c.Median), c.Bytes, c.Allocs)
	}
}

// significant writes x with two or three digits that mean something.
func significant(x float64) string {
	switch {
	case x >= 9.95:
		return fmt.Sprintf("%.0f", x)
	case x >= 0.095:
		return fmt.Sprintf("%.2f", x)
	default:
		return fmt.Sprintf("%.2g", x)
	}
}

// unit writes nanoseconds in a fitting unit: "5.1 ns", "32.7 us".
func unit(ns float64) string {
	switch {
	case ns < 1e3:
		return fmt.Sprintf("%.3g ns", ns)
	case ns < 1e6:
		return fmt.Sprintf("%.3g us", ns/1e3)
	default:
		return fmt.Sprintf("%.3g ms", ns/1e6)
	}
}
