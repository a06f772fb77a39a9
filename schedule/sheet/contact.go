package sheet

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/regimen-go/regimen/schedule/clinic"
)

// A Contact is somebody to call or to write to. At least one of its texts is required.
type Contact struct {
	// Purpose says what the contact is for.
	Purpose Purpose
	// For, if not empty, says that in other words than those of the locale.
	For string
	// Name is a person, a desk or a ward.
	Name string
	// Phone is a telephone number: digits, spaces and . - / ( ), a plus sign in front. It
	// becomes a link that calls it.
	Phone string
	// Mail is an address of electronic mail, which becomes a link.
	Mail string
	// Page is an address on the web that begins with https://, which becomes a link.
	Page string
	// Hours say when somebody answers. None: nothing is said.
	Hours []ContactHours
	// Lines are whatever else there is to say.
	Lines []string
}

// Purpose is what a contact is for.
type Purpose uint8

// The purposes.
const (
	Appointments Purpose = iota // questions, and visits that have to change
	Unwell                      // between visits
	Emergency
)

// String returns "appointments", "unwell" or "emergency".
func (p Purpose) String() string {
	switch p {
	case Appointments:
		return "appointments"
	case Unwell:
		return "unwell"
	case Emergency:
		return "emergency"
	default:
		return "%!Purpose(" + strconv.Itoa(int(p)) + ")"
	}
}

const wantPurpose = "want appointments, unwell or emergency"

// ParsePurpose reads what [Purpose.String] writes. Anything else is an [*OptionError].
func ParsePurpose(s string) (Purpose, error) {
	for p := Appointments; p <= Emergency; p++ {
		if p.String() == s {
			return p, nil
		}
	}
	return Appointments, &OptionError{Field: "Purpose", Value: s, Want: wantPurpose}
}

// MarshalText returns what [Purpose.String] returns. The error is an [*OptionError] for
// a value that is no purpose.
func (p Purpose) MarshalText() ([]byte, error) {
	if p > Emergency {
		return nil, &OptionError{Field: "Purpose", Value: p.String(), Want: wantPurpose}
	}
	return []byte(p.String()), nil
}

// UnmarshalText reads what [ParsePurpose] reads.
func (p *Purpose) UnmarshalText(text []byte) error {
	parsed, err := ParsePurpose(string(text))
	if err == nil {
		*p = parsed
	}
	return err
}

// ContactHours are hours of some days at which somebody answers. All hours of all days
// are "day and night".
type ContactHours struct {
	// Days are the days of the week. None: every day.
	Days []time.Weekday
	// Hours are one stretch of each of them, on the clock of the plan's zone.
	Hours clinic.Hours
}

func (c *Contact) check(at string, found *problems) {
	for _, text := range []struct{ field, text string }{{".For", c.For}, {".Name", c.Name}} {
		found.text(at+text.field, text.text)
	}
	for i, line := range c.Lines {
		found.text(at+".Lines, line "+strconv.Itoa(i+1), line)
	}
	if c.Purpose > Emergency {
		found.add(at+".Purpose", c.Purpose.String(), wantPurpose)
	}
	if c.Phone != "" && !isPhone(c.Phone) {
		found.add(at+".Phone", c.Phone, "want a telephone number: digits, spaces and . - / ( ), a plus sign in front")
	}
	if c.Mail != "" && !isMail(c.Mail) {
		found.add(at+".Mail", c.Mail, "want an address such as desk@example.org")
	}
	if c.Page != "" && !isPage(c.Page) {
		found.add(at+".Page", c.Page, "want an address that begins with https://")
	}
	for i, h := range c.Hours {
		if h.Hours == (clinic.Hours{}) {
			found.add(at+".Hours "+strconv.Itoa(i+1), "", "want hours such as 09:00-17:00")
		}
		for _, day := range h.Days {
			if day < time.Sunday || day > time.Saturday {
				found.add(at+".Hours "+strconv.Itoa(i+1), day.String(), "want weekdays")
			}
		}
	}
	if c.Name == "" && c.Phone == "" && c.Mail == "" && c.Page == "" && strings.TrimSpace(strings.Join(c.Lines, "")) == "" {
		found.add(at, "", "want a name, a number, an address or a line")
	}
}

