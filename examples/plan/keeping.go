package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// keepingFormat is the format of the files of this command.
const keepingFormat = "plan-kept/1"

// notKept says that a file is none that save wrote, and why.
func notKept(name, format string, args ...any) error {
	return fmt.Errorf("%s: want a file that plan new or plan apply wrote: "+format, append([]any{name}, args...)...)
}

// A keeping is a plan with everything that its file needs to be read again: the files
// of its protocols and of its clinic, as they were when the plan was made.
type keeping struct {
	protocols []*protocol.Protocol
	opening   *clinic.Clinic
	plan      *schedule.Plan

	protocolFiles []json.RawMessage
	clinicFile    json.RawMessage
}

// protocol takes a protocol file.
func (k *keeping) protocol(name string, src []byte) error {
	p, err := protocolOf(name, src)
	if err != nil {
		return err
	}
	k.protocols, k.protocolFiles = append(k.protocols, p), append(k.protocolFiles, bytes.TrimSpace(src))
	return nil
}

// clinic takes a clinic file.
func (k *keeping) clinic(name string, src []byte) (err error) {
	if k.opening, err = clinicOf(name, src); err != nil {
		return err
	}
	k.clinicFile = bytes.TrimSpace(src)
	return nil
}

// open reads a file that save wrote.
func open(name string) (*keeping, error) {
	src, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	members, err := membersOf(name, src)
	if err != nil {
		return nil, err
	}
	var format string
	if err := json.Unmarshal(members["format"], &format); err != nil || format != keepingFormat {
		return nil, notKept(name, "its format is to be %q, not %s", keepingFormat, members["format"])
	}
	var protocols []json.RawMessage
	if err := json.Unmarshal(members["protocols"], &protocols); err != nil || len(protocols) == 0 {
		return nil, notKept(name, "protocols are to be a list of protocol files")
	}
	var k keeping
	for i, src := range protocols {
		if err := k.protocol(fmt.Sprintf("%s: protocol %d", name, i+1), src); err != nil {
			return nil, err
		}
	}
	if err := k.clinic(name+": clinic", members["clinic"]); err != nil {
		return nil, err
	}
	if k.plan, err = schedule.ParsePlan(name+": plan", members["plan"], schedule.PlanSource{Protocols: k.protocols, Opening: k.opening}); err != nil {
		return nil, err
	}
	for p := range k.plan.Protocols() {
		if !slices.ContainsFunc(k.protocols, func(kept *protocol.Protocol) bool { return kept.Digest() == p.Digest() }) {
			return nil, notKept(name, "protocols are to have %q %s as the plan has it", p.ID(), p.Version())
		}
	}
	return &k, nil
}

// membersOf returns the members of the one object that a file is.
func membersOf(name string, src []byte) (map[string]json.RawMessage, error) {
	members := map[string]json.RawMessage{"format": nil, "protocols": nil, "clinic": nil, "plan": nil}
	if len(bytes.TrimSpace(src)) == 0 {
		return nil, notKept(name, "it is empty")
	}
	d := json.NewDecoder(bytes.NewReader(src))
	broken := func(err error) error {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return notKept(name, "after %d bytes: %v", d.InputOffset(), err)
	}
	if t, err := d.Token(); err != nil {
		return nil, broken(err)
	} else if t != json.Delim('{') {
		return nil, notKept(name, "it is to be one JSON object")
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, broken(err)
		}
		was, known := members[key.(string)]
		switch {
		case !known:
			return nil, notKept(name, "it has %s", strconv.Quote(key.(string)))
		case was != nil:
			return nil, notKept(name, "it has %s twice", strconv.Quote(key.(string)))
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, broken(err)
		}
		members[key.(string)] = value
	}
	if _, err := d.Token(); err != nil {
		return nil, broken(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, notKept(name, "after %d bytes something follows it", d.InputOffset())
	}
	for _, key := range []string{"format", "protocols", "clinic", "plan"} {
		if members[key] == nil {
			return nil, notKept(name, "it lacks %s", strconv.Quote(key))
		}
	}
	return members, nil
}

// save writes the file.
func (k *keeping) save(name string) error {
	b := []byte(`{"format":"` + keepingFormat + "\",\n\"protocols\":[\n")
	for i, src := range k.protocolFiles {
		if i > 0 {
			b = append(b, ",\n"...)
		}
		b = append(b, src...)
	}
	b = append(append(b, "],\n\"clinic\":\n"...), k.clinicFile...)
	b = append(append(b, ",\n\"plan\":\n"...), bytes.TrimSpace(schedule.FormatPlan(k.plan))...)
	return replaceFile(name, append(b, "}\n"...))
}
