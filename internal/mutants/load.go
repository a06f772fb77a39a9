package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// guardImports are what the file that is added to a package imports.
var guardImports = []string{"cmp", "os", "strconv", "syscall", "time"}

// A source is a package as it is.
type source struct {
	path  string // import path
	dir   string
	fset  *token.FileSet
	names []string // base names of its files
	files []*ast.File
	text  []string
	info  *types.Info
	pkg   *types.Package
	imp   types.Importer
}

// load reads and checks the package in a directory.
func load(dir string) (*source, error) {
	self, imp, err := listed(dir)
	if err != nil {
		return nil, err
	}
	texts := make([]string, len(self.GoFiles))
	for i, name := range self.GoFiles {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		texts[i] = string(text)
	}
	return check(self.ImportPath, dir, self.GoFiles, texts, imp)
}

// A listing is what go list says of a package.
type listing struct {
	ImportPath, Export, Dir string
	GoFiles                 []string
}

// listed asks the go command for a package, and for what it and the guard import.
func listed(dir string) (listing, types.Importer, error) {
	args := append([]string{"list", "-export", "-deps", "-json=ImportPath,Export,GoFiles,Dir", "."}, guardImports...)
	cmd := exec.Command("go", args...)
	cmd.Dir = dir
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return listing{}, nil, fmt.Errorf("go list: %w\n%s", err, stderr.Bytes())
	}
	exports := map[string]string{}
	var self listing
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listing
		if err := d.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			return listing{}, nil, err
		}
		exports[p.ImportPath] = p.Export
		if p.Dir == dir {
			self = p
		}
	}
	if self.Dir == "" {
		return listing{}, nil, errors.New("go list does not know it")
	}
	open := func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) }
	return self, importer.ForCompiler(token.NewFileSet(), "gc", open), nil
}

// check parses and checks the files of a package.
func check(pkgPath, dir string, names, texts []string, imp types.Importer) (*source, error) {
	s := &source{path: pkgPath, dir: dir, fset: token.NewFileSet(), names: names, text: texts, imp: imp}
	for i, name := range names {
		file, err := parser.ParseFile(s.fset, name, texts[i], parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		s.files = append(s.files, file)
	}
	s.info = &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	var err error
	s.pkg, err = (&types.Config{Importer: imp}).Check(pkgPath, s.fset, s.files, s.info)
	return s, err
}

// offset returns where a position is in the text of its file.
func (s *source) offset(p token.Pos) int { return s.fset.Position(p).Offset }

// short returns a node's text on one line, not too long to read.
func (s *source) short(file int, n ast.Node) string {
	text := strings.Join(strings.Fields(s.text[file][s.offset(n.Pos()):s.offset(n.End())]), " ")
	if r := []rune(text); len(r) > 100 {
		text = string(r[:97]) + "..."
	}
	return text
}
