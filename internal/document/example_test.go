package document_test

import (
	"fmt"
	"strings"

	"github.com/regimen-go/regimen/internal/document"
)

// A clinic is what a file of the example has.
type clinic struct {
	Name string
	Beds int
	Open []opening
}

type opening struct {
	Day   string
	Hours hours
}

type hours struct{ from, to string }

func parseHours(s string) (hours, error) {
	from, to, ok := strings.Cut(s, " to ")
	if !ok {
		return hours{}, &countsError{len(s), "two times such as 09:00 to 17:00"}
	}
	return hours{from, to}, nil
}

func decodeClinic(f *document.Fields) clinic {
	f.Required("format").OneOf("clinic/1")
	return clinic{
		Name: f.Required("name").Text(),
		Beds: f.Required("beds").Int(1, 100),
		Open: document.Objects(f.Optional("open"), decodeOpening),
	}
}

func decodeOpening(f *document.Fields) opening {
	return opening{
		Day:   f.Required("day").OneOf("Monday", "Tuesday"),
		Hours: document.Parsed(f.Required("hours"), parseHours),
	}
}

// A decoder says what it wants and gets every mistake reported.
func Example() {
	doc := document.Parse("clinic.json", []byte(`{
  "format": "clinic/1",
  "nam": "North",
  "beds": "4",
  "open": [
    {"day": "Monday", "hours": "09:00 to 17:00"},
    {"day": "monday", "hours": "09:00"}
  ]
}`))
	document.Object(doc.Root(), decodeClinic)
	fmt.Println(doc.Err())
	for _, problem := range doc.Problems().Kept() {
		fmt.Println(problem)
	}
	// Output:
	// clinic.json:3:3: /nam: want the key "name", got "nam" [unknown-key] (and 3 more errors)
	// clinic.json:3:3: /nam: want the key "name", got "nam" [unknown-key]
	// clinic.json:4:11: /beds: want a number, got "4" [json-type]
	// clinic.json:7:13: /open/1/day: want "Monday" or "Tuesday", got "monday" [choice]
	// clinic.json:7:38: /open/1/hours: want two times such as 09:00 to 17:00, got "09:00" [taper-syntax]
}

// A check of the decoded values knows where they were only as a JSON Pointer.
func ExampleDocument_Refuse() {
	doc := document.Parse("clinic.json", []byte(`{
  "name": "North",
  "beds": 4
}`))
	doc.Refuse("/beds", fmt.Errorf("a clinic named North has 3 beds"))
	doc.Refuse("/open/0", fmt.Errorf("a clinic is open on some day"))
	for _, problem := range doc.Problems().Kept() {
		fmt.Println(problem)
	}
	// Output:
	// clinic.json:1:1: /open/0: a clinic is open on some day [value]
	// clinic.json:3:11: /beds: a clinic named North has 3 beds [value]
}

// Closures follow the structure of what is written.
func ExampleWriter() {
	var w document.Writer
	w.Object(func() {
		w.Field("format").Text("clinic/1")
		w.Field("name").Text("North \"A\"")
		w.Field("days").Texts([]string{"Monday", "Tuesday"})
		w.Field("open").List(func() {
			w.Object(func() {
				w.Field("day").Text("Monday")
				w.Field("beds").Int(4)
			})
		})
	})
	fmt.Print(string(w.Bytes()))
	// Output:
	// {
	//   "format": "clinic/1",
	//   "name": "North \"A\"",
	//   "days": ["Monday", "Tuesday"],
	//   "open": [
	//     {
	//       "day": "Monday",
	//       "beds": 4
	//     }
	//   ]
	// }
}
