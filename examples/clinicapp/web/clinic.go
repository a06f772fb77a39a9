package web

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/examples/clinicapp/store"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// weekdays are those of a week, from Monday on.
func weekdays() []time.Weekday {
	return []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}
}

// A clinicPage is the page about the clinic, with its forms as they were sent.
type clinicPage struct {
	Close, Hours []field
	CloseEvent   string
	HoursEvent   string
	Problems     []string
}

func (a *App) newClinicPage(q *request) clinicPage {
	p := clinicPage{
		Close:      []field{dateField("from", "First day", "", true), dateField("to", "Last day, if there are more", "", false), required(field{Name: "reason", Label: "Reason", Type: fieldText, Wide: true, Hint: "shown to patients"})},
		CloseEvent: "closure-" + newEventID(), HoursEvent: "hours-" + newEventID(),
	}
	p.Hours = []field{dateField("from", "From", "", true), dateField("to", "Up to, if they end", "", false)}
	p.Hours[0].Page, p.Hours[1].Page = "hours-", "hours-"
	spec := a.Store.Calendar().Spec()
	for _, d := range weekdays() {
		var texts []string
		for _, h := range spec.Weekly[d] {
			texts = append(texts, h.String())
		}
		p.Hours = append(p.Hours, field{Name: d.String(), Label: d.String(), Type: fieldText, Value: strings.Join(texts, ", "), Hint: `such as "08:00-12:00, 13:00-17:00", empty if closed`})
	}
	return p
}

func (a *App) clinic(q *request) error {
	return a.showClinic(q, http.StatusOK, a.newClinicPage(q))
}

func (a *App) showClinic(q *request, status int, p clinicPage) error {
	tellings, err := a.Store.Tellings(q.Context())
	if err != nil {
		return err
	}
	spec := a.Store.Calendar().Spec()
	type week struct {
		Title string
		Days  []option
	}
	wordsOf := func(weekly map[time.Weekday][]clinic.Hours) (days []option) {
		for _, d := range weekdays() {
			text := "closed"
			for i, h := range weekly[d] {
				if i == 0 {
					text = h.String()
				} else {
					text += ", " + h.String()
				}
			}
			days = append(days, option{d.String(), text})
		}
		return days
	}
	weeks := []week{{"Every week", wordsOf(spec.Weekly)}}
	for _, s := range spec.Seasons {
		if s.To >= q.today {
			weeks = append(weeks, week{dayWords(s.From) + " to " + dayWords(s.To), wordsOf(s.Weekly)})
		}
	}
	var closed []clinic.Closure
	for _, c := range spec.Closed {
		if max(c.Date, c.To) >= q.today {
			closed = append(closed, c)
		}
	}
	return a.render(q, status, "clinic", map[string]any{"Title": "Clinic", "C": p, "Weeks": weeks, "Closed": closed, "Tellings": tellings, "Zone": spec.Zone.String(), "Off": "off-" + newEventID()})
}

// eventOf is the id that a form of the clinic was made with.
func eventOf(q *request, prefix string) (string, error) {
	id := q.PostForm.Get("event")
	if !strings.HasPrefix(id, prefix+"form-") || len(id) > 64 {
		return "", &refusal{http.StatusBadRequest, "This form cannot be read", "Open the page anew and send the form again. Nothing was recorded."}
	}
	return id, nil
}

// closeClinic closes the clinic for everybody.
func (a *App) closeClinic(q *request) error {
	id, err := eventOf(q, "closure-")
	if err != nil {
		return err
	}
	p := a.newClinicPage(q)
	p.CloseEvent, p.Close = id, filled(p.Close, q.PostForm)
	var c schedule.ClinicClosed
	ok := !missing(p.Close)
	ok = readField(p.Close, "from", schedule.ParseDate, &c.From) && ok
	ok = readField(p.Close, "to", schedule.ParseDate, &c.To) && ok
	c.Reason = valueOf(p.Close, "reason")
	switch {
	case !ok:
	case c.To != 0 && c.To < c.From:
		ok = set(p.Close, "to", "The last day has to be the first or after it.") && false
	case c.To-c.From > 366:
		ok = set(p.Close, "to", "A closure has a year at most.") && false
	}
	if !ok {
		return a.showClinic(q, http.StatusUnprocessableEntity, p)
	}
	if c.To == c.From {
		c.To = 0
	}
	a.calendar.Lock()
	defer a.calendar.Unlock()
	spec := copied(a.Store.Calendar().Spec())
	spec.Closed = slices.DeleteFunc(spec.Closed, func(old clinic.Closure) bool { return old.Date == c.From }) // one a day: the latest word
	spec.Closed = append(spec.Closed, clinic.Closure{Date: c.From, To: c.To, Reason: c.Reason})
	said := "Closed on " + dayWords(c.From)
	if c.To != 0 {
		said = "Closed from " + dayWords(c.From) + " to " + dayWords(c.To)
	}
	if err := a.Store.SetCalendar(q.Context(), spec, store.Telling{ID: id, Said: said + " (" + c.Reason + ")", AsOf: q.now, By: q.user.Name, Event: c}); err != nil {
		return a.clinicProblem(q, p, err)
	}
	return a.toldAll(q, said+". Everybody is told; whose day is lost stands under Today, Lost days.")
}

