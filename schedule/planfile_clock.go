package schedule

import (
	"strconv"
	"time"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/document"
)

// A plan has dates and readings of the clinic's clock, and so has its file. By which
// offset from UTC the file had each session to come, it says too: so that newer rules of
// the zone, which move the instant and not the reading, are noticed and named.

// noUTC is the offset of what is at no time that is known.
const noUTC = int32(-1) << 31

// utcOf is an offset from UTC, "-05:00": in seconds.
func utcOf(f *objectFields, key string, utc *int32) {
	switch {
	case f.in != nil:
		*utc = noUTC
		if n := f.in.Optional(key); n.Exists() {
			*utc = document.Brief(n, parseUTCOffset)
		}
	case *utc != noUTC:
		f.out.b = append(appendOffset(append(f.key(key), '"'), *utc), '"')
	}
}

// appendOffset appends an offset as "-05:00", with seconds where it has some.
func appendOffset(b []byte, utc int32) []byte {
	sign := byte('+')
	if utc < 0 {
		sign, utc = '-', -utc
	}
	b = append(b, sign)
	for i, n := range [...]int32{utc / 3600 % 24, utc / 60 % 60, utc % 60} {
		switch {
		case i == 1, i == 2 && n != 0:
			b = append(b, ':')
		case i == 2:
			return b
		}
		b = append(b, byte('0'+n/10), byte('0'+n%10))
	}
	return b
}

func parseUTCOffset(s string) (int32, error) {
	wrong := func() error {
		return &document.Reason{Code: document.CodeValue, Offset: document.Whole, Want: "an offset from UTC, such as -05:00"}
	}
	if len(s) != len("-05:00") && len(s) != len("-05:00:00") || s[0] != '+' && s[0] != '-' {
		return 0, wrong()
	}
	var utc int32
	for unit, at := int32(3600), 1; at < len(s); unit, at = unit/60, at+3 {
		if at > 1 && s[at-1] != ':' || !digits(s[at:at+2]) {
			return 0, wrong()
		}
		n := int32(s[at]-'0')*10 + int32(s[at+1]-'0')
		if n > 59 || at == 1 && n > 23 {
			return 0, wrong()
		}
		utc += n * unit
	}
	if s[0] == '-' {
		utc = -utc
	}
	return utc, nil
}

// offset returns the offset from UTC of a reading of the clinic's clock.
func (p *Plan) offset(zone *civil.Zone, day int32, minute int) int32 {
	at, _ := zone.Resolve(civil.Date(day), minute)
	return int32(civil.Unix(civil.Date(day)) + int64(minute)*60 - at)
}

// utc returns by which offset from UTC people were told of a session that is to come,
// noUTC where it is not, or at no time.
func (p *Plan) utc(zone *civil.Zone, i int) int32 {
	s := &p.slots[i]
	if !s.toCome() || s.left || s.start < 0 {
		return noUTC
	}
	if n := p.clockNotice(i); n != nil {
		return n.utc
	}
	return p.offset(zone, s.day, int(s.start))
}

// visitUTC is utc for another visit.
func (p *Plan) visitUTC(zone *civil.Zone, v *OtherVisit) int32 {
	if !v.Placed() || !v.ahead() || v.Start.IsZero() {
		return noUTC
	}
	for k := range p.notices {
		if n := &p.notices[k]; n.about == v.ID && n.holds(civil.Day(v.Date), int16(v.Start.Minutes())) {
			return n.utc
		}
	}
	return p.offset(zone, civil.Day(v.Date), v.Start.Minutes())
}

// clockNotice returns what was noticed of when a session begins, nil for nothing.
func (p *Plan) clockNotice(i int) *notice {
	for k := range p.notices {
		if n := &p.notices[k]; n.holds(p.slots[i].day, p.slots[i].start) && n.about == p.id(i) {
			return n
		}
	}
	return nil
}

// A notice is what was noticed when the plan was read from a file, and is a finding from
// then on.
type notice struct {
	code  Code
	about ID // of a session or a visit, zero for none
	text  string
	// Of [ClockMoved] utc is the offset by which people were told of it, and day and start
	// are when that was: one that was moved since is told of anew.
	utc   int32
	day   int32
	start int16
}

// holds reports whether people were told of this day and time by another offset.
func (n *notice) holds(day int32, start int16) bool {
	return n.code == ClockMoved && n.day == day && n.start == start
}

func (n *notice) fields(f *objectFields) {
	code := string(n.code)
	f.text("code", &code, must)
	n.code = Code(code)
	parsed(f, "about", &n.about, may, ParseID)
	f.text("text", &n.text, may)
}

// noticeClock notices what newer rules of the zone have moved: what the file has by one
// offset, and would now be by another.
func (p *Plan) noticeClock(zone *civil.Zone, about ID, day int32, start int16, utc int32) {
	if utc != noUTC && start >= 0 && p.offset(zone, day, int(start)) != utc {
		p.notices = append(p.notices, notice{code: ClockMoved, about: about, utc: utc, day: day, start: start})
	}
}

// instants returns when something was to begin by the offset of a [ClockMoved] and when it
// is to begin now, and false where it is not to come any more and of any other notice.
func (p *Plan) instants(n *notice) (session int, was, now time.Time, ok bool) {
	zone := civil.NewZone(p.zone)
	at := func(day int32, minute int) (was, now time.Time) {
		unix := civil.Unix(civil.Date(day)) + int64(minute)*60
		return time.Unix(unix-int64(n.utc), 0).UTC(), time.Unix(unix-int64(p.offset(zone, day, minute)), 0).UTC()
	}
	if i := p.named(n.about); i >= 0 {
		s := &p.slots[i]
		was, now = at(s.day, int(s.start))
		return i, was, now, s.toCome() && !s.left && n.holds(s.day, s.start)
	}
	if i := p.visitAt(n.about); i >= 0 {
		v := &p.visits[i]
		was, now = at(civil.Day(v.Date), v.Start.Minutes())
		return v.Session - 1, was, now, v.Placed() && v.ahead() && n.holds(civil.Day(v.Date), int16(v.Start.Minutes()))
	}
	return -1, was, now, false
}

// noticed reports what was noticed when the plan was read from a file.
func (p *Plan) noticed(code Code, found []Finding) []Finding {
	for k := range p.notices {
		if n := &p.notices[k]; n.code == code {
			found = report(found, p.named(n.about), "%s", n.text)
		}
	}
	return found
}

func checkZoneRenamed(p *Plan, found []Finding) []Finding { return p.noticed(ZoneRenamed, found) }

func checkProtocolDiffers(p *Plan, found []Finding) []Finding {
	return p.noticed(ProtocolDiffers, found)
}

func checkFileDiffers(p *Plan, found []Finding) []Finding { return p.noticed(FileDiffers, found) }

func checkClockMoved(p *Plan, found []Finding) []Finding {
	for k := range p.notices {
		n := &p.notices[k]
		session, was, now, ok := p.instants(n)
		if !ok || was.Equal(now) {
			continue
		}
		what := ""
		if i := p.visitAt(n.about); i >= 0 {
			what = strconv.Quote(p.visits[i].Name) + " "
		}
		found = report(found, session, "%sbegins at %s by the rules that the zone has now, and at %s by those of when people were told of it",
			what, now.Format(time.RFC3339), was.Format(time.RFC3339))
	}
	return found
}
