package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/fhir"
)

// A source is what plan files are read with.
type source struct {
	clinicFile, subject string
	protocolFiles       []string
	active, targets     bool
}

func (s *source) flags(name string) *flag.FlagSet {
	f := flag.NewFlagSet("fhir "+name, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	f.StringVar(&s.clinicFile, "clinic", "", "")
	f.Func("protocol", "", func(name string) error {
		s.protocolFiles = append(s.protocolFiles, name)
		return nil
	})
	f.StringVar(&s.subject, "subject", "Patient/1", "")
	f.BoolVar(&s.active, "active", false, "")
	f.BoolVar(&s.targets, "targets", false, "")
	return f
}

// export returns what the caller knows of a plan.
func (s *source) export() fhir.Export {
	return fhir.Export{Subject: fhir.Reference{Reference: s.subject}, Active: s.active, Targets: s.targets, Medication: fhir.ConfirmedMedication, Route: fhir.ConfirmedRoute}
}

// plan reads a plan file, or a file of the command plan, which has its clinic.
func (s *source) plan(name string) (*schedule.Plan, error) {
	src, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var kept struct {
		Format    string
		Protocols []json.RawMessage
		Clinic    json.RawMessage
		Plan      json.RawMessage
	}
	clinicName, clinicSrc := s.clinicFile, []byte(nil)
	if json.Unmarshal(src, &kept) == nil && strings.HasPrefix(kept.Format, "plan-kept/") {
		clinicName, clinicSrc, src = name+": clinic", kept.Clinic, kept.Plan
	} else if clinicName == "" {
		return nil, errors.New("want -clinic: the file of the clinic")
	} else if clinicSrc, err = os.ReadFile(clinicName); err != nil {
		return nil, err
	}
	spec, err := clinic.Parse(clinicName, clinicSrc, time.LoadLocation)
	if err != nil {
		return nil, err
	}
	opening, err := clinic.New(spec)
	if err != nil {
		return nil, err
	}
	from := schedule.PlanSource{Opening: opening}
	for _, protocolFile := range s.protocolFiles {
		protocolSrc, err := os.ReadFile(protocolFile)
		if err != nil {
			return nil, err
		}
		kept.Protocols = append(kept.Protocols, protocolSrc)
	}
	for _, protocolSrc := range kept.Protocols {
		spec, err := protocol.Parse(name+": protocol", protocolSrc)
		if err != nil {
			return nil, err
		}
		p, err := spec.Compile()
		if err != nil {
			return nil, err
		}
		from.Protocols = append(from.Protocols, p)
	}
	return schedule.ParsePlan(name, src, from)
}

// bundle writes a plan as a Bundle.
func bundle(args []string, stdout io.Writer) error {
	var s source
	f := s.flags("bundle")
	since := f.String("since", "", "")
	if err := f.Parse(args); err != nil {
		return err
	}
	if f.NArg() != 1 {
		return fmt.Errorf("bundle: want one plan file\n%s", usage)
	}
	plan, err := s.plan(f.Arg(0))
	if err != nil {
		return err
	}
	o := s.export()
	if *since != "" {
		if o.Since, err = s.plan(*since); err != nil {
			return err
		}
	}
	b, err := fhir.NewBundle(plan, o)
	if err != nil {
		return err
	}
	e := json.NewEncoder(stdout)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(b)
}

// check says what is wrong with Bundles.
func check(names []string, stdout io.Writer) (found bool, err error) {
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			return found, err
		}
		b, err := fhir.ParseBundle(src)
		problems := []*fhir.Refusal{}
		if refusal, ok := errors.AsType[*fhir.Refusal](err); ok {
			problems = append(problems, refusal)
		} else if err != nil {
			return found, err
		} else {
			problems = fhir.Check(b)
		}
		for _, p := range problems {
			found = true
			if _, err := fmt.Fprintf(stdout, "%s: %v\n", name, p); err != nil {
				return found, err
			}
		}
	}
	return found, nil
}
