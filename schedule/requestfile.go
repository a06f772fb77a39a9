package schedule

import (
	"errors"

	"github.com/regimen-go/regimen/internal/document"
)

// ParseRequest reads a request as plan files have it under "request":
//
//	{
//	  "start": "2025-01-06",
//	  "until": "2025-12-31",
//	  "asOf": "2025-01-06T08:00:00Z",
//	  "key": "0123456789abcdef0123456789abcdef",
//	  "zone": "America/New_York",
//	  "shortWeek": "refuse",
//	  "gridMinutes": 15,
//	  "height": "175 cm",
//	  "sex": "female",
//	  "weighings": [{"date": "2025-01-03", "weight": "82 kg"}],
//	  "givenBefore": [{"date": "2024-12-20", "drug": "ketamine", "dose": "41 mg", "weight": "82 kg", "route": "intravenous", "phase": "induction", "source": "ward 2"}],
//	  "accepted": [{"session": 3, "code": "soft-limit", "reason": "agreed", "who": "ward 2"}],
//	  "absences": [{"from": "2025-02-03", "to": "2025-02-07", "reason": "travel"}],
//	  "never": "Wed",
//	  "weekdays": ["Mon,Thu"],
//	  "preferred": "09:00",
//	  "appointments": [{"session": 2, "date": "2025-01-09"}]
//	}
//
// Only start, asOf and key are required here; a plan file states zone, shortWeek
// and gridMinutes too. What is left out is zero in the request, which [Build]
// completes as it says there; the zone is that of the source.
//
// The protocol is that of the source, which must have one; whether [Build] can make
// a plan of the request is not asked. The name is that of the file, used in
// positions only. The error is a [*FileProblems] with a [*FileProblem] for each
// problem.
func ParseRequest(name string, src []byte, source PlanSource) (Request, error) {
	doc := document.ParseRecord(name, src)
	r := planReader{source: source, eventReader: eventReader{protocols: source.Protocols}}
	request := document.Object(doc.Root(), r.request)
	if len(source.Protocols) != 1 || source.Protocols[0] == nil {
		doc.Root().RefuseError(&document.Reason{Code: codeDigest, Offset: document.Whole, Want: "one protocol passed in"})
	}
	if err := doc.Err(); err != nil {
		return Request{}, err
	}
	request.Protocol = source.Protocols[0]
	return request, nil
}

// MarshalJSON writes the request as [ParseRequest] reads it. It does not have the
// protocol, nor what the clinic answers. The error is that of a request without a
// zone, of its own or of a [*clinic.Clinic].
func (r Request) MarshalJSON() ([]byte, error) {
	if r.location() == nil {
		return nil, errors.New("want a request with the clinic's time zone")
	}
	return r.appendRequest(nil), nil
}

// UnmarshalJSON refuses: the JSON of a request lacks the protocol and the opening.
// [ParseRequest] is given them.
func (r *Request) UnmarshalJSON([]byte) error {
	return errors.New("the JSON of a request lacks protocol and opening: ParseRequest is given them")
}
