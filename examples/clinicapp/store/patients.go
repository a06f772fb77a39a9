package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/regimen-go/regimen/schedule"

	"github.com/regimen-go/regimen/examples/storing"
)

// A Patient is somebody with a plan.
type Patient struct {
	Key          string
	Number, Name string
	Plan         int64
}

// ErrNumber says that another patient has the record number.
var ErrNumber = errors.New("another patient has this number")

// EnrolPatient keeps a patient and a plan: both, or neither. The form is that of the page; one
// that is sent twice enrols once.
func (s *Store) EnrolPatient(ctx context.Context, number, name, form string, plan *schedule.Plan) (int64, error) {
	known := func() (id int64, err error) {
		err = s.db.QueryRowContext(ctx, "SELECT plan FROM patients WHERE form = ?", form).Scan(&id)
		return id, err
	}
	if id, err := known(); !errors.Is(err, sql.ErrNoRows) {
		return id, err
	}
	key := rand.Text()
	id, err := s.EnrolWith(ctx, key, plan, func(tx *sql.Tx, id int64) error {
		taken := 0
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM patients WHERE number = ? AND form <> ?", number, form).Scan(&taken); err != nil {
			return err
		}
		if taken > 0 {
			return ErrNumber
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO patients (key, number, name, form, plan) VALUES (?, ?, ?, ?, ?)", key, number, name, form, id)
		return err
	})
	if err != nil {
		if id, again := known(); again == nil {
			return id, nil // the other click was faster
		}
	}
	return id, err
}

// Patient returns the patient of a plan.
func (s *Store) Patient(ctx context.Context, plan int64) (p Patient, err error) {
	err = s.db.QueryRowContext(ctx, "SELECT key, number, name, plan FROM patients WHERE plan = ?", plan).Scan(&p.Key, &p.Number, &p.Name, &p.Plan)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNone
	}
	return p, err
}

// Patients returns those with some keys, by their keys.
func (s *Store) Patients(ctx context.Context, keys []string) (map[string]Patient, error) {
	known := make(map[string]Patient, len(keys))
	if len(keys) == 0 {
		return known, nil
	}
	args := make([]any, len(keys))
	for i, key := range keys {
		args[i] = key
	}
	list, err := rows(ctx, s.db, func(r *sql.Rows) (p Patient, err error) {
		return p, r.Scan(&p.Key, &p.Number, &p.Name, &p.Plan)
	}, "SELECT key, number, name, plan FROM patients WHERE key IN (?"+strings.Repeat(", ?", len(keys)-1)+")", args...)
	for _, p := range list {
		known[p.Key] = p
	}
	return known, err
}

// A Found is a patient with the row of the plan.
type Found struct {
	Patient
	Protocol, Standing   string
	Next, NextStart      string
	Open                 string
	Warnings, Violations int
}

// Search returns patients whose number or name begins with a text, in the order of their
// numbers: all of them for "".
func (s *Store) Search(ctx context.Context, text string, part storing.Part) ([]Found, error) {
	const columns = "SELECT p.key, p.number, p.name, p.plan, r.protocol, r.standing, coalesce(r.next, ''), coalesce(r.next_start, ''), coalesce(r.open, ''), r.warnings, r.violations FROM patients p JOIN plans r ON r.id = p.plan "
	scan := func(r *sql.Rows) (f Found, err error) {
		return f, r.Scan(&f.Key, &f.Number, &f.Name, &f.Plan, &f.Protocol, &f.Standing, &f.Next, &f.NextStart, &f.Open, &f.Warnings, &f.Violations)
	}
	if text == "" {
		return rows(ctx, s.db, scan, columns+"ORDER BY p.number LIMIT ? OFFSET ?", part.Most, part.Skip)
	}
	// Two ranges of two indexes. A text that ends with the last character of all is after
	// whatever begins with it.
	end := text + "\U0010FFFF"
	return rows(ctx, s.db, scan, columns+`WHERE p.key IN (
		SELECT key FROM patients WHERE number >= ?1 AND number < ?2 UNION SELECT key FROM patients WHERE name >= ?1 AND name < ?2 LIMIT 1000)
		ORDER BY p.number LIMIT ?3 OFFSET ?4`, text, end, part.Most, part.Skip)
}

// A Link is a private link of a patient, without its token, which nobody knows but the patient.
type Link struct {
	ID      int64
	Made    time.Time
	MadeBy  string
	Revoked bool
}

// MakeLink makes a private link to a plan, and returns its token: 128 random bits, which are
// not kept.
func (s *Store) MakeLink(ctx context.Context, plan int64, at time.Time, by string) (token string, err error) {
	token = rand.Text()
	hash := sha256.Sum256([]byte(token))
	_, err = s.db.ExecContext(ctx, "INSERT INTO links (plan, hash, made, made_by) VALUES (?, ?, ?, ?)", plan, hash[:], stamp(at), by)
	return token, err
}

// LinkedPlan returns the plan of a token, and [ErrNone] for one that is not known or was
// revoked.
func (s *Store) LinkedPlan(ctx context.Context, token string) (plan int64, err error) {
	hash := sha256.Sum256([]byte(token))
	err = s.db.QueryRowContext(ctx, "SELECT plan FROM links WHERE hash = ? AND revoked IS NULL", hash[:]).Scan(&plan)
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNone
	}
	return plan, err
}

// Links returns the links of a plan, the latest first.
func (s *Store) Links(ctx context.Context, plan int64) ([]Link, error) {
	return rows(ctx, s.db, func(r *sql.Rows) (l Link, err error) {
		made := ""
		if err = r.Scan(&l.ID, &made, &l.MadeBy, &l.Revoked); err == nil {
			l.Made, err = time.Parse(time.RFC3339Nano, made)
		}
		return l, err
	}, "SELECT id, made, made_by, revoked IS NOT NULL FROM links WHERE plan = ? ORDER BY id DESC", plan)
}

// RevokeLink ends a link of a plan.
func (s *Store) RevokeLink(ctx context.Context, plan, link int64, at time.Time, by string) error {
	_, err := s.db.ExecContext(ctx, "UPDATE links SET revoked = ?, revoked_by = ? WHERE id = ? AND plan = ? AND revoked IS NULL", stamp(at), by, link, plan)
	return err
}

// A New is a patient to be enrolled with others.
type New struct {
	Number, Name, Form string
	Plan               *schedule.Plan
}

// EnrolMany keeps many patients and plans, in one transaction: all of them, or none.
func (s *Store) EnrolMany(ctx context.Context, list []New) error {
	plans := func(yield func(string, *schedule.Plan) bool) {
		for _, n := range list {
			if !yield(n.Form, n.Plan) {
				return
			}
		}
	}
	i := 0
	return s.EnrolAll(ctx, plans, func(tx *sql.Tx, id int64) error {
		n := list[i]
		i++
		_, err := tx.ExecContext(ctx, "INSERT INTO patients (key, number, name, form, plan) VALUES (?, ?, ?, ?, ?)", n.Form, n.Number, n.Name, n.Form, id)
		return err
	})
}
