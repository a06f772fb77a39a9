package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/crypto/bcrypt"

	"github.com/regimen-go/regimen/examples/clinicapp/demo"
	"github.com/regimen-go/regimen/examples/clinicapp/store"
)

// open opens the database that a command is about.
func open(ctx context.Context, command string, args []string, want int, stderr io.Writer) (*config, *store.Store, error) {
	c, err := readConfig(command, args, stderr)
	switch {
	case err != nil:
		return nil, nil, err
	case c.db == "":
		return nil, nil, errors.New("-db: want the database file")
	case len(c.rest) != want:
		return nil, nil, fmt.Errorf("%s: want %d arguments after the flags, got %d", command, want, len(c.rest))
	}
	s, err := store.Open(ctx, c.db, demo.Clinic(c.location))
	return c, s, err
}

// addUser adds somebody who may log in. The password is the first line of the input: an
// argument would be seen by everybody on the machine.
func addUser(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	c, s, err := open(ctx, "user", args, 1, stderr)
	if err != nil {
		return err
	}
	defer s.Close()
	password, err := bufio.NewReader(stdin).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if err := s.AddUser(ctx, c.rest[0], store.Role(c.role), strings.TrimRight(password, "\r\n"), bcrypt.DefaultCost+2); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%s may log in as %s\n", c.rest[0], c.role)
	return nil
}

// backup writes the database to a new file, while the app goes on.
func backup(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	c, s, err := open(ctx, "backup", args, 1, stderr)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := s.Backup(ctx, c.rest[0]); err != nil {
		return err
	}
	fmt.Fprintln(stdout, c.rest[0])
	return nil
}

// restore makes a new database of a backup, reads every plan in it, and logs everybody out.
func restore(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	c, err := readConfig("restore", args, stderr)
	switch {
	case err != nil:
		return err
	case c.db == "" || len(c.rest) != 1:
		return errors.New("want restore -db NEW BACKUP")
	}
	told, err := store.Restore(ctx, c.rest[0], c.db, demo.Clinic(c.location))
	if err != nil {
		return err
	}
	for _, plan := range slices.Sorted(maps.Keys(told.Refused)) {
		fmt.Fprintf(stdout, "plan %d: %v\n", plan, told.Refused[plan])
	}
	fmt.Fprintf(stdout, "%d plans were read, %d were not\n", told.Changed, len(told.Refused))
	return nil
}

// verify makes every plan again from its journal, and says which differ.
func verify(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	_, s, err := open(ctx, "verify", args, 0, stderr)
	if err != nil {
		return err
	}
	defer s.Close()
	differ, unread, err := s.Verify(ctx)
	if err != nil {
		return err
	}
	for _, plan := range slices.Sorted(maps.Keys(unread)) {
		fmt.Fprintf(stdout, "plan %d cannot be read: %v\n", plan, unread[plan])
	}
	for _, plan := range slices.Sorted(maps.Keys(differ)) {
		fmt.Fprintf(stdout, "plan %d: %v\n", plan, differ[plan])
	}
	if n := len(differ) + len(unread); n > 0 {
		return fmt.Errorf("%d plans are not what their journals come to", n)
	}
	fmt.Fprintln(stdout, "every plan is what its journal comes to")
	return nil
}

// fill makes up many patients.
func fill(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	c, s, err := open(ctx, "fill", args, 0, stderr)
	if err != nil {
		return err
	}
	defer s.Close()
	began := time.Now()
	events, err := demo.Many(ctx, s, c.start, c.patients, c.events)
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%d patients with %d events, in %v\n", c.patients, events, time.Since(began).Round(time.Second))
	return nil
}
