package fhir

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"github.com/regimen-go/regimen/internal/document"
)

// ParseTiming reads a Timing as JSON: strictly, with nothing skipped. Names, types and
// ranges of numbers are judged here, what the elements say by [Timing.Expand]. The
// error is a [*Refusal].
func ParseTiming(src []byte) (Timing, error) {
	root, err := open(src, "Timing")
	if err == nil {
		err = check(root, element{of: "Timing"}, "")
	}
	if err != nil {
		return Timing{}, err
	}
	var t Timing
	if err := json.Unmarshal(src, &t); err != nil {
		return Timing{}, refuse(BadType, "Timing", err.Error()) // not reached: every element was looked at
	}
	return t, nil
}

// ParseDosages reads a list of Dosages as JSON, such as that of
// MedicationRequest.dosageInstruction, as [ParseTiming] does. Paths begin with
// dosage[0]. The error is a [*Refusal].
func ParseDosages(src []byte) ([]Dosage, error) {
	root, err := open(src, dosagePath)
	if err != nil {
		return nil, err
	}
	list := element{of: "Dosage", list: true}
	if root.Kind() == document.KindList && empty(root) {
		return nil, refuse(Empty, dosagePath, "")
	}
	if err := check(root, list, dosagePath); err != nil {
		return nil, err
	}
	var dosages []Dosage
	if err := json.Unmarshal(src, &dosages); err != nil {
		return nil, refuse(BadType, dosagePath, err.Error()) // not reached: every element was looked at
	}
	return dosages, nil
}

// dosagePath is the path of a list of Dosages.
const dosagePath = "dosage"

// open returns the value of a document, or what is wrong with it as JSON.
func open(src []byte, name string) (document.Node, error) {
	return opened(document.Parse("", src), name)
}

// opened is open for a document that was read.
func opened(doc *document.Document, name string) (document.Node, error) {
	if problems := doc.Problems().Kept(); len(problems) > 0 {
		p := problems[0]
		code := Code(p.Code)
		if p.Code == document.CodeNull {
			code = Empty
		}
		return document.Node{}, &Refusal{Code: code, At: elementPath(p.Pointer, name), Value: p.Found, Want: p.Want}
	}
	return doc.Root(), nil
}

// elementPath returns a JSON Pointer as the path of an element.
func elementPath(pointer, root string) string {
	path := ""
	if root == dosagePath {
		path = root
	}
	for segment := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		if _, err := strconv.Atoi(segment); err == nil {
			path += "[" + segment + "]"
		} else if segment != "" {
			path = join(path, strings.NewReplacer("~1", "/", "~0", "~").Replace(segment))
		}
	}
	if path == "" {
		return root
	}
	return path
}

func join(path, name string) string {
	name = document.Cut(name)
	if path == "" {
		return name
	}
	return path + "." + name
}

// check judges names and empty values everywhere, then types and ranges.
func check(n document.Node, e element, path string) error {
	if err := checkNames(n, e, path); err != nil {
		return err
	}
	return checkTypes(n, e, path)
}

// resolve returns the element with the datatype that a resource says it is.
func resolve(n document.Node, e element) element {
	if e.of != anyResource || e.list {
		return e
	}
	for key, value := range n.Members() {
		if key.Text() == "resourceType" && value.Kind() == document.KindText {
			e.of = value.Text()
		}
	}
	return e
}

// where returns a path, and that of a whole value by its datatype.
func where(path, datatype string) string {
	if path == "" {
		return datatype
	}
	return path
}

// empty reports whether a value says nothing.
func empty(n document.Node) bool {
	switch n.Kind() {
	case document.KindObject:
		for range n.Members() {
			return false
		}
		return true
	case document.KindList:
		for range n.Items() {
			return false
		}
		return true
	case document.KindText:
		return n.Text() == ""
	default:
		return false
	}
}

