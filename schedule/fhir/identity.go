package fhir

import (
	"crypto/sha1"
	"encoding/hex"
	"strings"

	"github.com/regimen-go/regimen/schedule"
)

// URISystem is the system of identifiers that are URIs.
const URISystem = "urn:ietf:rfc:3986"

// nameSpace is that of the names below, by RFC 9562 (version 5 of
// "https://github.com/regimen-go/regimen" as a URL).
const nameSpace = "\x44\x6b\x9d\xdd\xe3\xac\x5d\x1d\x87\x59\x1b\x5b\x22\x64\xfe\x95"

// uuidOf returns the UUID, version 5, of a name that nobody can guess who does not
// know the plan's key or the session's id, as a URN. It is derived from what never
// changes: neither a date nor a place in a list.
func uuidOf(parts ...string) string {
	hash := sha1.New()
	hash.Write([]byte(nameSpace))
	hash.Write([]byte(strings.Join(parts, "\x00")))
	sum := hash.Sum(nil)[:16]
	sum[6] = sum[6]&0x0f | 5<<4
	sum[8] = sum[8]&0x3f | 2<<6
	digits := hex.EncodeToString(sum)
	return "urn:uuid:" + strings.Join([]string{digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]}, "-")
}

// The names of what a plan has. A session, a companion and a follow-up have ids of
// their own, which are the UIDs of the calendar.
func planURN(p *schedule.Plan) string     { return uuidOf("plan", p.Key().String()) }
func carePlanURN(p *schedule.Plan) string { return uuidOf("care-plan", p.Key().String()) }
func visitURN(id schedule.ID) string      { return uuidOf("visit", id.String()) }
func givenURN(id schedule.ID) string      { return uuidOf("given", id.String()) }
func partURN(id schedule.ID, part string) string {
	return uuidOf("given-part", id.String(), part)
}
func resultURN(id schedule.ID) string { return uuidOf("result", id.String()) }
func (x *exporting) named(parts ...string) string {
	return uuidOf(append([]string{x.plan.Key().String()}, parts...)...)
}

// identified returns the identifiers of a resource.
func identified(urn string) []Identifier { return []Identifier{{System: URISystem, Value: urn}} }

// visitIdentifiers adds the UID of the calendar.
func visitIdentifiers(id schedule.ID) []Identifier {
	return append(identified(visitURN(id)), Identifier{Use: "secondary", Value: id.String()})
}

func refer(urn string) Reference { return Reference{Reference: urn} }

func referAll(urns ...string) (list []Reference) {
	for _, urn := range urns {
		if urn != "" {
			list = append(list, refer(urn))
		}
	}
	return list
}
