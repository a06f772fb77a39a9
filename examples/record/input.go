package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"
	_ "time/tzdata" // so that zones are known on every machine

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/catalog"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// An input is what the command line names.
type input struct {
	protocol, record, clinic string
	values                   []setting
}

// A setting is the value of a parameter.
type setting struct{ name, value string }

// set adds a setting of the form NAME=VALUE.
func (in *input) set(text string) error {
	name, value, ok := strings.Cut(text, "=")
	if !ok || name == "" || value == "" {
		return errors.New("want NAME=VALUE")
	}
	in.values = append(in.values, setting{name, value})
	return nil
}

// unreadable is the error of a file that cannot be read at all.
type unreadable struct{ err error }

func (e *unreadable) Error() string { return e.err.Error() }

func readFile(name string) ([]byte, error) {
	src, err := os.ReadFile(name)
	if err != nil {
		return nil, &unreadable{err}
	}
	return src, nil
}

// read reads everything. The problems of all files are reported together.
func (in *input) read() (schedule.Record, error) {
	prescribed, err := in.compile()
	src, err2 := readFile(in.record)
	if err2 != nil {
		return schedule.Record{}, errors.Join(err, err2)
	}
	record, err2 := schedule.ParseRecord(in.record, src, time.LoadLocation)
	opening, err3 := in.open()
	record.Protocol, record.Opening = prescribed, opening
	return record, errors.Join(err, err2, err3)
}

// compile returns the protocol: an entry of the catalogue, or that of a file.
func (in *input) compile() (*protocol.Protocol, error) {
	spec, ok := catalog.Lookup(in.protocol)
	var src []byte
	var err error
	if !ok {
		if src, err = readFile(in.protocol); err != nil {
			return nil, err
		}
		if spec, err = protocol.Parse(in.protocol, src); err != nil {
			return nil, err
		}
	}
	for _, v := range in.values {
		if spec, err = spec.Set(v.name, v.value); err != nil {
			return nil, err
		}
	}
	prescribed, err := spec.Compile()
	if err != nil && src != nil {
		err = protocol.Locate(in.protocol, src, err)
	}
	return prescribed, err
}

// open returns the clinic, nil where none is named.
func (in *input) open() (clinic.Opening, error) {
	if in.clinic == "" {
		return nil, nil
	}
	src, err := readFile(in.clinic)
	if err != nil {
		return nil, err
	}
	spec, err := clinic.Parse(in.clinic, src, time.LoadLocation)
	if err != nil {
		return nil, err
	}
	return clinic.New(spec)
}

// linesOf returns the problems that an error joins.
func linesOf(err error) (lines []string) {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []string{fmt.Sprint(err)}
	}
	for _, e := range joined.Unwrap() {
		lines = append(lines, linesOf(e)...)
	}
	return lines
}
