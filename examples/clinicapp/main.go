// Command clinicapp is a small clinic app: who is due, what was given, what to do when
// something comes in between, and a private page for each patient.
//
//	go run .                                      made-up patients in a database that is thrown away
//	go run . -db clinic.db -zone Europe/London    a database that stays
//	go run . user -db clinic.db -role prescriber NAME <password.txt
//	go run . backup -db clinic.db backup.db
//	go run . restore -db new.db backup.db
//	go run . verify -db clinic.db
//	go run . fill -db many.db -patients 100000 -events 1000000
//
// Every flag can be set by the environment: CLINICAPP_LISTEN for -listen. README.md has the rest.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	_ "time/tzdata" // so that every zone is known on every machine
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintf(os.Stderr, "clinicapp: %v\n", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	command := "serve"
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		command, args = args[0], args[1:]
	}
	switch command {
	case "serve":
		return serve(ctx, args, stdout, stderr)
	case "user":
		return addUser(ctx, args, stdin, stdout, stderr)
	case "backup":
		return backup(ctx, args, stdout, stderr)
	case "restore":
		return restore(ctx, args, stdout, stderr)
	case "verify":
		return verify(ctx, args, stdout, stderr)
	case "fill":
		return fill(ctx, args, stdout, stderr)
	}
	return fmt.Errorf("want serve, user, backup, restore, verify or fill, got %q", command)
}
