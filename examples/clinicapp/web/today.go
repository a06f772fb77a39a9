package web

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/rickb777/date/v2"

	"github.com/regimen-go/regimen/examples/clinicapp/store"
	"github.com/regimen-go/regimen/examples/storing"
	"github.com/regimen-go/regimen/schedule"
)

// How far ahead the lists look: who has to be weighed, and whose result has to be known, before a
// session of the next days, and which courses run out in the next.
const (
	weighAhead  = 7
	resultAhead = 7
	extendAhead = 28
)

// perPage is how many rows a page of a list has.
const perPage = 50

// A worklist is one of the lists of a day.
type worklist struct {
	Name, Title, None string
	Count             int
}

// A workRow is a line of a list.
type workRow struct {
	Patient          store.Patient
	Plan             int64
	Date             date.Date
	Time, What, Lost string
	// Visit is the id of a session or a visit, and Role "" of a session.
	Visit, Role string
}

// today shows who is due on a day and what has to be done, one list at a time.
func (a *App) today(q *request) error {
	on := q.today
	if text := q.URL.Query().Get("on"); text != "" {
		d, err := schedule.ParseDate(text)
		if err != nil {
			return &refusal{http.StatusBadRequest, "This is no day", "Want a day such as 2026-03-02."}
		}
		on = d
	}
	ctx := q.Context()
	count, err := a.Store.Count(ctx, on, on+weighAhead, on+resultAhead, on+extendAhead)
	if err != nil {
		return err
	}
	lists := []worklist{
		{"due", "Due", "Nobody is expected on this day.", count.Due},
		{"overdue", "Overdue", "Everything before this day is recorded.", count.Overdue},
		{"lost", "Lost days", "Every day to come holds.", count.Lost},
		{"decisions", "Decisions due", "No decision is due.", count.Decisions},
		{"weights", "Weights due", "Nobody has to be weighed for the next week.", count.Weighings},
		{"results", "Results needed", "No session of the next week waits for a result.", count.Results},
		{"horizon", "Courses running out", "No course runs out in the next four weeks.", count.Extensions},
	}
	shown := lists[0]
	for _, l := range lists {
		if l.Name == q.URL.Query().Get("list") {
			shown = l
		}
	}
	page, part := partOf(q)
	rows, err := a.worklist(q, shown.Name, on, part)
	if err != nil {
		return err
	}
	return a.render(q, http.StatusOK, "today", map[string]any{
		"Title": "Today", "On": on, "Before": on - 1, "After": on + 1, "Lists": lists, "Shown": shown, "Rows": rows,
		"Pages": pagesOf(page, shown.Count, url.Values{"on": {on.String()}, "list": {shown.Name}}),
	})
}

func (a *App) worklist(q *request, name string, on date.Date, part storing.Part) ([]workRow, error) {
	ctx := q.Context()
	var visits []storing.Visit
	var tasks []storing.Task
	var err error
	switch name {
	case "due":
		visits, err = a.Store.Due(ctx, on, part)
	case "overdue":
		visits, err = a.Store.Overdue(ctx, on, part)
	case "lost":
		visits, err = a.Store.Lost(ctx, on, part)
	case "decisions":
		tasks, err = a.Store.Decisions(ctx, on, part)
	case "weights":
		tasks, err = a.Store.Weighings(ctx, on+weighAhead, part)
	case "results":
		tasks, err = a.Store.Results(ctx, on+resultAhead, part)
	default:
		tasks, err = a.Store.Extensions(ctx, on+extendAhead, part)
	}
	if err != nil {
		return nil, err
	}
	var rows []workRow
	var keys []string
	for _, v := range visits {
		rows = append(rows, workRow{Plan: v.Plan, Date: v.Date, Time: v.Start, What: v.Name, Lost: v.Lost, Visit: v.ID.String(), Role: v.Role})
		keys = append(keys, v.Patient)
	}
	for _, t := range tasks {
		rows = append(rows, workRow{Plan: t.Plan, Date: t.By, What: t.What})
		keys = append(keys, t.Patient)
	}
	patients, err := a.Store.Patients(ctx, keys)
	for i := range rows {
		rows[i].Patient = patients[keys[i]]
	}
	return rows, err
}

// partOf is the page of a list that a request asks for, from 1.
func partOf(q *request) (page int, part storing.Part) {
	page, err := strconv.Atoi(q.URL.Query().Get("page"))
	if err != nil || page < 1 || page > 1_000_000 {
		page = 1
	}
	return page, storing.Part{Skip: (page - 1) * perPage, Most: perPage}
}

// A pager is the links to the pages before and after one.
type pager struct {
	Page, From, To, Of int
	Previous, Next     string
}

// pagesOf returns the links of a page of a list of so many rows, of which the address has these
// values besides.
func pagesOf(page, of int, keep url.Values) *pager {
	p := &pager{Page: page, From: (page-1)*perPage + 1, To: min(page*perPage, of), Of: of}
	link := func(n int) string {
		keep.Set("page", strconv.Itoa(n))
		return "?" + keep.Encode()
	}
	if page > 1 {
		p.Previous = link(page - 1)
	}
	if page*perPage < of {
		p.Next = link(page + 1)
	}
	if p.Previous == "" && p.Next == "" {
		return nil
	}
	return p
}
