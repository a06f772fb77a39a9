package web

import (
	"net/http"
	"net/url"
	"strings"
)

// patients lists patients, or those whose number or name begins with what is searched for.
func (a *App) patients(q *request) error {
	text := strings.TrimSpace(q.URL.Query().Get("q"))
	if len(text) > 100 {
		text = text[:100]
	}
	page, part := partOf(q)
	// One more than is shown says whether there is another page.
	part.Most++
	found, err := a.Store.Search(q.Context(), text, part)
	if err != nil {
		return err
	}
	if len(found) == 1 && text != "" && page == 1 && strings.EqualFold(found[0].Number, text) {
		http.Redirect(q, q.Request, patientPlan{ID: found[0].Plan}.At(), http.StatusSeeOther)
		return nil
	}
	of := part.Skip + len(found)
	if len(found) > perPage {
		found = found[:perPage]
	}
	return a.render(q, http.StatusOK, "patients", map[string]any{
		"Title": "Patients", "Text": text, "Found": found, "Pages": pagesOf(page, of, url.Values{"q": {text}}),
	})
}
