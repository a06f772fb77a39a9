package sheet_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
	"github.com/regimen-go/regimen/schedule/sheet"
)

// section returns a section of a page as people read it, one line for each element.
func section(t *testing.T, page, id string) string {
	t.Helper()
	_, rest, found := strings.Cut(page, `aria-labelledby="`+id+`"`)
	require.True(t, found, id)
	rest, _, _ = strings.Cut(rest, "</section>")
	rest = rest[strings.IndexByte(rest, '>')+1:]
	_, text := tags(t, "<x>"+rest+"</x>")
	var lines []string
	for line := range strings.Lines(strings.ReplaceAll(text, "\u00A0", " ")) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

func made(t *testing.T, plan *schedule.Plan, o sheet.Options) written {
	t.Helper()
	if o.Locale.Tag == "" {
		o.Locale = locale(t, "en-US")
	}
	s, err := sheet.New(plan, o)
	require.NoError(t, err)
	w := write(t, s)
	checkHTML(t, w.html)
	return w
}

// The box of the next visit says when and where it is, what to do before with the
// time, what to bring, who takes the patient home and whom to call.
func TestNextVisit(t *testing.T) {
	plan := build(t, course())
	first, _ := plan.At(1)
	o := sheet.Options{
		Contacts: []sheet.Contact{
			{
				Name: "Front desk", Phone: "555 0100", Mail: "desk@example.org", Page: "https://example.org/visits",
				Hours: []sheet.ContactHours{
					{Days: []time.Weekday{time.Friday, time.Monday, time.Tuesday, time.Wednesday}, Hours: clinic.MustHours("09:00-17:00")},
					{Days: []time.Weekday{time.Saturday}, Hours: clinic.MustHours("09:00-12:00")},
				},
			},
			{Purpose: sheet.Unwell, Phone: "+1 (555) 01-11", Hours: []sheet.ContactHours{{Hours: clinic.MustHours("00:00-24:00")}}},
		},
		Details: sheet.Details{Place: "3rd floor", Bring: []string{"your list"}, Notes: []string{"short sleeves"}, Home: "Alex"},
		DetailsOf: func(id schedule.ID) sheet.Details {
			if id == first.ID() {
				return sheet.Details{Place: "room 12", Bring: []string{"the form"}}
			}
			return sheet.Details{}
		},
		Today: first.Date(), Movable: true,
	}
	page := made(t, plan, o).html
	assert.Equal(t, `Next visit
Monday, March 1, 2027 today
9:00 AM – 11:10 AM · Visit 1 of 6
Can be moved to Mar 1 – Mar 7: please call.
Where
room 12
Before the visit
9:00 AM, 3 days before blood test
7:30 AM to 9:30 AM no food
Bring
your list
the form
Please note
short sleeves
Taking you home
Alex
After the visit
11:10 AM to 7:10 AM the next day no driving
10:10 AM, 2 days after telephone call
Whom to call
Questions or changes 555 0100 Mon – Wed, Fri 9:00 AM – 5:00 PM, Sat 9:00 AM – 12:00 PM
If you feel unwell +1 (555) 01`+"\u2011"+`11 day and night`, section(t, page, "next"))
	for _, link := range []string{`href="tel:5550100"`, `href="tel:&#43;15550111"`, `href="mailto:desk@example.org"`, `href="https://example.org/visits"`} {
		assert.True(t, strings.Contains(page, link), link)
	}
	assert.Equal(t, 1, strings.Count(page, "3rd floor"), "for every visit")
	assert.Contains(t, section(t, page, "to-do"), "For every visit\nWhere: 3rd floor\nBring: your list\nPlease note: short sleeves\nTaking you home: Alex")

	o.Movable, o.Today, o.DetailsOf, o.Contacts = false, 0, nil, nil
	page = style.ReplaceAllString(made(t, plan, o).html, "")
	for _, unasked := range []string{"Can be moved", "today", "room 12", "tel:"} {
		assert.False(t, strings.Contains(page, unasked), unasked)
	}
	assert.Contains(t, section(t, page, "contact"), "ask your clinic")
	assert.Contains(t, section(t, page, "next"), "Whom to call\nIf you have a question, or a visit has to change, ask your clinic.")
}

// Where somebody has to take the patient home and nobody is known, there is room to write
// it down; a visit that is no session needs nobody.
func TestEscort(t *testing.T) {
	plan := build(t, course())
	page := made(t, plan, sheet.Options{Escort: true}).html
	assert.True(t, strings.Contains(page, `<dd><bdi>not arranged yet</bdi><span class="rule"></span></dd>`), `<dd><bdi>not arranged yet</bdi><span class="rule"></span></dd>`)
	first, _ := plan.At(1)
	given, err := plan.Apply(schedule.Event{ID: "given", What: schedule.Given{Session: first.ID(), Date: first.Date(), Dose: dose.MustMass("36 mg")}}, time.Date(2027, 3, 1, 18, 0, 0, 0, time.UTC))
	require.NoError(t, err)
	box := section(t, made(t, given, sheet.Options{Escort: true}).html, "next")
	assert.Contains(t, box, "Other visit")
	assert.NotContains(t, box, "Taking you home")
	assert.NotContains(t, made(t, plan, sheet.Options{}).text, "not arranged yet")
}

// A visit on a day that is lost is no appointment anywhere: struck through, in the words
// for it, never the next one and never to be moved.
func TestLostIsNoAppointment(t *testing.T) {
	plan := build(t, course())
	second, _ := plan.At(2)
	plan, err := plan.Apply(schedule.Event{ID: "closed", What: schedule.ClinicClosed{From: second.Date(), To: second.Date(), Reason: "strike"}}, plan.AsOf())
	require.NoError(t, err)
	w := made(t, plan, sheet.Options{Movable: true})
	assert.True(t, strings.Contains(w.html, `<div class="visit lost"><b>Visit 2</b> <s>9:00`), `<div class="visit lost"><b>Visit 2</b> <s>9:00`)
	assert.True(t, strings.Contains(w.html, `<s><time datetime="2027-03-04T09:00">Thu, Mar 4, 2027</time></s>`), `<s><time datetime="2027-03-04T09:00">Thu, Mar 4, 2027</time></s>`)
	assert.True(t, strings.Contains(w.html, "Please do not come to these visits unless the clinic confirms them: Visit 2 (Thu, Mar 4, 2027)."), "Please do not come to these visits unless the clinic confirms them: Visit 2 (Thu, Mar 4, 2027).")
	row := w.html[strings.Index(w.html, `<tr class="lost">`):]
	row, _, _ = strings.Cut(row, "</tr>")
	assert.Contains(t, row, "new date needed")
	assert.NotContains(t, row, "moved")
	assert.False(t, strings.Contains(w.html, `class="busy sure"><time class="day" datetime="2027-03-04"`), `class="busy sure"><time class="day" datetime="2027-03-04"`)
}

// What is past and not recorded does not look like a visit to come.
func TestOverdue(t *testing.T) {
	w := made(t, build(t, course()), sheet.Options{Today: schedule.MustDate("2027-03-05")})
	assert.True(t, strings.Contains(w.html, `<tr class="overdue">`), `<tr class="overdue">`)
	assert.Contains(t, w.text, "not recorded yet")
	assert.Contains(t, section(t, w.html, "next"), "Friday, March 5, 2027 today")
	assert.True(t, strings.Contains(w.html, "Past visits (3)"), "Past visits (3)")
}

// Zones have the names that people give them.
func TestZoneNames(t *testing.T) {
	plan := build(t, course())
	for tag, want := range map[string]string{"en-US": "Times are London time.", "de": "Die Uhrzeiten gelten für London.", "es": "Las horas son las de Londres.", "ar": "الأوقات حسب توقيت لندن."} {
		w := made(t, plan, sheet.Options{Locale: locale(t, tag), Text: func(string) (string, bool) { return "", true }})
		assert.Contains(t, strings.Join(strings.Fields(w.text), " "), want)
		assert.NotContains(t, w.text, "Europe/")
	}
	assert.Contains(t, made(t, plan, sheet.Options{ZoneName: "those of the ward"}).text, "Times are those of the ward.")
}

func TestContactsAreRefused(t *testing.T) {
	plan := build(t, course())
	for _, tt := range []struct {
		c    sheet.Contact
		want string
	}{
		{sheet.Contact{}, "Contact 1: want a name, a number, an address or a line"},
		{sheet.Contact{Lines: []string{" "}}, "Contact 1: want a name, a number, an address or a line"},
		{sheet.Contact{Phone: "javascript:alert(1)"}, `Contact 1.Phone "javascript:alert(1)": want a telephone number`},
		{sheet.Contact{Phone: "5"}, `Contact 1.Phone "5": want a telephone number`},
		{sheet.Contact{Phone: "55+5"}, `Contact 1.Phone "55+5": want a telephone number`},
		{sheet.Contact{Phone: "555;phone-context=x"}, `Contact 1.Phone "555;phone-context=x": want a telephone number`},
		{sheet.Contact{Mail: "desk"}, `Contact 1.Mail "desk": want an address`},
		{sheet.Contact{Mail: "desk@example.org?subject=x"}, `want an address`},
		{sheet.Contact{Mail: "a@b@c"}, `want an address`},
		{sheet.Contact{Mail: "a b@example.org"}, `want an address`},
		{sheet.Contact{Page: "http://example.org"}, `Contact 1.Page "http://example.org": want an address that begins with https://`},
		{sheet.Contact{Page: "javascript:alert(1)"}, `want an address that begins with https://`},
		{sheet.Contact{Page: "https://a@evil.example"}, `want an address that begins with https://`},
		{sheet.Contact{Page: "https://example.org/\"onclick=x"}, `want an address that begins with https://`},
		{sheet.Contact{Page: "https://"}, `want an address that begins with https://`},
		{sheet.Contact{Name: "x", Purpose: 7}, `Contact 1.Purpose "%!Purpose(7)": want appointments, unwell or emergency`},
		{sheet.Contact{Name: "x\ny"}, `Contact 1.Name "x\ny": want one line`},
		{sheet.Contact{Name: "x", For: "\u202e"}, `Contact 1.For "\u202e": want one line`},
		{sheet.Contact{Name: "x", Hours: []sheet.ContactHours{{}}}, `Contact 1.Hours 1: want hours such as 09:00-17:00`},
		{sheet.Contact{Name: "x", Hours: []sheet.ContactHours{{Days: []time.Weekday{9}, Hours: clinic.MustHours("09:00-17:00")}}}, `Contact 1.Hours 1 "%!Weekday(9)": want weekdays`},
	} {
		_, err := sheet.New(plan, sheet.Options{Locale: locale(t, "en-US"), Contacts: []sheet.Contact{tt.c}})
		assert.ErrorContains(t, err, tt.want)
	}
	_, err := sheet.New(plan, sheet.Options{Locale: locale(t, "en-US"), Form: 9, Sessions: -1, Details: sheet.Details{Place: "a\rb"}, ZoneName: "\x00"})
	assert.ErrorContains(t, err, `Form "%!Form(9)": want full, one-page or staff`)
	assert.ErrorContains(t, err, `Sessions "-1": want 0 for all, or how many`)
	assert.ErrorContains(t, err, `Details.Place "a\rb": want one line`)
	assert.ErrorContains(t, err, `ZoneName "\x00": want one line`)
	_, err = sheet.New(plan, sheet.Options{Locale: locale(t, "en-US"), DetailsOf: func(schedule.ID) sheet.Details { return sheet.Details{Notes: []string{"a\nb"}} }})
	assert.ErrorContains(t, err, `.Notes, line 1 "a\nb": want one line`)
}

func TestFormAndPurposeAreText(t *testing.T) {
	for form, name := range map[sheet.Form]string{sheet.Full: "full", sheet.OnePage: "one-page", sheet.StaffSheet: "staff"} {
		text, err := form.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, name, string(text))
		read := sheet.Form(7)
		require.NoError(t, read.UnmarshalText(text))
		assert.Equal(t, form, read)
	}
	for purpose, name := range map[sheet.Purpose]string{sheet.Appointments: "appointments", sheet.Unwell: "unwell", sheet.Emergency: "emergency"} {
		text, err := purpose.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, name, string(text))
		read := sheet.Purpose(7)
		require.NoError(t, read.UnmarshalText(text))
		assert.Equal(t, purpose, read)
	}
	_, err := sheet.Form(3).MarshalText()
	require.EqualError(t, err, `Form "%!Form(3)": want full, one-page or staff`)
	_, err = sheet.Purpose(3).MarshalText()
	require.EqualError(t, err, `Purpose "%!Purpose(3)": want appointments, unwell or emergency`)
	var form sheet.Form
	require.EqualError(t, form.UnmarshalText([]byte("Full")), `Form "Full": want full, one-page or staff`)
	var purpose sheet.Purpose
	require.EqualError(t, purpose.UnmarshalText([]byte("")), `Purpose: want appointments, unwell or emergency`)
}
