package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// keepingFormat is the format of the files of this command.
const keepingFormat = "plan-kept/1"

var errKept = errors.New("want a file that plan new or plan apply wrote")

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
	var file struct {
		Format    string            `json:"format"`
		Protocols []json.RawMessage `json:"protocols"`
		Clinic    json.RawMessage   `json:"clinic"`
		Plan      json.RawMessage   `json:"plan"`
	}
	d := json.NewDecoder(bytes.NewReader(src))
	d.DisallowUnknownFields()
	if err := d.Decode(&file); err != nil || d.More() || file.Format != keepingFormat || len(file.Protocols) == 0 {
		return nil, fmt.Errorf("%s: %w", name, errKept)
	}
	var k keeping
	for i, src := range file.Protocols {
		if err := k.protocol(fmt.Sprintf("%s: protocol %d", name, i+1), src); err != nil {
			return nil, err
		}
	}
	if err := k.clinic(name+": clinic", file.Clinic); err != nil {
		return nil, err
	}
	if k.plan, err = schedule.ParsePlan(name+": plan", file.Plan, schedule.PlanSource{Protocols: k.protocols, Opening: k.opening}); err != nil {
		return nil, err
	}
	return &k, nil
}

// save writes the file, whole or not at all.
func (k *keeping) save(name string) error {
	b := []byte(`{"format":"` + keepingFormat + "\",\n\"protocols\":[\n")
	b = append(b, bytes.Join(asBytes(k.protocolFiles), []byte(",\n"))...)
	b = append(append(b, "],\n\"clinic\":\n"...), k.clinicFile...)
	b = append(append(b, ",\n\"plan\":\n"...), bytes.TrimSpace(schedule.FormatPlan(k.plan))...)
	b = append(b, "}\n"...)
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // gone already where it became the file
	if _, err = f.Write(b); err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

func asBytes(list []json.RawMessage) (all [][]byte) {
	for _, one := range list {
		all = append(all, one)
	}
	return all
}
