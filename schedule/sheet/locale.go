package sheet

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// A Locale is how a sheet is written in a language and a place: plain data, to
// be taken from [LocaleOf] and changed, or made anew. Every text is required but
// AM and PM, which a 24 hour clock does not need.
//
// Patterns have names in braces where values go; those that a field has are
// listed with it.
type Locale struct {
	// Tag is the language as BCP 47 has it, "en-US". It becomes the page's lang.
	Tag string
	// RightToLeft is the direction of writing.
	RightToLeft bool
	// Paper is what the page is printed on.
	Paper Paper
	// FirstWeekday begins a week in the month grids.
	FirstWeekday time.Weekday
	// Clock12 writes times with AM and PM.
	Clock12 bool
	AM, PM  string
	// Weekdays begin with Sunday, like those of the time package. Those of
	// WeekdaysNarrow have one to three letters, for a terminal.
	Weekdays, WeekdaysShort, WeekdaysNarrow [7]string
	Months, MonthsShort                     [12]string
	// LongDate has {weekday}, {day}, {month} and {year} in full; Date the same
	// in short; DayMonth has {day} and {month} in short; Month has {month} in
	// full and {year}.
	LongDate, Date, DayMonth, Month string
	// Comma stands between the parts of a list, ", ".
	Comma string
	// Decimal stands between the whole and the rest of a number of the page, the
	// timeline and the text: "." or ",", or "٫" beside the digits that it belongs to.
	// CSV, which machines read, always has a point.
	Decimal string
	// TimePattern has {hour} and {minute}, and {half} for AM or PM. PadHour
	// writes the hour with two digits.
	TimePattern string
	PadHour     bool
	// Zones has what people call a time zone, by its IANA name: "Wien" for
	// "Europe/Vienna". One that is not there is called by the city of its name.
	Zones map[string]string
	// Words are all other texts.
	Words Words
}

// Paper is a size of paper.
type Paper uint8

// The sizes. The zero Paper leaves the choice to whoever prints.
const (
	AnyPaper Paper = iota
	A4
	Letter
)

// String returns the name that CSS has for the size, "auto" for [AnyPaper].
func (p Paper) String() string {
	switch p {
	case A4:
		return "A4"
	case Letter:
		return "letter"
	case AnyPaper:
		return "auto"
	default:
		return "%!Paper(" + strconv.Itoa(int(p)) + ")"
	}
}

// ParsePaper reads what [Paper.String] writes. Anything else is an
// [*OptionError].
func ParsePaper(s string) (Paper, error) {
	for p := AnyPaper; p <= Letter; p++ {
		if p.String() == s {
			return p, nil
		}
	}
	return AnyPaper, &OptionError{Field: "Paper", Value: s, Want: "want auto, A4 or letter"}
}

// MarshalText returns what [Paper.String] returns. The error is an [*OptionError]
// for a value that is no size.
func (p Paper) MarshalText() ([]byte, error) {
	if p > Letter {
		return nil, &OptionError{Field: "Paper", Value: p.String(), Want: "want AnyPaper, A4 or Letter"}
	}
	return []byte(p.String()), nil
}

// UnmarshalText reads what [ParsePaper] reads.
func (p *Paper) UnmarshalText(text []byte) error {
	parsed, err := ParsePaper(string(text))
	if err == nil {
		*p = parsed
	}
	return err
}

// LocaleOf returns the locale that comes with the package for a tag, and false
// for any but "en-US", "en-GB", "de", "es" and "ar".
func LocaleOf(tag string) (l Locale, ok bool) {
	switch tag {
	case "en-US":
		return americanEnglish(), true
	case "en-GB":
		return britishEnglish(), true
	case "de":
		return german(), true
	case "es":
		return spanish(), true
	case "ar":
		return arabic(), true
	default:
		return Locale{}, false
	}
}

// english reports whether the texts of a protocol can be shown as they are.
func (l *Locale) english() bool {
	return len(l.Tag) >= 2 && strings.EqualFold(l.Tag[:2], "en") && (len(l.Tag) == 2 || l.Tag[2] == '-')
}

func (l *Locale) dir() string {
	if l.RightToLeft {
		return "rtl"
	}
	return "ltr"
}

// A field is a text of a locale with its name and the values that it must have
// a place for.
type field struct {
	name, text string
	places     string
}

func (l *Locale) check(found *problems) {
	if !isTag(l.Tag) {
		found.add("Locale.Tag", l.Tag, `want a language tag such as "en-US"`)
	}
	if l.Paper > Letter {
		found.add("Locale.Paper", l.Paper.String(), "want AnyPaper, A4 or Letter")
	}
	if l.FirstWeekday < time.Sunday || l.FirstWeekday > time.Saturday {
		found.add("Locale.FirstWeekday", l.FirstWeekday.String(), "want a weekday")
	}
	if l.Decimal != "." && l.Decimal != "," && l.Decimal != "٫" {
		found.add("Locale.Decimal", l.Decimal, `want ".", "," or "٫"`)
	}
	for i, name := range l.WeekdaysNarrow {
		if utf8.RuneCountInString(name) > dayColumns-1 {
			found.add("Locale.WeekdaysNarrow, "+time.Weekday(i).String(), name, "want one to three letters")
		}
	}
	for _, f := range l.fields() {
		switch {
		case !isLine(f.text):
			found.add("Locale."+f.name, f.text, wantLine)
		case strings.TrimSpace(f.text) == "":
			found.add("Locale."+f.name, "", "want words")
		default:
			for place := range strings.FieldsSeq(f.places) {
				if !strings.Contains(f.text, place) {
					found.add("Locale."+f.name, f.text, "want a place for "+place)
				}
			}
		}
	}
}

// isTag reports whether s has the form of a BCP 47 tag: parts of letters and
// digits with hyphens between them, the first of 2 to 8 letters.
func isTag(s string) bool {
	for i, part := range strings.Split(s, "-") {
		if part == "" || len(part) > 8 || i == 0 && len(part) < 2 {
			return false
		}
		for _, c := range []byte(part) {
			letter := 'a' <= c|0x20 && c|0x20 <= 'z'
			if !letter && (i == 0 || c < '0' || c > '9') {
				return false
			}
		}
	}
	return len(s) <= 35
}

func (l *Locale) fields() []field {
	fields := []field{
		{"LongDate", l.LongDate, "{day} {month} {year}"},
		{"Date", l.Date, "{day} {month} {year}"},
		{"DayMonth", l.DayMonth, "{day} {month}"},
		{"Month", l.Month, "{month} {year}"},
		{"Comma", l.Comma, ""},
		{"TimePattern", l.TimePattern, "{hour} {minute}"},
	}
	if l.Clock12 {
		fields[len(fields)-1].places += " {half}"
		fields = append(fields, field{"AM", l.AM, ""}, field{"PM", l.PM, ""})
	}
	for i := range l.Weekdays {
		day := time.Weekday(i).String()
		fields = append(fields, field{"Weekdays, " + day, l.Weekdays[i], ""}, field{"WeekdaysShort, " + day, l.WeekdaysShort[i], ""})
		fields = append(fields, field{"WeekdaysNarrow, " + day, l.WeekdaysNarrow[i], ""})
	}
	for i := range l.Months {
		month := time.Month(i + 1).String()
		fields = append(fields, field{"Months, " + month, l.Months[i], ""}, field{"MonthsShort, " + month, l.MonthsShort[i], ""})
	}
	for _, f := range l.Words.fields() {
		f.name = "Words." + f.name
		fields = append(fields, f)
	}
	return fields
}