func isPhone(s string) bool {
	digits := 0
	for i, c := range []byte(s) {
		switch {
		case '0' <= c && c <= '9':
			digits++
		case c == '+' && i == 0, strings.IndexByte(" .-/()", c) >= 0:
		default:
			return false
		}
	}
	return 2 <= digits && digits <= 20 && len(s) <= 40
}

// dial returns a number without what is in it for the eye alone.
func dial(phone string) string {
	return strings.Map(func(r rune) rune {
		if r == '+' || '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, phone)
}

// isMail reports whether a text is an address without comments, quotes and what a link
// could take for more than an address.
func isMail(s string) bool {
	name, host, found := strings.Cut(s, "@")
	plain := func(s, more string) bool {
		for _, c := range []byte(s) {
			letter := 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
			if !letter && strings.IndexByte(more, c) < 0 {
				return false
			}
		}
		return s != "" && !strings.HasPrefix(s, ".") && !strings.HasSuffix(s, ".") && !strings.Contains(s, "..")
	}
	return found && len(s) <= 254 && plain(name, ".!#$*+-/=^_{|}~") && plain(host, ".-")
}

// isPage reports whether a text is an address of the web, in characters that an address
// has.
func isPage(s string) bool {
	rest, found := strings.CutPrefix(s, "https://")
	host, _, _ := strings.Cut(rest, "/")
	for _, c := range []byte(rest) {
		if c <= ' ' || c >= 0x7F || strings.IndexByte(`"<>\^{|}`+"`", c) >= 0 {
			return false
		}
	}
	return found && host != "" && !strings.ContainsAny(host, "@?#") && len(s) <= 2048
}

// purpose says what a contact is for.
func (v *view) purpose(c *Contact) string {
	w := &v.Locale.Words
	switch {
	case c.For != "":
		return c.For
	case c.Purpose == Unwell:
		return w.Unwell
	case c.Purpose == Emergency:
		return w.Emergency
	default:
		return w.Appointments
	}
}

// hours says when somebody answers.
func (v *view) hours(c *Contact) string {
	if len(c.Hours) == 0 {
		return ""
	}
	parts := make([]string, 0, len(c.Hours))
	for _, h := range c.Hours {
		text := v.Locale.clocks(h.Hours.From, h.Hours.To, h.Hours.PastMidnight())
		whole := h.Hours.From.Minutes() == 0 && h.Hours.End() == 24*60
		switch {
		case whole && len(h.Days) == 0:
			text = v.Locale.Words.Always
		case len(h.Days) > 0:
			text = v.Locale.weekdays(h.Days) + " " + text
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, v.Locale.Comma)
}

// weekdays names days of the week in the order of the locale, three or more of them as
// "Mon – Fri".
func (l *Locale) weekdays(days []time.Weekday) string {
	var numbers []int
	for i := range 7 {
		if slices.Contains(days, (l.FirstWeekday+time.Weekday(i))%7) {
			numbers = append(numbers, i)
		}
	}
	var parts []string
	name := func(n int) string { return l.WeekdaysShort[(int(l.FirstWeekday)+n)%7] }
	for i := 0; i < len(numbers); {
		j := i
		for j+1 < len(numbers) && numbers[j+1] == numbers[j]+1 {
			j++
		}
		text := name(numbers[i])
		switch {
		case j == i+1:
			text += l.Comma + name(numbers[j])
		case j > i:
			text += " – " + name(numbers[j])
		}
		parts = append(parts, text)
		i = j + 1
	}
	return strings.Join(parts, l.Comma)
}

func cloneContacts(contacts []Contact) []Contact {
	contacts = slices.Clone(contacts)
	for i := range contacts {
		c := &contacts[i]
		c.Lines, c.Hours = slices.Clone(c.Lines), slices.Clone(c.Hours)
		for j := range c.Hours {
			c.Hours[j].Days = slices.Clone(c.Hours[j].Days)
		}
	}
	return contacts
}
