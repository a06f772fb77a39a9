package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// named returns how a type is written in any file of the package once imports adds what
// it needs, or nothing where it cannot be.
func (f *finder) named(t types.Type) string {
	if t == nil {
		return ""
	}
	if b, ok := t.(*types.Basic); ok && b.Info()&types.IsUntyped != 0 {
		return ""
	}
	if tuple, ok := t.(*types.Tuple); ok && tuple.Len() == 0 {
		return ""
	}
	return types.TypeString(t, func(p *types.Package) string {
		if p == f.pkg {
			return ""
		}
		return alias(p.Path())
	})
}

// alias is the name under which a file that mutants are put into imports a package, so
// that no variable of the code hides it.
func alias(path string) string {
	return "mutimp_" + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, path)
}

// A piece is where in a written file a mutant is.
type piece struct {
	from, to int
	m        *mutant
}

// written returns a file with the mutants in it, and where each is.
func (s *source) written(file int, mutants []*mutant) (string, []piece) {
	type placed struct {
		edit
		seq int
		m   *mutant
	}
	var list []placed
	for seq, m := range mutants {
		if m.file == file && !m.dead {
			for _, e := range m.edits {
				list = append(list, placed{e, seq, m})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b placed) int {
		switch {
		case a.at != b.at:
			return a.at - b.at
		case a.kind != b.kind:
			return a.kind - b.kind
		case a.kind == closes:
			return b.seq - a.seq // the innermost first
		default:
			return a.seq - b.seq
		}
	})
	text := s.text[file]
	var out strings.Builder
	from := map[*mutant]int{}
	to := map[*mutant]int{}
	at := 0
	for _, e := range list {
		out.WriteString(text[at:e.at])
		at = e.at + e.cut
		if _, ok := from[e.m]; !ok {
			from[e.m] = out.Len()
		}
		out.WriteString(strings.ReplaceAll(e.text, "%d", strconv.Itoa(e.m.id)))
		to[e.m] = out.Len()
	}
	out.WriteString(text[at:])
	pieces := make([]piece, 0, len(from))
	for m, start := range from {
		pieces = append(pieces, piece{start, to[m], m})
	}
	slices.SortFunc(pieces, func(a, b piece) int { return a.m.id - b.m.id })
	return s.withImports(file, out.String(), pieces)
}

// withImports adds what the types that mutants name need.
func (s *source) withImports(file int, text string, pieces []piece) (string, []piece) {
	paths := map[string]string{}
	var visit func(*types.Package)
	seen := map[*types.Package]bool{}
	visit = func(p *types.Package) {
		if !seen[p] {
			seen[p] = true
			paths[alias(p.Path())] = p.Path()
			for _, i := range p.Imports() {
				visit(i)
			}
		}
	}
	for _, i := range s.pkg.Imports() {
		visit(i)
	}
	var add strings.Builder
	for _, name := range slices.Sorted(maps.Keys(paths)) {
		if strings.Contains(text, name+".") {
			fmt.Fprintf(&add, "; import %s %q", name, paths[name])
		}
	}
	at := s.offset(s.files[file].Name.End())
	for i := range pieces {
		pieces[i].from += add.Len()
		pieces[i].to += add.Len()
	}
	return text[:at] + add.String() + text[at:], pieces
}

// instrumented returns all files of the package with the mutants in them, by base name,
// and marks those that do not compile as dead.
func (s *source) instrumented(mutants []*mutant) (map[string]string, error) {
	for range 20 {
		fset := token.NewFileSet()
		texts := map[string]string{guardName: guard(s.pkg.Name())}
		pieces := map[string][]piece{}
		for i, name := range s.names {
			texts[name], pieces[name] = s.written(i, mutants)
		}
		var files []*ast.File
		for _, name := range slices.Sorted(maps.Keys(texts)) {
			file, err := parser.ParseFile(fset, name, texts[name], parser.SkipObjectResolution)
			if err != nil {
				return nil, err
			}
			files = append(files, file)
		}
		var dropped int
		var lost error
		conf := types.Config{Importer: s.imp, Error: func(err error) {
			e := err.(types.Error)
			p := fset.Position(e.Pos)
			n := s.drop(pieces[p.Filename], p.Offset, files, e.Pos)
			dropped += n
			if n == 0 {
				lost = err
			}
		}}
		_, err := conf.Check(s.path, fset, files, nil)
		switch {
		case err == nil:
			return texts, nil
		case dropped == 0:
			return nil, fmt.Errorf("%s: %w", fset.Position(lost.(types.Error).Pos), lost)
		}
	}
	return nil, fmt.Errorf("mutants that do not compile remain")
}

// drop marks the mutant as dead in whose text an error is; one that is in none is that
// of a function without a return, and of what may leave it out.
func (s *source) drop(pieces []piece, offset int, files []*ast.File, pos token.Pos) int {
	best := piece{0, 1 << 60, nil}
	for _, p := range pieces {
		if p.from <= offset && offset < p.to && p.to-p.from < best.to-best.from {
			best = p
		}
	}
	if best.m != nil {
		if best.m.dead {
			return 1
		}
		best.m.dead = true
		return 1
	}
	n := 0
	for _, file := range files {
		if file.FileStart > pos || pos > file.FileEnd {
			continue
		}
		for _, d := range file.Decls {
			if d.Pos() > pos || pos > d.End() {
				continue
			}
			from := offset - int(pos-d.Pos())
			for _, p := range pieces {
				if p.m.ends && from <= p.from && p.from <= offset {
					p.m.dead = true
					n++
				}
			}
		}
	}
	return n
}