// checkNames refuses what R4 has no element for, what may change the meaning, and
// what is empty. Values of another type than wanted are left to checkTypes.
func checkNames(n document.Node, e element, path string) error {
	if empty(n) {
		return refuse(Empty, where(path, e.of), "")
	}
	if e.list && n.Kind() == document.KindList {
		one := e
		one.list = false
		for i, item := range n.Items() {
			at := path
			if e.is == 0 {
				at = path + "[" + strconv.Itoa(i) + "]"
			}
			if err := checkNames(item, one, at); err != nil {
				return err
			}
		}
		return nil
	}
	if e.is != 0 || n.Kind() != document.KindObject {
		return nil
	}
	if e = resolve(n, e); len(elements(e.of)) == 0 {
		return refuse(UnknownResource, join(path, "resourceType"), e.of)
	}
	for key, value := range n.Members() {
		name := key.Text()
		at := join(path, name)
		bare, underscore := strings.CutPrefix(name, "_")
		member, known := find(e.of, bare)
		switch {
		case name == "modifierExtension":
			return refuse(ModifierExtension, at, "")
		case name == "extension" && !known:
			if err := checkExtensions(value, e.of, at); err != nil {
				return err
			}
		case !known:
			return refuse(UnknownElement, where(at, e.of), name)
		case underscore:
			return refuse(PrimitiveExtension, at, "")
		default:
			if err := checkNames(value, member, at); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkExtensions refuses every extension but the days of the month of a rule.
func checkExtensions(n document.Node, of, path string) error {
	if empty(n) {
		return refuse(Empty, path, "")
	}
	if n.Kind() != document.KindList {
		return refuse(BadType, path, n.Kind().String())
	}
	for i, item := range n.Items() {
		if item.Kind() != document.KindObject {
			return refuse(BadType, path, item.Kind().String())
		}
		url := ""
		for key, value := range item.Members() {
			if key.Text() == "url" && value.Kind() == document.KindText {
				url = value.Text()
			}
		}
		switch {
		case url == daysOfCycleURL || url == DayOfMonthURL && of != "Repeat":
			return refuse(MisplacedExtension, path, url)
		case url != DayOfMonthURL:
			return refuse(UnknownExtension, path, url)
		}
		if err := checkNames(item, element{of: "Extension"}, path+"["+strconv.Itoa(i)+"]"); err != nil {
			return err
		}
	}
	return nil
}

// checkTypes refuses values of another type than their elements have, and numbers
// outside their ranges.
func checkTypes(n document.Node, e element, path string) error {
	if e.list {
		if n.Kind() != document.KindList {
			return refuse(BadType, where(path, e.of), n.Kind().String())
		}
		one := e
		one.list = false
		for i, item := range n.Items() {
			at := path
			if e.is == 0 {
				at = path + "[" + strconv.Itoa(i) + "]"
			}
			if err := checkTypes(item, one, at); err != nil {
				return err
			}
		}
		return nil
	}
	if n.Kind() != e.kind() {
		return refuse(BadType, where(path, e.of), n.Kind().String())
	}
	if e.is != 0 {
		if n.Kind() == document.KindNumber {
			if code := e.numberCode(n.Number()); code != "" {
				return refuse(code, path, n.Number())
			}
		}
		return nil
	}
	e = resolve(n, e)
	members := make(map[string]document.Node)
	for key, value := range n.Members() {
		members[key.Text()] = value
	}
	if id, ok := members["id"]; ok {
		if err := checkTypes(id, element{is: text}, join(path, "id")); err != nil {
			return err
		}
	}
	if extensions, ok := members["extension"]; ok && e.of != "Appointment" {
		if err := checkDays(extensions, join(path, "extension")); err != nil {
			return err
		}
	}
	for _, member := range elements(e.of) {
		if value, ok := members[member.name]; ok {
			if err := checkTypes(value, member, join(path, member.name)); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkDays is checkTypes for the days of the month of a rule: one that is no day of
// any month is that, whatever number it is.
func checkDays(n document.Node, path string) error {
	for i, item := range n.Items() {
		at := path + "[" + strconv.Itoa(i) + "]"
		stated := false
		for key, value := range item.Members() {
			if key.Text() != "valuePositiveInt" {
				continue
			}
			stated = true
			if value.Kind() != document.KindNumber {
				return refuse(BadType, join(at, key.Text()), value.Kind().String())
			}
			switch code := (&element{is: positive}).numberCode(value.Number()); code {
			case "":
			case BadType:
				return refuse(BadType, join(at, key.Text()), value.Number())
			default:
				return refuse(BadDayOfMonth, path, value.Number())
			}
		}
		if !stated {
			return refuse(BadDayOfMonth, path, "")
		}
	}
	return nil
}

// numberCode returns what is wrong with a number, "" for nothing.
func (e *element) numberCode(raw string) Code {
	if e.is == decimal || e.is == nonzero {
		d, code := parseDecimal(raw)
		if code == "" && e.is == nonzero && d == (Decimal{}) {
			return ZeroPeriod
		}
		return code
	}
	if strings.ContainsAny(raw, ".eE") {
		return BadType
	}
	v, err := strconv.ParseInt(raw, 10, 64)
	switch {
	case e.is == positive && (v < 1 || strings.HasPrefix(raw, "-")):
		return NotPositive
	case e.is == unsigned && strings.HasPrefix(raw, "-"):
		return Negative
	case err != nil || v > math.MaxInt32 || v < math.MinInt32:
		return OutOfRange
	}
	return ""
}
