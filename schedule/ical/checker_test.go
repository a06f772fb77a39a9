package ical_test

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// A property is one content line, unfolded.
type property struct {
	name   string
	params map[string]string
	value  string
}

// A component has its properties and those inside it.
type component struct {
	name  string
	props []property
	parts []*component
}

// get returns the only property of a name, and false where there is none.
func (c *component) get(name string) (property, bool) {
	for _, p := range c.props {
		if p.name == name {
			return p, true
		}
	}
	return property{}, false
}

func (c *component) value(name string) string {
	p, _ := c.get(name)
	return p.value
}

func (c *component) all(name string) []*component {
	var found []*component
	for _, part := range c.parts {
		if part.name == name {
			found = append(found, part)
		}
	}
	return found
}

// unfold returns the logical lines of a file and refuses everything that RFC
// 5545 section 3.1 does not have.
func unfold(data string) ([]string, error) {
	if !utf8.ValidString(data) { // a line that is folded inside a character is not
		return nil, errors.New("not UTF-8")
	}
	if !strings.HasSuffix(data, "\r\n") {
		return nil, errors.New("the last line has no end")
	}
	var lines []string
	for i, line := range strings.Split(strings.TrimSuffix(data, "\r\n"), "\r\n") {
		switch {
		case len(line) > 75:
			return nil, fmt.Errorf("line %d has %d octets", i+1, len(line))
		case line == "" || line == " ":
			return nil, fmt.Errorf("line %d is empty", i+1)
		case (len(line)-len(strings.TrimRight(line, `\`)))%2 == 1:
			return nil, fmt.Errorf("line %d is folded inside an escape", i+1)
		}
		for _, r := range line {
			if r < ' ' || 0x7f <= r && r < 0xa0 || r == 0x2028 || r == 0x2029 || r == 0xfeff {
				return nil, fmt.Errorf("line %d has the character %U", i+1, r)
			}
		}
		if line[0] == ' ' {
			if len(lines) == 0 {
				return nil, errors.New("the first line is folded")
			}
			lines[len(lines)-1] += line[1:]
			continue
		}
		lines = append(lines, line)
	}
	return lines, nil
}

var (
	nameForm  = regexp.MustCompile(`^[A-Z][A-Z0-9-]*$`)
	paramForm = regexp.MustCompile(`^;([A-Z][A-Z0-9-]*)=(?:"([^"]*)"|([^";:,]*))`)
)

func parseLine(line string) (property, error) {
	end := strings.IndexAny(line, ";:")
	if end < 0 || !nameForm.MatchString(line[:end]) {
		return property{}, fmt.Errorf("no property: %q", line)
	}
	p := property{name: line[:end], params: map[string]string{}}
	rest := line[end:]
	for rest[0] == ';' {
		m := paramForm.FindStringSubmatch(rest)
		if m == nil || p.params[m[1]] != "" || len(m[0]) == len(rest) {
			return property{}, fmt.Errorf("no parameter: %q", line)
		}
		p.params[m[1]] = m[2] + m[3]
		rest = rest[len(m[0]):]
	}
	if rest[0] != ':' {
		return property{}, fmt.Errorf("no value: %q", line)
	}
	p.value = rest[1:]
	return p, nil
}

func parse(data string) (*component, error) {
	lines, err := unfold(data)
	if err != nil {
		return nil, err
	}
	root := &component{}
	open := []*component{root}
	for _, line := range lines {
		p, err := parseLine(line)
		if err != nil {
			return nil, err
		}
		inner := open[len(open)-1]
		switch {
		case p.name == "BEGIN":
			part := &component{name: p.value}
			inner.parts = append(inner.parts, part)
			open = append(open, part)
		case p.name == "END" && inner.name == p.value && len(open) > 1:
			open = open[:len(open)-1]
		case p.name == "END" || len(open) == 1:
			return nil, fmt.Errorf("out of place: %q", line)
		default:
			inner.props = append(inner.props, p)
		}
	}
	if len(open) != 1 || len(root.parts) != 1 || root.parts[0].name != "VCALENDAR" {
		return nil, errors.New("not one calendar")
	}
	return root.parts[0], nil
}

// A slot says how often a component has a property, and the form of its value.
type slot struct {
	least, most int
	form        *regexp.Regexp
	params      []string
}

// text is the form of TEXT: nothing that has to be escaped is not.
var text = regexp.MustCompile(`^(?:[^\\;,]|\\[\\;,nN])*$`)

func form(s string) *regexp.Regexp { return regexp.MustCompile(`^(?:` + s + `)$`) }

const (
	instantForm  = `\d{8}T\d{6}Z`
	localForm    = `\d{8}T\d{6}`
	lengthForm   = `PT\d+[HM]`
	offsetForm   = `[+-]\d{4}`
	startOrEnd   = instantForm + `|` + localForm + `|\d{8}`
	alarmTrigger = `-` + lengthForm
)

// grammar says what the components of a file may have. Every property that is
// not here is an error: it came in with a text.
var grammar = map[string]map[string]slot{
	"VCALENDAR": {
		"VERSION": {1, 1, form(`2\.0`), nil}, "PRODID": {1, 1, text, nil}, "METHOD": {0, 1, form("PUBLISH"), nil},
		"NAME": {0, 1, text, nil}, "X-WR-CALNAME": {0, 1, text, nil},
		"REFRESH-INTERVAL": {0, 1, form(lengthForm), []string{"VALUE"}}, "X-PUBLISHED-TTL": {0, 1, form(lengthForm), nil},
	},
	"VEVENT": {
		"UID":     {1, 1, form(`[a-z2-7]{16}(-task-\d+)?`), nil},
		"DTSTAMP": {1, 1, form(instantForm), nil}, "LAST-MODIFIED": {1, 1, form(instantForm), nil}, "SEQUENCE": {1, 1, form(`\d+`), nil},
		"DTSTART": {1, 1, form(startOrEnd), []string{"TZID", "VALUE"}}, "DTEND": {0, 1, form(startOrEnd), []string{"TZID", "VALUE"}},
		"SUMMARY": {1, 1, text, nil}, "DESCRIPTION": {0, 1, text, nil}, "LOCATION": {0, 1, text, nil},
		"STATUS": {1, 1, form("CONFIRMED|TENTATIVE|CANCELLED"), nil}, "CLASS": {0, 1, form("PUBLIC|PRIVATE|CONFIDENTIAL"), nil},
		"TRANSP": {1, 1, form("OPAQUE|TRANSPARENT"), nil}, "CATEGORIES": {0, 100, text, nil},
		"ORGANIZER": {0, 1, form(`[A-Za-z][A-Za-z0-9+.-]*:[!-~]+`), []string{"CN"}},
	},
	"VALARM":    {"ACTION": {1, 1, form("DISPLAY"), nil}, "TRIGGER": {1, 1, form(alarmTrigger), nil}, "DESCRIPTION": {1, 1, text, nil}},
	"VTIMEZONE": {"TZID": {1, 1, form(`[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)+`), nil}},
	"STANDARD":  observance, "DAYLIGHT": observance,
}

var observance = map[string]slot{
	"DTSTART": {1, 1, form(localForm), nil}, "TZOFFSETFROM": {1, 1, form(offsetForm), nil}, "TZOFFSETTO": {1, 1, form(offsetForm), nil},
	"RRULE": {0, 1, form(`FREQ=YEARLY;BYMONTH=\d+;BYDAY=-?\d[A-Z]{2}`), nil}, "TZNAME": {0, 1, text, nil},
}

// inside says what is in a component.
var inside = map[string][]string{"VCALENDAR": {"VEVENT", "VTIMEZONE"}, "VEVENT": {"VALARM"}, "VTIMEZONE": {"STANDARD", "DAYLIGHT"}}

func (c *component) conforms() error {
	slots, known := grammar[c.name]
	if !known {
		return fmt.Errorf("%s is no component", c.name)
	}
	counts := map[string]int{}
	for _, p := range c.props {
		s, known := slots[p.name]
		counts[p.name]++
		switch {
		case !known:
			return fmt.Errorf("%s has %s", c.name, p.name)
		case !s.form.MatchString(p.value):
			return fmt.Errorf("%s in %s is %q", p.name, c.name, p.value)
		}
		for name := range p.params {
			if !slices.Contains(s.params, name) {
				return fmt.Errorf("%s in %s has the parameter %s", p.name, c.name, name)
			}
		}
	}
	for name, s := range slots {
		if counts[name] < s.least || counts[name] > s.most {
			return fmt.Errorf("%s has %d of %s", c.name, counts[name], name)
		}
	}
	for _, part := range c.parts {
		if !slices.Contains(inside[c.name], part.name) {
			return fmt.Errorf("%s in %s", part.name, c.name)
		}
		if err := part.conforms(); err != nil {
			return err
		}
	}
	return nil
}

// unescape returns what a TEXT says.
func unescape(s string) string {
	return strings.NewReplacer(`\\`, `\`, `\;`, `;`, `\,`, `,`, `\n`, "\n", `\N`, "\n").Replace(s)
}

// unquote returns what a parameter says by RFC 6868.
func unquote(s string) string {
	return strings.NewReplacer(`^^`, `^`, `^'`, `"`, `^n`, "\n").Replace(s)
}
