package web

import (
	"errors"
	"net/http"
	"strings"

	"github.com/regimen-go/regimen/examples/clinicapp/store"
)

// passwordPage asks for the present password and another one.
func (a *App) passwordPage(q *request) error { return a.showPassword(q, http.StatusOK, "") }

func (a *App) showPassword(q *request, status int, alert string) error {
	return a.render(q, status, "password", map[string]any{"Title": "Change the password", "Alert": alert})
}

// changePassword gives whoever is logged in another password. Whoever has logged in as them in
// another browser has to log in again.
func (a *App) changePassword(q *request) error {
	if !a.limits.allow("name " + strings.ToLower(q.user.Name)) {
		q.Header().Set("Retry-After", "60")
		return a.showPassword(q, http.StatusTooManyRequests, "There were too many attempts. Please wait a minute and try again.")
	}
	if q.PostForm.Get("next") != q.PostForm.Get("again") {
		return a.showPassword(q, http.StatusUnprocessableEntity, "The new password was typed in two ways.")
	}
	ctx := q.Context()
	seal, err := a.Store.ChangePassword(ctx, q.user.ID, q.PostForm.Get("password"), q.PostForm.Get("next"))
	if wrong, ok := errors.AsType[*store.PasswordError](err); ok {
		return a.showPassword(q, http.StatusUnprocessableEntity, upper(wrong.Want)+".")
	}
	if errors.Is(err, store.ErrNone) {
		return a.showPassword(q, http.StatusUnprocessableEntity, "This is not the present password.")
	}
	if err != nil {
		return err
	}
	if err := a.sessions.RenewToken(ctx); err != nil {
		return err
	}
	a.sessions.Put(ctx, "seal", seal)
	if err := a.Store.Log(ctx, q.now, q.user.Name, "changed the password", 0); err != nil {
		return err
	}
	return a.done(q, "/", "The password is changed. Other browsers have to log in again.")
}
