// Command page writes the plan of a protocol for people: visits.html to read and
// to print, visits.svg with the timeline, visits.txt and visits.csv.
//
//	go run ./examples/page -out .
//	go run ./examples/page -out . -locale de -words examples/page/words-de.json
//	go run ./examples/page -out . -form one-page -place 'room 12' -contact 'Desk; tel:555 0100'
//	go run ./examples/page -out . -protocol tms-5-a-week-then-3-2-1 -set NAME=VALUE ...
//	go run ./examples/page -h
//
// The protocol is a file, an entry of the catalogue or, without the flag, an
// invented one. The patient and the clinic are examples; nothing here is a
// recommendation. The program reads no clock: the plan is made on its first
// day, at eight.
//
// The exit code is 0 if the files are written, 1 if there is no plan or no page,
// and 2 if the flags make no sense or a file cannot be read or written.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
	_ "time/tzdata" // so that every zone is known on every machine

	"github.com/regimen-go/regimen/schedule/sheet"
)

// The exit codes.
const (
	exitWritten = 0
	exitNoPage  = 1
	exitInput   = 2
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	in, err := parse(args, stdout)
	switch {
	case err == flag.ErrHelp: //nolint:errorlint // the flag package returns it as it is
		return exitWritten
	case err != nil:
		fmt.Fprintf(stderr, "page: %v\n", err)
		return exitInput
	}
	files, err := in.files()
	if err != nil {
		fmt.Fprintf(stderr, "page: %v\n", err)
		return exitNoPage
	}
	for _, f := range files {
		path := filepath.Join(in.out, f.name)
		if err := os.WriteFile(path, f.content, 0o600); err != nil {
			fmt.Fprintf(stderr, "page: %v\n", err)
			return exitInput
		}
		fmt.Fprintln(stdout, path)
	}
	return exitWritten
}

// A file is one form of the plan.
type file struct {
	name    string
	content []byte
}

// files makes all files before the first is written, so that nobody finds half
// of them.
func (in *input) files() ([]file, error) {
	plan, err := in.plan()
	if err != nil {
		return nil, err
	}
	made, err := sheet.New(plan, in.options)
	if err != nil {
		return nil, err
	}
	const columns = 80
	var files []file
	for _, form := range []struct {
		name  string
		write func(io.Writer) error
	}{
		{"visits.html", made.WriteHTML},
		{"visits.svg", made.WriteSVG},
		{"visits.txt", func(w io.Writer) error { return made.WriteText(w, columns) }},
		{"visits.csv", made.WriteCSV},
	} {
		var out bytes.Buffer
		if err := form.write(&out); err != nil {
			return nil, err
		}
		files = append(files, file{form.name, out.Bytes()})
	}
	return files, nil
}

// clinicHours are those of the example clinic.
const clinicHours = "09:00-17:00"

// asOf is the hour of the first day at which the plan is made.
const asOf = 8 * time.Hour
