package main

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/examples/clinicapp/store"
)

// told runs a command and returns what it says.
func told(t *testing.T, stdin string, args ...string) (string, error) {
	t.Helper()
	var out, err bytes.Buffer
	failed := run(t.Context(), args, strings.NewReader(stdin), &out, &err)
	return out.String() + err.String(), failed
}

// Users, a backup while somebody works, and back: everything is there, and everybody is logged out.
func TestBackup(t *testing.T) {
	file := filled(t)
	folder := filepath.Dir(file)
	_, err := told(t, "short\n", "user", "-db", file, "-role", "prescriber", "new")
	require.ErrorContains(t, err, "12 characters")
	_, err = told(t, password+"\n", "user", "-db", file, "-role", "chief", "new")
	require.ErrorContains(t, err, `want the role "staff" or "prescriber"`)
	said, err := told(t, password+"\n", "user", "-db", file, "-role", "prescriber", "new")
	require.NoError(t, err)
	assert.Equal(t, "new may log in as prescriber\n", said)

	s := opened(t, file)
	sessions := s.Sessions(time.Now)
	require.NoError(t, sessions.Commit("token", []byte("data"), time.Now().Add(time.Hour)))
	copied := filepath.Join(folder, "backup.db")
	_, err = told(t, "", "backup", "-db", file, copied)
	require.NoError(t, err, "while the database is open")
	_, err = told(t, "", "backup", "-db", file, copied)
	require.Error(t, err, "no backup is written over")
	require.NoError(t, s.Close())

	back := filepath.Join(folder, "back.db")
	said, err = told(t, "", "restore", "-db", back, copied)
	require.NoError(t, err)
	assert.Equal(t, "24 plans were read, 0 were not\n", said)
	_, err = told(t, "", "restore", "-db", back, copied)
	require.ErrorIs(t, err, os.ErrExist, "no database is written over")
	said, err = told(t, "", "verify", "-db", back)
	require.NoError(t, err)
	assert.Equal(t, "every plan is what its journal comes to\n", said)

	one, two := opened(t, file), opened(t, back)
	defer one.Close()
	defer two.Close()
	for plan := int64(1); plan <= many; plan++ {
		before, err := one.Load(t.Context(), plan)
		require.NoError(t, err)
		after, err := two.Load(t.Context(), plan)
		require.NoError(t, err)
		assert.Equal(t, before.Digest(), after.Digest())
	}
	_, err = two.LogIn(t.Context(), "new", password)
	require.NoError(t, err)
	_, found, err := two.Sessions(time.Now).Find("token")
	require.NoError(t, err)
	assert.False(t, found, "everybody is logged out")
	_, err = two.LogIn(t.Context(), "new", password+"!")
	require.ErrorIs(t, err, store.ErrNone)
	_, err = two.LogIn(t.Context(), "nobody", password)
	require.ErrorIs(t, err, store.ErrNone)
}

// The app starts with made-up patients, says so, and stops when it is told to.
func TestServe(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	printed, ended := make(line, 10), make(chan error, 1)
	go func() {
		ended <- serve(ctx, []string{"-listen", "127.0.0.1:0", "-today", "2026-03-02"}, printed, &bytes.Buffer{})
	}()
	base := ""
	for base == "" {
		select {
		case text := <-printed:
			if strings.HasPrefix(text, "http://") {
				base = text
			} else {
				assert.Regexp(t, `^log in as (nurse|prescriber), +password [A-Z2-7]{16}$`, text)
			}
		case err := <-ended:
			t.Fatal(err)
		}
	}
	answer, err := http.Get(base)
	require.NoError(t, err)
	answer.Body.Close()
	assert.Equal(t, "/login", answer.Request.URL.Path)
	stop()
	require.NoError(t, <-ended)
	_, err = http.Get(base)
	require.Error(t, err)
}

// line is a writer that passes on what is written to it.
type line chan string

func (l line) Write(b []byte) (int, error) {
	l <- strings.TrimSpace(string(b))
	return len(b), nil
}

func TestConfig(t *testing.T) {
	for _, tt := range []struct{ args, want string }{
		{"-zone Nowhere/Land", `-zone: want an IANA time zone such as Europe/London, got "Nowhere/Land"`},
		{"-zone Local", `-zone: want an IANA time zone such as Europe/London, got "Local"`},
		{"-today 2026-02-30", "-today: date"},
		{"-base visits.example.org", `-base: want an address such as https://visits.example.org, got "visits.example.org"`},
		{"-nothing", "flag provided but not defined"},
	} {
		_, err := readConfig("serve", strings.Fields(tt.args), &bytes.Buffer{})
		require.ErrorContains(t, err, tt.want, tt.args)
	}
	t.Setenv("CLINICAPP_LISTEN", "127.0.0.1:9999")
	t.Setenv("CLINICAPP_BASE", "https://visits.example.org")
	c, err := readConfig("serve", []string{"-listen", "127.0.0.1:1"}, &bytes.Buffer{})
	require.NoError(t, err)
	assert.Equal(t, "127.0.0.1:1", c.listen, "a flag is stronger")
	assert.True(t, c.secure)
	_, err = told(t, "", "dance")
	require.ErrorContains(t, err, "want serve, user, backup, restore, verify or fill")
}
