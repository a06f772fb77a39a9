package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Sessions keeps logged-in browsers for the session manager: its Store.
type Sessions struct {
	s   *Store
	now func() time.Time
}

// Sessions returns the logged-in browsers. Now is the real time, whatever the app's is.
func (s *Store) Sessions(now func() time.Time) *Sessions { return &Sessions{s, now} }

// FindCtx returns what is kept with a token.
func (k *Sessions) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	err = k.s.db.QueryRowContext(ctx, "SELECT data FROM sessions WHERE token = ? AND expiry > ?", token, k.now().Unix()).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	return data, err == nil, err
}

// CommitCtx keeps something with a token, and forgets what is too old.
func (k *Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	tx, err := k.s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(ctx, "DELETE FROM sessions WHERE expiry <= ?", k.now().Unix()); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO sessions (token, data, expiry) VALUES (?, ?, ?) ON CONFLICT (token) DO UPDATE SET data = excluded.data, expiry = excluded.expiry",
		token, data, expiry.Unix())
	if err != nil {
		return err
	}
	return tx.Commit()
}

// DeleteCtx forgets a token.
func (k *Sessions) DeleteCtx(ctx context.Context, token string) error {
	_, err := k.s.db.ExecContext(ctx, "DELETE FROM sessions WHERE token = ?", token)
	return err
}

// Find is FindCtx without a context, which the session manager asks for.
func (k *Sessions) Find(token string) ([]byte, bool, error) {
	return k.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context.
func (k *Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return k.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx without a context.
func (k *Sessions) Delete(token string) error { return k.DeleteCtx(context.Background(), token) }
