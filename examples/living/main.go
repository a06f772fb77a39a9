// Command living tells two years of one patient as a story: what happened, what
// the plan made of it, which ways on it offered, and which one was taken.
//
//	go run ./examples/living
//
// What the world does is written down in story.go. Everything the program says
// of the plan, dates and doses included, comes from the plan. The protocol in
// testdata calls itself test data: nothing here is anybody's recommendation. The
// patient is made up.
package main

import (
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"os"
	"time"
	_ "time/tzdata" // so that the clinic's zone is known on every machine

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

//go:embed testdata/protocol.json
var protocolFile []byte

//go:embed testdata/clinic.json
var clinicFile []byte

func main() {
	var out bytes.Buffer
	err := run(&out)
	if err == nil {
		_, err = out.WriteTo(os.Stdout)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "living: %v\n", err)
		os.Exit(1)
	}
}

func run(out io.Writer) error {
	spec, err := protocol.Parse("protocol.json", protocolFile)
	if err != nil {
		return err
	}
	prescribed, err := spec.Compile()
	if err != nil {
		return protocol.Locate("protocol.json", protocolFile, err)
	}
	hours, err := clinic.Parse("clinic.json", clinicFile, time.LoadLocation)
	if err != nil {
		return err
	}
	office, err := clinic.New(hours)
	if err != nil {
		return err
	}
	today := schedule.MustDate("2025-01-03")
	plan, err := schedule.Build(schedule.Request{
		Protocol:  prescribed,
		Start:     schedule.MustDate("2025-01-06"),
		Opening:   office,
		Weighings: []schedule.Weighing{{Date: today, Weight: dose.MustWeight("80 kg")}},
		// A real plan's key is 128 random bits. This one is fixed, so that the
		// story and the file of the plan are the same every time.
		Key:  schedule.Key{0: 0x1e, 7: 0x5a, 15: 0xd3},
		AsOf: evening(office.Zone(), today),
	})
	if err != nil {
		return err
	}
	t := &teller{out: out, plan: plan, clinic: office, today: today}
	t.begin()
	for _, chapter := range chapters {
		chapter(t)
	}
	t.end()
	return t.err
}