// callOff takes a closure back.
func (a *App) callOff(q *request) error {
	id, err := eventOf(q, "off-")
	if err != nil {
		return err
	}
	tellings, err := a.Store.Tellings(q.Context())
	if err != nil {
		return err
	}
	i := slices.IndexFunc(tellings, func(t store.Telling) bool { return t.ID == q.PostForm.Get("closure") })
	if i < 0 {
		return errNotFound
	}
	closure, ok := tellings[i].Event.(schedule.ClinicClosed)
	if !ok {
		return errNotFound
	}
	a.calendar.Lock()
	defer a.calendar.Unlock()
	spec := copied(a.Store.Calendar().Spec())
	spec.Closed = slices.DeleteFunc(spec.Closed, func(c clinic.Closure) bool { return c.Date == closure.From && c.To == closure.To })
	off := schedule.Corrected{Of: tellings[i].ID, Reason: "called off", Who: q.user.Name}
	err = a.Store.SetCalendar(q.Context(), spec, store.Telling{ID: id, Said: "Called off: " + strings.ToLower(tellings[i].Said[:1]) + tellings[i].Said[1:], AsOf: q.now, By: q.user.Name, Event: off})
	if err != nil {
		return a.clinicProblem(q, a.newClinicPage(q), err)
	}
	return a.toldAll(q, "Called off. Everybody is told; days that hold again are lost no longer.")
}

// changeHours sets other weekly hours from a day on.
func (a *App) changeHours(q *request) error {
	id, err := eventOf(q, "hours-")
	if err != nil {
		return err
	}
	p := a.newClinicPage(q)
	p.HoursEvent, p.Hours = id, filled(p.Hours, q.PostForm)
	var from, to date.Date
	ok := !missing(p.Hours)
	ok = readField(p.Hours, "from", schedule.ParseDate, &from) && ok
	ok = readField(p.Hours, "to", schedule.ParseDate, &to) && ok
	weekly := map[time.Weekday][]clinic.Hours{}
	for _, d := range weekdays() {
		for text := range strings.SplitSeq(valueOf(p.Hours, d.String()), ",") {
			if text = strings.TrimSpace(text); text == "" {
				continue
			}
			h, err := clinic.ParseHours(text)
			if err != nil {
				set(p.Hours, d.String(), upper(err.Error())+".")
				ok = false
				continue
			}
			weekly[d] = append(weekly[d], h)
		}
	}
	if ok && from < q.today {
		ok = set(p.Hours, "from", "Other hours begin today or later.") && false
	}
	if ok && to != 0 && to < from {
		ok = set(p.Hours, "to", "The last day has to be the first or after it.") && false
	}
	if !ok {
		return a.showClinic(q, http.StatusUnprocessableEntity, p)
	}
	said := "Other hours from " + dayWords(from)
	if to == 0 {
		to = schedule.MustDate("2200-12-31")
	} else {
		said += " to " + dayWords(to)
	}
	a.calendar.Lock()
	defer a.calendar.Unlock()
	spec := copied(a.Store.Calendar().Spec())
	spec.Seasons = seasonsWith(spec.Seasons, clinic.Season{From: from, To: to, Weekly: weekly})
	if err := a.Store.SetCalendar(q.Context(), spec, store.Telling{ID: id, Said: said, AsOf: q.now, By: q.user.Name, From: from}); err != nil {
		return a.clinicProblem(q, p, err)
	}
	return a.toldAll(q, said+". Everybody is told; whose time no longer holds stands under Today, Lost days.")
}

// seasonsWith returns seasons with another one, which takes its days from those that there are.
func seasonsWith(old []clinic.Season, s clinic.Season) []clinic.Season {
	var list []clinic.Season
	for _, o := range old {
		if o.To < s.From || o.From > s.To {
			list = append(list, o)
			continue
		}
		if o.From < s.From {
			list = append(list, clinic.Season{From: o.From, To: s.From - 1, Weekly: o.Weekly})
		}
		if o.To > s.To {
			list = append(list, clinic.Season{From: s.To + 1, To: o.To, Weekly: o.Weekly})
		}
	}
	list = append(list, s)
	slices.SortFunc(list, func(a, b clinic.Season) int { return int(a.From - b.From) })
	return list
}

// copied returns a calendar whose lists may be changed.
func copied(s clinic.Spec) clinic.Spec {
	s.Closed, s.Seasons, s.Weekly = slices.Clone(s.Closed), slices.Clone(s.Seasons), maps.Clone(s.Weekly)
	return s
}

func (a *App) clinicProblem(q *request, p clinicPage, err error) error {
	if wrong, ok := errors.AsType[*clinic.Error](err); ok {
		p.Problems = []string{upper(wrong.Error()) + "."}
		return a.showClinic(q, http.StatusUnprocessableEntity, p)
	}
	return err
}

// patience is how long a page waits until everybody is told: with many patients it goes on in
// the background.
const patience = 2 * time.Second

func (a *App) toldAll(q *request, said string) error {
	select {
	case <-a.tell():
	case <-time.After(patience):
		said += " This takes a while: the list below says when all know."
	}
	return a.done(q, "/clinic", said)
}
