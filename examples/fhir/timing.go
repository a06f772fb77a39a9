package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"
	"time"
	_ "time/tzdata" // so that zones are known on every machine

	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/fhir"
)

// maxLine is the longest line that is read, in bytes, its end not counted: a Timing of
// the size that is read fits, with everything beside it. Of a longer one nothing is kept.
const maxLine = 4 << 20

// timing answers lines until they end.
func timing(in io.Reader, out io.Writer) error {
	lines := bufio.NewReaderSize(in, 64<<10)
	var line []byte
	for {
		line = line[:0]
		size, err := 0, error(nil)
		for {
			var part []byte
			part, err = lines.ReadSlice('\n')
			size += len(part)
			if len(line) <= maxLine {
				line = append(line, part...)
			}
			if err != bufio.ErrBufferFull {
				break
			}
		}
		if err != nil && err != io.EOF {
			return err
		}
		if size > 0 {
			text := answered(nil, refuse(fhir.TooLarge, "line"))
			if len(bytes.TrimRight(line, "\r\n")) <= maxLine {
				text = answer(line)
			}
			if _, err := out.Write(append(text, '\n')); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
	}
}

// answer returns what a line comes to.
func answer(line []byte) []byte {
	asked, err := readLine(line)
	var result any
	if err == nil {
		result, err = asked.result()
	}
	return answered(result, err)
}

// answered writes what a line came to.
func answered(result any, err error) []byte {
	if err != nil {
		refusal, ok := errors.AsType[*fhir.Refusal](err)
		if !ok {
			refusal = &fhir.Refusal{Code: fhir.NotJSON, At: "line"}
		}
		result = map[string]string{"refuse": string(refusal.Code), "at": refusal.At}
	}
	text, err := json.Marshal(result)
	if err != nil {
		return []byte(`{"refuse":"json-syntax","at":"line"}`) // not reached: all of it can be written
	}
	return text
}

// A request is what one line asks for.
type request struct {
	timing, dosage json.RawMessage
	options        fhir.Options
}

// result returns an expansion or phases.
func (r *request) result() (any, error) {
	if r.dosage != nil {
		dosages, err := fhir.ParseDosages(r.dosage)
		if err != nil {
			return nil, err
		}
		phases, err := fhir.Phases(dosages, r.options)
		return map[string][]fhir.Phase{"phases": phases}, err
	}
	timing, err := fhir.ParseTiming(r.timing)
	if err != nil {
		return nil, err
	}
	return timing.Expand(r.options)
}

// readLine reads a line, key by key, since a key that is there twice would be lost
// otherwise.
func readLine(line []byte) (r request, err error) {
	d := json.NewDecoder(bytes.NewReader(line))
	switch open, err := d.Token(); {
	case err != nil:
		return r, refuse(fhir.NotJSON, "line")
	case open != json.Delim('{'):
		return r, refuse(fhir.BadType, "line")
	}
	values := make(map[string]json.RawMessage)
	for d.More() {
		token, err := d.Token()
		key, ok := token.(string)
		var value json.RawMessage
		if err != nil || !ok || d.Decode(&value) != nil {
			return r, refuse(fhir.NotJSON, "line")
		}
		if _, twice := values[key]; twice {
			return r, refuse(fhir.DuplicateElement, key)
		}
		values[key] = value
	}
	if _, err := d.Token(); err != nil { // the closing brace
		return r, refuse(fhir.NotJSON, "line")
	}
	if _, err := d.Token(); err != io.EOF {
		return r, refuse(fhir.TrailingData, "line")
	}
	return readValues(values)
}

// readValues reads the values of a line. Of several that are wrong the first by its
// key is told.
func readValues(values map[string]json.RawMessage) (r request, err error) {
	for _, key := range slices.Sorted(maps.Keys(values)) {
		switch value := values[key]; key {
		case "timing":
			r.timing = value
		case "dosage":
			r.dosage = value
		case "start":
			err = r.readStart(value)
		case "until":
			err = r.readUntil(value)
		case "zone":
			err = r.readZone(value)
		case "ranges":
			err = r.readRanges(value)
		case "daysOfCycle":
			if err = json.Unmarshal(value, &r.options.DaysOfCycle); err != nil || r.options.DaysOfCycle == nil {
				err = refuse(fhir.BadType, key)
			}
		case "id", "why", "source", "expect":
		default:
			err = refuse(fhir.UnknownElement, key)
		}
		if err != nil {
			return r, err
		}
	}
	switch {
	case r.timing == nil && r.dosage == nil:
		return r, refuse(fhir.Empty, "line")
	case r.timing != nil && r.dosage != nil:
		return r, refuse("two-inputs", "dosage")
	}
	return r, nil
}

func (r *request) readStart(value json.RawMessage) error {
	text, err := text("start", value)
	if err == nil {
		r.options.Start, err = fhir.ParseMoment(text)
	}
	return at("start", err)
}

func (r *request) readUntil(value json.RawMessage) error {
	text, err := text("until", value)
	if err == nil {
		_, err = fhir.ParseMoment(text) // which has the codes for what is no day
	}
	if err != nil {
		return at("until", err)
	}
	if r.options.Until, err = schedule.ParseDate(text); err != nil {
		return refuse(fhir.BadDate, "until")
	}
	return nil
}

func (r *request) readZone(value json.RawMessage) error {
	name, err := text("zone", value)
	if err != nil {
		return err
	}
	if r.options.Zone, err = time.LoadLocation(name); err != nil {
		return refuse(fhir.BadZone, "zone")
	}
	return nil
}

func (r *request) readRanges(value json.RawMessage) error {
	name, err := text("ranges", value)
	if err == nil {
		r.options.Ranges, err = fhir.ParseChoice(name)
	}
	return err
}

// text returns a text that is not empty.
func text(key string, value json.RawMessage) (string, error) {
	var s *string
	switch err := json.Unmarshal(value, &s); {
	case err != nil:
		return "", refuse(fhir.BadType, key)
	case s == nil || *s == "":
		return "", refuse(fhir.Empty, key)
	}
	return *s, nil
}

func refuse(code fhir.Code, at string) error { return &fhir.Refusal{Code: code, At: at} }

// at returns a refusal as that of a key.
func at(key string, err error) error {
	if refusal, ok := errors.AsType[*fhir.Refusal](err); ok {
		return refuse(refusal.Code, key)
	}
	return err
}
