package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/crypto/bcrypt"

	"github.com/regimen-go/regimen/examples/clinicapp/demo"
	"github.com/regimen-go/regimen/examples/clinicapp/store"
	"github.com/regimen-go/regimen/examples/clinicapp/web"
)

// stopWithin is how long requests that are being answered may take when the app is stopped.
const stopWithin = 10 * time.Second

// serve answers until ctx is done.
func serve(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	c, err := readConfig("serve", args, stderr)
	if err != nil {
		return err
	}
	notice := ""
	made := c.db == ""
	if made {
		folder, err := os.MkdirTemp("", "clinicapp")
		if err != nil {
			return err
		}
		defer os.RemoveAll(folder)
		c.db = filepath.Join(folder, "demonstration.db")
		notice = "A demonstration: patients, weights and doses are made up."
		c.phone, c.place = orElse(c.phone, "020 7946 0000"), orElse(c.place, "Example Street 1, second floor")
	}
	s, err := store.Open(ctx, c.db, demo.Clinic(c.location))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	now := c.clock()
	if made {
		if err := demonstrate(ctx, s, now(), stdout); err != nil {
			return err
		}
	}
	listener, err := net.Listen("tcp", c.listen)
	if err != nil {
		return err
	}
	base := orElse(c.base, "http://"+listener.Addr().String())
	app, err := web.New(web.Config{
		Store: s, Log: slog.New(slog.NewJSONHandler(stderr, nil)), Now: now, ProxyHeader: c.proxy, Secure: c.secure, Base: base, Phone: c.phone, Place: c.place, Notice: notice,
	})
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer app.Close()
	fmt.Fprintln(stdout, base)

	server := &http.Server{
		Handler: app, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: 60 * time.Second, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 32 << 10, ErrorLog: slog.NewLogLogger(slog.NewJSONHandler(stderr, nil), slog.LevelWarn),
	}
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		within, cancel := context.WithTimeout(context.Background(), stopWithin)
		defer cancel()
		stopped <- server.Shutdown(within)
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// demonstrate makes up patients, and two people who may log in, with passwords that are
// printed once.
func demonstrate(ctx context.Context, s *store.Store, now time.Time, stdout io.Writer) error {
	for _, u := range []struct {
		name string
		role store.Role
	}{{"nurse", store.Staff}, {"prescriber", store.Prescriber}} {
		password := rand.Text()[:16]
		if err := s.AddUser(ctx, u.name, u.role, password, bcrypt.DefaultCost); err != nil {
			return err
		}
		fmt.Fprintf(stdout, "log in as %-11s password %s\n", u.name+",", password)
	}
	return demo.Patients(ctx, s, now)
}
