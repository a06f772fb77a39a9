package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/bcrypt"
)

// A Role is what somebody may do. The zero Role may do nothing.
type Role string

// The roles. A prescriber may do whatever the staff may, and decides.
const (
	Staff      Role = "staff"
	Prescriber Role = "prescriber"
)

// May reports whether the role includes another.
func (r Role) May(other Role) bool {
	return r == Prescriber && other == Staff || r == other && r != ""
}

// A User is somebody who may log in.
type User struct {
	ID   int64
	Name string
	Role Role
	// Seal is another one after each change of the password: a browser that has logged in with
	// the old one is known by it.
	Seal string
}

// sealOf returns the seal of a password's hash.
func sealOf(hash string) string {
	sum := sha256.Sum256([]byte(hash))
	return hex.EncodeToString(sum[:8])
}

// The shortest and the longest password: bcrypt looks at no more than 72 bytes.
const (
	minPassword = 12
	maxPassword = 72
)

// A PasswordError says why a password is none.
type PasswordError struct{ Want string }

func (e *PasswordError) Error() string { return e.Want }

func checkPassword(password string) error {
	if utf8.RuneCountInString(password) < minPassword || len(password) > maxPassword {
		return &PasswordError{fmt.Sprintf("want a password of %d characters or more, and %d bytes or less", minPassword, maxPassword)}
	}
	return nil
}

// AddUser keeps somebody who may log in. The cost is that of bcrypt.
func (s *Store) AddUser(ctx context.Context, name string, role Role, password string, cost int) error {
	switch {
	case strings.TrimSpace(name) != name || name == "" || utf8.RuneCountInString(name) > 60:
		return fmt.Errorf("want a name of 1 to 60 characters, got %q", name)
	case role != Staff && role != Prescriber:
		return fmt.Errorf("want the role %q or %q, got %q", Staff, Prescriber, role)
	}
	if err := checkPassword(password); err != nil {
		return err
	}
	hash, err := bcrypt.GenerateFromPassword([]byte(password), cost)
	if err != nil {
		return err
	}
	_, err = s.db.ExecContext(ctx, "INSERT INTO users (name, role, hash) VALUES (?, ?, ?)", name, string(role), string(hash))
	return err
}

// nobody is the hash of a password that nobody has: whoever asks for a name that is not
// there waits as long as for one that is.
const nobody = "$2a$10$7EqJtq98hPqEX7fNZaFWoOhi5o9J6rvkkA5lCkGmpCkqGZ5n6bpWe"

// LogIn returns the user with a name and a password, and [ErrNone] for any other.
func (s *Store) LogIn(ctx context.Context, name, password string) (User, error) {
	var u User
	hash, role := nobody, ""
	err := s.db.QueryRowContext(ctx, "SELECT id, name, role, hash FROM users WHERE name = ? AND NOT disabled", name).Scan(&u.ID, &u.Name, &role, &hash)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return User{}, err
	}
	if len(password) > maxPassword || bcrypt.CompareHashAndPassword([]byte(hash), []byte(password)) != nil || u.ID == 0 {
		return User{}, ErrNone
	}
	u.Role, u.Seal = Role(role), sealOf(hash)
	return u, nil
}

// ChangePassword gives a user another password, and returns the new seal. The error is [ErrNone]
// where the present password is another one, and a [*PasswordError] where the new one is none.
func (s *Store) ChangePassword(ctx context.Context, id int64, present, next string) (seal string, err error) {
	hash := ""
	err = s.db.QueryRowContext(ctx, "SELECT hash FROM users WHERE id = ? AND NOT disabled", id).Scan(&hash)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "", ErrNone
	case err != nil:
		return "", err
	case len(present) > maxPassword || bcrypt.CompareHashAndPassword([]byte(hash), []byte(present)) != nil:
		return "", ErrNone
	}
	if err := checkPassword(next); err != nil {
		return "", err
	}
	cost, err := bcrypt.Cost([]byte(hash))
	if err != nil {
		return "", err
	}
	made, err := bcrypt.GenerateFromPassword([]byte(next), cost)
	if err != nil {
		return "", err
	}
	_, err = s.db.ExecContext(ctx, "UPDATE users SET hash = ? WHERE id = ? AND hash = ?", string(made), id, hash)
	return sealOf(string(made)), err
}

// User returns the user with an id, and [ErrNone] where there is none any more.
func (s *Store) User(ctx context.Context, id int64) (u User, err error) {
	role, hash := "", ""
	err = s.db.QueryRowContext(ctx, "SELECT id, name, role, hash FROM users WHERE id = ? AND NOT disabled", id).Scan(&u.ID, &u.Name, &role, &hash)
	if errors.Is(err, sql.ErrNoRows) {
		return User{}, ErrNone
	}
	u.Role, u.Seal = Role(role), sealOf(hash)
	return u, err
}

// Disable keeps a user from logging in and ends what they have open.
func (s *Store) Disable(ctx context.Context, name string) error {
	done, err := s.db.ExecContext(ctx, "UPDATE users SET disabled = 1 WHERE name = ?", name)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); n == 0 {
		return errors.Join(ErrNone, err)
	}
	return nil
}
