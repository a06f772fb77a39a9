package regimen_test

import (
	"go/ast"
	"go/doc"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every name in brackets in a doc comment is a link that leads somewhere: go doc prints
// one that leads nowhere with its brackets, and nobody notices.
func TestDocLinks(t *testing.T) {
	packages := libraryDocs(t)
	links := 0
	for importPath, p := range packages {
		parser := p.Parser()
		known := parser.LookupSym
		parser.LookupSym = func(recv, name string) bool { return known(recv, name) || field(p, recv, name) }
		eachDoc(p, func(where, text string) {
			d := parser.Parse(text)
			eachText(d.Content, func(x comment.Text) {
				switch x := x.(type) {
				case *comment.DocLink:
					links++
					other, ours := packages[x.ImportPath]
					if x.ImportPath == "" || !ours || x.Name == "" {
						return
					}
					assert.True(t, other.Parser().LookupSym(x.Recv, x.Name) || field(other, x.Recv, x.Name), "%s, %s: %s.%s leads nowhere", importPath, where, x.Recv, x.Name)
				case comment.Plain:
					for _, bracket := range bracketed.FindAllString(string(x), -1) {
						t.Errorf("%s, %s: %s leads nowhere", importPath, where, bracket)
					}
				}
			})
		})
	}
	require.Greater(t, links, 1000)
}

// bracketed is what looks like a link to a name of Go.
var bracketed = regexp.MustCompile(`\[\*?([a-z]\w*\.)?[A-Z]\w*(\.[A-Z]\w*)?\]`)

// libraryDocs are the docs of all packages of the library, by import path.
func libraryDocs(t *testing.T) map[string]*doc.Package {
	t.Helper()
	packages := map[string]*doc.Package{}
	for _, root := range []string{"dose", "protocol", "schedule", "internal"} {
		require.NoError(t, filepath.WalkDir(root, func(dir string, entry fs.DirEntry, err error) error {
			if err != nil || !entry.IsDir() {
				return err
			}
			if _, nested := filepath.Glob(filepath.Join(dir, "go.mod")); nested != nil || entry.Name() == "testdata" {
				return filepath.SkipDir
			}
			names, err := filepath.Glob(filepath.Join(dir, "*.go"))
			require.NoError(t, err)
			set := token.NewFileSet()
			var files []*ast.File
			for _, name := range names {
				if strings.HasSuffix(name, "_test.go") {
					continue
				}
				file, err := parser.ParseFile(set, name, nil, parser.ParseComments)
				require.NoError(t, err)
				files = append(files, file)
			}
			if len(files) == 0 || files[0].Name.Name == "main" {
				return nil
			}
			importPath := path.Join("github.com/regimen-go/regimen", filepath.ToSlash(dir))
			p, err := doc.NewFromFiles(set, files, importPath, doc.AllDecls)
			require.NoError(t, err)
			packages[importPath] = p
			return nil
		}))
	}
	require.Greater(t, len(packages), 15)
	return packages
}

// field reports whether a type has such a field, exported or not: go doc links only
// methods, and a comment may name a field in brackets all the same.
func field(p *doc.Package, recv, name string) bool {
	for _, typ := range p.Types {
		if typ.Name != recv {
			continue
		}
		for _, spec := range typ.Decl.Specs {
			s, ok := spec.(*ast.TypeSpec)
			if !ok || s.Name.Name != recv {
				continue
			}
			if of, ok := s.Type.(*ast.StructType); ok {
				for _, f := range of.Fields.List {
					for _, n := range f.Names {
						if n.Name == name {
							return true
						}
					}
				}
			}
		}
	}
	return false
}

// eachDoc calls f with each doc comment of a package, and whose it is.
func eachDoc(p *doc.Package, f func(where, text string)) {
	f("package", p.Doc)
	values := func(list []*doc.Value) {
		for _, v := range list {
			f(strings.Join(v.Names, ", "), v.Doc)
		}
	}
	functions := func(list []*doc.Func) {
		for _, v := range list {
			f(v.Recv+"."+v.Name, v.Doc)
		}
	}
	values(p.Consts)
	values(p.Vars)
	functions(p.Funcs)
	for _, typ := range p.Types {
		f(typ.Name, typ.Doc)
		values(typ.Consts)
		values(typ.Vars)
		functions(typ.Funcs)
		functions(typ.Methods)
		for _, spec := range typ.Decl.Specs {
			s, ok := spec.(*ast.TypeSpec)
			if !ok {
				continue
			}
			ast.Inspect(s.Type, func(n ast.Node) bool {
				if x, ok := n.(*ast.Field); ok {
					f(typ.Name+", field "+strconv.Quote(fieldNames(x)), x.Doc.Text()+"\n"+x.Comment.Text())
				}
				return true
			})
		}
	}
}

func fieldNames(x *ast.Field) string {
	var names []string
	for _, n := range x.Names {
		names = append(names, n.Name)
	}
	return strings.Join(names, ", ")
}

// eachText calls f with each piece of text of blocks, not with code.
func eachText(blocks []comment.Block, f func(comment.Text)) {
	texts := func(list []comment.Text) {
		for _, x := range list {
			f(x)
		}
	}
	for _, block := range blocks {
		switch b := block.(type) {
		case *comment.Paragraph:
			texts(b.Text)
		case *comment.Heading:
			texts(b.Text)
		case *comment.List:
			for _, item := range b.Items {
				eachText(item.Content, f)
			}
		}
	}
}
