//go:build !js

// Command playground makes one page in which anybody can try the library out: a protocol
// file edited with completion and with errors at their lines, a clinic, a start, a weight
// and events become a calendar, a staff sheet, doses with their reasons, and files.
//
//	go run ./examples/playground [-out playground.html] [-sizes]
//
// The library is in the page, compiled to WebAssembly. The page asks for nothing and sends
// nothing: it can be opened from a folder, from a server or without a network, and its
// policy forbids every request. A link that it makes has everything in the fields behind
// the #, which browsers do not send.
//
// It needs Go, node, npm and zstd. The editor is CodeMirror, bundled by esbuild; npm fetches
// what package-lock.json names. -sizes prints what takes the space.
//
// check.sh opens the page in Chromium.
package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintf(os.Stderr, "playground: %v\n", err)
		os.Exit(1)
	}
}

func run(args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("playground", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	out := flags.String("out", "playground.html", "the file to write")
	sizes := flags.Bool("sizes", false, "print what takes the space")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return errors.New("want flags only")
	}
	b, err := newBuilder()
	if err != nil {
		return err
	}
	defer os.RemoveAll(b.work)
	page, parts, err := b.page()
	if err != nil {
		return err
	}
	if err := os.WriteFile(*out, page, 0o644); err != nil {
		return err
	}
	var packed bytes.Buffer
	z, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if _, err := z.Write(page); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%s: %d bytes, %d as a server sends it by gzip\n", *out, len(page), packed.Len())
	if *sizes {
		for _, p := range parts {
			fmt.Fprintf(stdout, "  %9d  %s\n", p.size, p.what)
		}
	}
	return nil
}

// A part of the page and its size in bytes.
type part struct {
	what string
	size int
}

// A builder makes the page.
type builder struct {
	dir  string // of this package
	work string // a folder of its own
}

func newBuilder() (*builder, error) {
	for _, tool := range []string{"go", "node", "npm", "zstd"} {
		if _, err := exec.LookPath(tool); err != nil {
			return nil, fmt.Errorf("%s is missing", tool)
		}
	}
	list, err := output("", nil, "go", "list", "-f", "{{.Dir}}", "github.com/regimen-go/regimen/examples/playground")
	if err != nil {
		return nil, err
	}
	work, err := os.MkdirTemp("", "playground")
	return &builder{strings.TrimSpace(string(list)), work}, err
}

// page returns the page and what it consists of.
func (b *builder) page() (page []byte, parts []part, err error) {
	program, err := b.program(&parts)
	if err != nil {
		return nil, nil, err
	}
	script, err := b.script(&parts)
	if err != nil {
		return nil, nil, err
	}
	style, err := os.ReadFile(filepath.Join(b.dir, "page", "page.css"))
	if err != nil {
		return nil, nil, err
	}
	frame, err := os.ReadFile(filepath.Join(b.dir, "page", "page.html"))
	if err != nil {
		return nil, nil, err
	}
	digest := sha256.Sum256(script)
	policy := strings.Join([]string{
		"default-src 'none'",
		// The program is compiled, which is the one thing that this allows.
		"script-src 'sha256-" + base64.StdEncoding.EncodeToString(digest[:]) + "' 'wasm-unsafe-eval'",
		"style-src 'unsafe-inline'",
		"img-src data:",
		"form-action 'none'",
		"base-uri 'none'",
	}, "; ")
	replace := strings.NewReplacer("{{policy}}", policy, "{{style}}", string(style), "{{program}}", program, "{{script}}", string(script))
	return []byte(replace.Replace(string(frame))), parts, nil
}

// program compiles the library and returns it compressed, as Base64. Functions are not
// inlined and nothing is kept for debuggers: the page is smaller so by a fifth.
func (b *builder) program(parts *[]part) (string, error) {
	wasm := filepath.Join(b.work, "playground.wasm")
	if _, err := output(b.dir, []string{"GOOS=js", "GOARCH=wasm", "GOFLAGS="}, "go", "build", "-trimpath", "-gcflags=all=-l", "-ldflags=-s -w", "-o", wasm, "."); err != nil {
		return "", err
	}
	plain, err := os.Stat(wasm)
	if err != nil {
		return "", err
	}
	packed, err := output(b.dir, nil, "zstd", "--quiet", "--ultra", "-22", "--stdout", wasm)
	if err != nil {
		return "", err
	}
	text := base64.StdEncoding.EncodeToString(packed)
	*parts = append(*parts, part{"the library as WebAssembly", int(plain.Size())}, part{"compressed by zstd", len(packed)}, part{"in the page, as Base64", len(text)})
	return text, nil
}

// script bundles the scripts of the page with the editor.
func (b *builder) script(parts *[]part) ([]byte, error) {
	for _, name := range []string{"package.json", "package-lock.json"} {
		src, err := os.ReadFile(filepath.Join(b.dir, name))
		if err != nil {
			return nil, err
		}
		// npm asks the registry that it is set up for.
		if strings.Contains(string(src), `"resolved"`) {
			return nil, fmt.Errorf("%s has addresses: take them out", name)
		}
	}
	if _, err := output(b.dir, nil, "npm", "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"); err != nil {
		return nil, err
	}
	root, err := output(b.dir, nil, "go", "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	support := filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js")
	script, err := output(b.dir, nil, filepath.Join("node_modules", ".bin", "esbuild"), "page/app.js", "--bundle", "--minify", "--format=iife", "--target=es2022",
		"--legal-comments=none", "--log-level=warning", "--charset=utf8", "--alias:go-wasm-support="+support)
	if err != nil {
		return nil, err
	}
	// The end of a script element cannot stand in it, nor the begin of a comment.
	script = bytes.ReplaceAll(script, []byte("</script"), []byte(`<\/script`))
	script = bytes.ReplaceAll(script, []byte("<!--"), []byte(`<\!--`))
	*parts = append(*parts, part{"the editor, the schemas and the page's own scripts", len(script)})
	return script, nil
}

// output runs a command and returns what it prints.
func output(dir string, env []string, name string, args ...string) ([]byte, error) {
	c := exec.Command(name, args...)
	c.Dir = dir
	c.Env = append(os.Environ(), env...)
	var problems bytes.Buffer
	c.Stderr = &problems
	out, err := c.Output()
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w\n%s%s", name, args[0], err, out, problems.Bytes())
	}
	return out, nil
}
