// Command living tells two and a half years of one patient as a story: what happened,
// what the plan made of it, which ways on it offered, and which one was taken. Entries
// are put right, the clinic changes its hours, the drug changes, and the course that
// goes on has no end.
//
//	go run ./examples/living
//
// What the world does is written down in story.go. Everything the program says
// of the plan, dates and doses included, comes from the plan. The protocols in
// testdata call themselves test data: nothing here is anybody's recommendation. The
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

//go:embed testdata/spray.json
var sprayFile []byte

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

// compiled returns the protocol that is in a file.
func compiled(name string, file []byte) (*protocol.Protocol, error) {
	spec, err := protocol.Parse(name, file)
	if err != nil {
		return nil, err
	}
	p, err := spec.Compile()
	return p, protocol.Locate(name, file, err)
}

func run(out io.Writer) error {
	prescribed, err := compiled("protocol.json", protocolFile)
	if err != nil {
		return err
	}
	spray, err := compiled("spray.json", sprayFile)
	if err != nil {
		return err
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
		GivenBefore: []schedule.GivenBefore{
			{Date: schedule.MustDate("2024-12-03"), Drug: "esketamine", Dose: dose.MustMass("84 mg"), Source: "in another clinic"},
		},
		// A real plan's key is 128 random bits. This one is fixed, so that the
		// story and the file of the plan are the same every time.
		Key:  schedule.Key{0: 0x1e, 7: 0x5a, 15: 0xd3},
		AsOf: evening(office.Zone(), today),
	})
	if err != nil {
		return err
	}
	t := &teller{out: out, plan: plan, clinic: office, hours: hours, spray: spray, today: today}
	t.begin()
	for _, chapter := range chapters {
		chapter(t)
	}
	t.end()
	return t.err
}
