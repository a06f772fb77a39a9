package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

// A section is a part of the page that is measured: what stands between
// "<!-- name -->" and "<!-- /name -->".
type section struct{ name, text string }

// replace returns the page with the sections in their places. A section without a place
// is an error; a place without a section keeps what it has.
func replace(page string, sections []section) (string, error) {
	for _, s := range sections {
		begin, end := "<!-- "+s.name+" -->\n", "<!-- /"+s.name+" -->\n"
		from := strings.Index(page, begin)
		if from < 0 || strings.Count(page, begin) > 1 {
			return "", fmt.Errorf("want one mark %q in the page", strings.TrimSpace(begin))
		}
		from += len(begin)
		to := strings.Index(page[from:], end)
		if to < 0 {
			return "", fmt.Errorf("want a mark %q after %q", strings.TrimSpace(end), strings.TrimSpace(begin))
		}
		page = page[:from] + s.text + page[from+to:]
	}
	return page, nil
}

// machine says where and when the tables were measured, and how much else was going on.
func machine(rounds int) string {
	return fmt.Sprintf("Measured last on %s with %s for %s/%s, %d cores, %s; load of the machine at the end: %s. Rounds: %d.\n",
		time.Now().UTC().Format(time.DateOnly), runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), processor(), load(), rounds)
}

// processor returns the name of the processor, where the system tells it.
func processor() string {
	src, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(src)) {
		if name, ok := strings.CutPrefix(line, "model name"); ok {
			return strings.Trim(name, "\t :\n")
		}
	}
	return "an unknown processor"
}

// load returns how many processes wanted to run in the last minute.
func load() string {
	src, _ := os.ReadFile("/proc/loadavg")
	first, _, _ := strings.Cut(string(src), " ")
	if first == "" {
		return "unknown"
	}
	return first
}
