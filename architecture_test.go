package regimen_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

const (
	module  = "github.com/regimen-go/regimen"
	dates   = "github.com/rickb777/date/v2"
	decimal = "github.com/govalues/decimal"

	maxLines = 700 // of any Go file
)

// common is what every package may import.
const common = "cmp encoding errors fmt iter maps slices strconv strings"

// packages says what the non-test files of each package may import besides
// common: paths separated by spaces, the module's own beginning with "./",
// a last element * for any one name, and std for the whole standard library.
// A package that is not here is an error, and so is an import: adding a line
// is a decision about the design, made in review.
var packages = map[string]string{
	".": "",

	"dose": "math/big math/bits time unicode/utf8 " + decimal,

	"protocol":              "./dose ./internal/document bytes crypto/sha256 encoding/hex encoding/json io math math/bits time unicode unicode/utf8",
	"protocol/catalog":      "./dose ./protocol embed io/fs",
	"protocol/lint":         "./dose ./protocol ./internal/civil ./internal/course ./internal/document time unicode",
	"protocol/protocoltest": "./dose ./protocol ./protocol/lint ./schedule ./schedule/clinic io/fs path time " + dates,

	"schedule/clinic":         "./internal/civil ./internal/document math/bits time " + dates,
	"schedule":                planning + " ./schedule/clinic ./internal/course ./schedule/internal/pair ./schedule/internal/place crypto/sha256 encoding/base32 encoding/binary encoding/hex encoding/json hash math",
	"schedule/internal/pair":  "",
	"schedule/internal/place": "",

	"schedule/ical":         planning + " ./schedule ./schedule/clinic io math/bits",
	"schedule/fhir":         planning + " ./internal/course ./schedule ./schedule/clinic crypto/sha1 encoding/hex encoding/json math math/big sort unicode",
	"schedule/sheet":        planning + " ./schedule ./schedule/clinic bufio crypto/sha256 encoding/base64 encoding/csv html io",
	"schedule/scheduletest": planning + " ./schedule ./schedule/clinic encoding/json io/fs unicode",

	"internal/civil":    "std " + dates,
	"internal/course":   "./protocol ./internal/civil time",
	"internal/document": "bytes encoding/json unicode unicode/utf16 unicode/utf8",
	"internal/mangle":   "std",
	"internal/oracle":   "std",

	"examples/*": "std ./dose ./protocol ./protocol/* ./schedule ./schedule/* " + dates,
}

// planning is what the packages that know dates have in common.
const planning = "./dose ./protocol ./internal/civil ./internal/document bytes time unicode/utf8 " + dates

// never is what no library package imports, whatever packages says: the
// library reads no clock, file, network or environment, and shares no state.
const never = "C database/sql log log/* math/rand math/rand/* net net/* os os/* plugin reflect sync sync/* syscall unsafe"

// apart are the packages that are not library code: programs, which may read
// clocks and files, and the slow references that only tests import.
var apart = []string{"examples/*", "internal/mangle", "internal/oracle"}

// forbidden are names that library code does not use: functions and variables
// of a package or, where pkg is empty, methods. A final * stands for any end.
// internal/civil alone may use those of the date rule and of the local rule.
var forbidden = []struct{ pkg, name, rule string }{
	{"time", "Now", clockRule},
	{"time", "Since", clockRule},
	{"time", "Until", clockRule},
	{"time", "Local", localRule},
	{"time", "LoadLocation", "the caller passes the zone"},
	{dates, "Today*", clockRule},
	{dates, "Parse*", dateRule},
	{dates, "MustParse*", dateRule},
	{dates, "AutoParse*", dateRule},
	{dates, "MustAutoParse*", dateRule},
	{dates, "NewAt*", dateRule},
	{"", "Midnight*", dateRule},
	{"", "AddDate", dateRule},
	{"", "AddPeriod", dateRule},
}

const (
	clockRule = "the caller passes the instant"
	dateRule  = "only internal/civil turns dates into text, months and instants"
	localRule = "the caller passes the zone, and only internal/civil knows which one to refuse"
)

// vague are names that say nothing about what a package is for.
var vague = []string{"common", "helper", "helpers", "misc", "types", "util", "utils"}

// TestArchitecture holds the module to the rules above.
func TestArchitecture(t *testing.T) {
	require.Empty(t, findings(t, os.DirFS(".")))

	for pkg, imports := range packages {
		for imp := range strings.FieldsSeq(common + " " + imports) {
			if !matches(apart, pkg) && matches(strings.Fields(never), imp) {
				t.Errorf("packages[%q] allows %s", pkg, imp)
			}
		}
	}
}

// findings returns one line for each break of a rule in the Go files of a
// module, in the order of its files. Nested modules and testdata are skipped.
func findings(t *testing.T, fsys fs.FS) []string {
	t.Helper()
	var found []string
	require.NoError(t, fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (d.Name() == "testdata" || strings.ContainsAny(d.Name()[:1], "._")):
			return fs.SkipDir
		case d.IsDir():
			if _, err := fs.Stat(fsys, path.Join(name, "go.mod")); err == nil && name != "." {
				return fs.SkipDir
			}
			return nil
		case path.Ext(name) != ".go":
			return nil
		}
		src, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		c := checker{fset: token.NewFileSet(), name: name, dir: path.Dir(name)}
		if err := c.check(src); err != nil {
			return err
		}
		found = append(found, c.found...)
		return nil
	}))
	return found
}

// A checker collects the findings of one file.
type checker struct {
	fset  *token.FileSet
	name  string
	dir   string
	paths map[string]string // import path by the name it has in the file
	found []string
}

func (c *checker) report(pos token.Pos, format string, args ...any) {
	line := 1
	if pos.IsValid() {
		line = c.fset.Position(pos).Line
	}
	c.found = append(c.found, fmt.Sprintf("%s:%d: ", c.name, line)+fmt.Sprintf(format, args...))
}

func (c *checker) check(src []byte) error {
	file, err := parser.ParseFile(c.fset, c.name, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	if lines := bytes.Count(src, []byte("\n")); lines > maxLines {
		c.report(token.NoPos, "%d lines are more than %d", lines, maxLines)
	}
	pkg := c.dir
	if strings.HasPrefix(pkg, "examples/") {
		pkg = path.Dir(pkg) + "/*"
	}
	allowed, known := packages[pkg]
	if !known {
		c.report(file.Name.Pos(), "package %s is not in the table", c.dir)
	}
	for _, name := range slices.Compact([]string{path.Base(c.dir), strings.TrimSuffix(file.Name.Name, "_test")}) {
		if slices.Contains(vague, name) {
			c.report(file.Name.Pos(), "the name %s says nothing about the package", name)
		}
	}
	if !known || strings.HasSuffix(c.name, "_test.go") {
		return nil
	}
	library := !slices.Contains(apart, pkg)
	c.checkImports(file, strings.Fields(common+" "+allowed), library)
	if library {
		c.checkDecls(file)
	}
	return nil
}

func (c *checker) checkImports(file *ast.File, allowed []string, library bool) {
	c.paths = make(map[string]string)
	for _, spec := range file.Imports {
		imp, _ := strconv.Unquote(spec.Path.Value)
		local := base(imp)
		if spec.Name != nil {
			local = spec.Name.Name
		}
		c.paths[local] = imp

		if rest, ok := strings.CutPrefix(imp, module); ok {
			imp = "." + rest
		}
		first, _, _ := strings.Cut(imp, "/")
		std := slices.Contains(allowed, "std") && !strings.Contains(first, ".")
		switch {
		case local == ".":
			c.report(spec.Pos(), "import of %s hides where names come from", imp)
		case library && matches(strings.Fields(never), imp):
			c.report(spec.Pos(), "no library package imports %s", imp)
		case !std && !matches(allowed, imp):
			c.report(spec.Pos(), "%s may not import %s", c.dir, imp)
		}
	}
}

func (c *checker) checkDecls(file *ast.File) {
	for _, decl := range file.Decls {
		must := false
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			must = strings.HasPrefix(decl.Name.Name, "Must") || decl.Name.Name == "must"
			if decl.Recv == nil && decl.Name.Name == "init" {
				c.report(decl.Pos(), "func init hides work from the caller")
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				if v, ok := spec.(*ast.ValueSpec); ok && decl.Tok == token.VAR && !c.constant(decl, v) {
					c.report(v.Pos(), "package variable %s is shared state", v.Names[0].Name)
				}
			}
		}
		ast.Inspect(decl, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				if n.Name == "float32" || n.Name == "float64" {
					c.report(n.Pos(), "%s is not exact", n.Name)
				}
			case *ast.CallExpr:
				// A function named must may do the panicking for the Must functions.
				if f, ok := n.Fun.(*ast.Ident); ok && (f.Name == "panic" || f.Name == "must") && !must {
					c.report(n.Pos(), "%s outside a Must function", f.Name)
				}
			case *ast.SelectorExpr:
				c.checkSelector(n)
			}
			return true
		})
	}
}

func (c *checker) checkSelector(sel *ast.SelectorExpr) {
	pkg, label := "", "."+sel.Sel.Name
	if x, ok := sel.X.(*ast.Ident); ok && c.paths[x.Name] != "" {
		pkg = c.paths[x.Name]
		label = base(pkg) + label
	}
	for _, f := range forbidden {
		if (f.rule == dateRule || f.rule == localRule) && c.dir == "internal/civil" {
			continue
		}
		ok, _ := path.Match(f.name, sel.Sel.Name)
		if ok && (f.pkg == pkg || f.pkg == "" && !strings.HasPrefix(pkg, module)) {
			c.report(sel.Pos(), "%s: %s", label, f.rule)
		}
	}
}

// base is the name that a package of the given path has where it is not
// renamed.
func base(imp string) string {
	return path.Base(strings.TrimSuffix(imp, "/v2"))
}

// constant reports whether a package-level variable is one in name only: an
// error sentinel, an assertion that a type satisfies an interface, or an
// unexported embedded file.
func (c *checker) constant(decl *ast.GenDecl, v *ast.ValueSpec) bool {
	if v.Names[0].Name == "_" {
		return len(v.Names) == 1 && v.Type != nil
	}
	for _, doc := range []*ast.CommentGroup{decl.Doc, v.Doc} {
		if doc != nil && !v.Names[0].IsExported() && strings.HasPrefix(doc.List[len(doc.List)-1].Text, "//go:embed ") {
			return true
		}
	}
	return len(v.Values) > 0 && !slices.ContainsFunc(v.Values, func(value ast.Expr) bool {
		// An error of another package under a name of this one's.
		if sel, ok := value.(*ast.SelectorExpr); ok {
			return !strings.HasPrefix(sel.Sel.Name, "Err")
		}
		call, ok := value.(*ast.CallExpr)
		if !ok {
			return true
		}
		sel, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || sel.Sel.Name != "New" {
			return true
		}
		x, ok := sel.X.(*ast.Ident)
		return !ok || c.paths[x.Name] != "errors"
	})
}

func matches(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		ok, _ := path.Match(pattern, name)
		return ok
	})
}

// TestArchitectureFindings breaks every rule once and bends none of the
// allowed forms, so that the test above is known to be able to fail.
func TestArchitectureFindings(t *testing.T) {
	const own = module + "/"
	imports := func(pkg, imp string) string { return "package " + pkg + "\n\nimport _ " + strconv.Quote(imp) + "\n" }
	code := func(pkg, imp, body string) string {
		return "package " + pkg + "\n\nimport " + strconv.Quote(imp) + "\n\n" + body + "\n"
	}

	tests := []struct {
		name string
		file string
		src  string
		want []string
	}{
		// Direction.
		{"upward", "dose/x.go", imports("dose", own+"protocol"), []string{"dose/x.go:3: dose may not import ./protocol"}},
		{"upward two", "protocol/x.go", imports("protocol", own+"schedule"), []string{"protocol/x.go:3: protocol may not import ./schedule"}},
		{"catalog from protocol", "protocol/x.go", imports("protocol", own+"protocol/catalog"), []string{"protocol/x.go:3: protocol may not import ./protocol/catalog"}},
		{"clinic from plan", "schedule/x.go", imports("schedule", own+"schedule/clinic"), nil},
		{"plan from clinic", "schedule/clinic/x.go", imports("clinic", own+"schedule"), []string{"schedule/clinic/x.go:3: schedule/clinic may not import ./schedule"}},
		{"sideways", "schedule/ical/x.go", imports("ical", own+"schedule/fhir"), []string{"schedule/ical/x.go:3: schedule/ical may not import ./schedule/fhir"}},
		{"engine upward", "schedule/internal/place/x.go", imports("place", own+"schedule"), []string{"schedule/internal/place/x.go:3: schedule/internal/place may not import ./schedule"}},
		{"engine sideways", "schedule/internal/pair/x.go", imports("pair", own+"schedule/internal/place"), []string{"schedule/internal/pair/x.go:3: schedule/internal/pair may not import ./schedule/internal/place"}},
		{"course from plan", "internal/course/x.go", imports("course", own+"schedule"), []string{"internal/course/x.go:3: internal/course may not import ./schedule"}},
		{"engine beside a clinic", "internal/course/x.go", imports("course", own+"schedule/clinic"), []string{"internal/course/x.go:3: internal/course may not import ./schedule/clinic"}},
		{"civil upward", "internal/civil/x.go", imports("civil", own+"dose"), []string{"internal/civil/x.go:3: internal/civil may not import ./dose"}},
		{"document upward", "internal/document/x.go", imports("document", own+"dose"), []string{"internal/document/x.go:3: internal/document may not import ./dose"}},
		{"oracle upward", "internal/oracle/x.go", imports("oracle", own+"schedule"), []string{"internal/oracle/x.go:3: internal/oracle may not import ./schedule"}},
		{"oracle in library", "schedule/x.go", imports("schedule", own+"internal/oracle"), []string{"schedule/x.go:3: schedule may not import ./internal/oracle"}},
		{"oracle in test", "schedule/x_test.go", imports("schedule_test", own+"internal/oracle"), nil},
		{"internal in example", "examples/calendar/x.go", imports("main", own+"internal/civil"), []string{"examples/calendar/x.go:3: examples/calendar may not import ./internal/civil"}},
		{"downward", "schedule/ical/x.go", imports("ical", own+"schedule"), nil},

		// Imports from outside.
		{"date in dose", "dose/x.go", imports("dose", dates), []string{"dose/x.go:3: dose may not import " + dates}},
		{"date in protocol", "protocol/x.go", imports("protocol", dates), []string{"protocol/x.go:3: protocol may not import " + dates}},
		{"decimal in schedule", "schedule/x.go", imports("schedule", decimal), []string{"schedule/x.go:3: schedule may not import " + decimal}},
		{"testify in library", "dose/x.go", imports("dose", "github.com/stretchr/testify/require"), []string{"dose/x.go:3: dose may not import github.com/stretchr/testify/require"}},
		{"unlisted std", "dose/x.go", imports("dose", "regexp"), []string{"dose/x.go:3: dose may not import regexp"}},
		{"never", "schedule/x.go", imports("schedule", "os"), []string{"schedule/x.go:3: no library package imports os"}},
		{"never, below", "schedule/x.go", imports("schedule", "net/http"), []string{"schedule/x.go:3: no library package imports net/http"}},
		{"never, in civil", "internal/civil/x.go", imports("civil", "sync"), []string{"internal/civil/x.go:3: no library package imports sync"}},
		{"std in example", "examples/calendar/x.go", imports("main", "os"), nil},
		{"dot import", "dose/x.go", "package dose\n\nimport . \"strings\"\n", []string{"dose/x.go:3: import of strings hides where names come from"}},

		// Identifiers.
		{"clock", "schedule/x.go", code("schedule", "time", "func f() time.Time { return time.Now() }"), []string{"schedule/x.go:5: time.Now: the caller passes the instant"}},
		{"clock, renamed", "schedule/x.go", "package schedule\n\nimport t \"time\"\n\nfunc f() t.Time { return t.Now() }\n", []string{"schedule/x.go:5: time.Now: the caller passes the instant"}},
		{"clock in example", "examples/calendar/x.go", code("main", "time", "func f() time.Time { return time.Now() }"), nil},
		{"zone", "schedule/x.go", code("schedule", "time", "func f() *time.Location { return time.Local }"), []string{"schedule/x.go:5: time.Local: " + localRule}},
		{"zone in civil", "internal/civil/x.go", code("civil", "time", "func f(l *time.Location) bool { return l == time.Local }"), nil},
		{"zone by name", "schedule/x.go", code("schedule", "time", "func f() { time.LoadLocation(\"UTC\") }"), []string{"schedule/x.go:5: time.LoadLocation: the caller passes the zone"}},
		{"today", "schedule/x.go", code("schedule", dates, "func f() date.Date { return date.TodayUTC() }"), []string{"schedule/x.go:5: date.TodayUTC: the caller passes the instant"}},
		{"parse", "schedule/x.go", code("schedule", dates, "func f() { date.ParseISO(\"\") }"), []string{"schedule/x.go:5: date.ParseISO: " + dateRule}},
		{"auto parse", "schedule/x.go", code("schedule", dates, "func f() { date.AutoParse(\"\") }"), []string{"schedule/x.go:5: date.AutoParse: " + dateRule}},
		{"from instant", "schedule/x.go", code("schedule", dates, "var _ any = date.NewAt"), []string{"schedule/x.go:5: date.NewAt: " + dateRule}},
		{"midnight", "schedule/x.go", code("schedule", dates, "func f(d date.Date) { d.MidnightUTC() }"), []string{"schedule/x.go:5: .MidnightUTC: " + dateRule}},
		{"add date", "schedule/x.go", code("schedule", dates, "func f(d date.Date) { d.AddDate(0, 1, 0) }"), []string{"schedule/x.go:5: .AddDate: " + dateRule}},
		{"add period", "schedule/x.go", code("schedule", dates, "func f(d date.Date) { d.AddPeriod(p) }"), []string{"schedule/x.go:5: .AddPeriod: " + dateRule}},
		{"through civil", "schedule/x.go", code("schedule", own+"internal/civil", "func f() { civil.MidnightIn() }"), nil},
		{"dates in civil", "internal/civil/x.go", code("civil", dates, "func f(d date.Date) { date.NewAt(d.AddDate(0, 1, 0).MidnightUTC()) }"), nil},
		{"clock in civil", "internal/civil/x.go", code("civil", dates, "func f() date.Date { return date.Today() }"), []string{"internal/civil/x.go:5: date.Today: the caller passes the instant"}},
		{"float64", "dose/x.go", "package dose\n\ntype T struct{ f float64 }\n", []string{"dose/x.go:3: float64 is not exact"}},
		{"float32", "dose/x.go", "package dose\n\nconst f = float32(1)\n", []string{"dose/x.go:3: float32 is not exact"}},
		{"init", "dose/x.go", "package dose\n\nfunc init() {}\n", []string{"dose/x.go:3: func init hides work from the caller"}},
		{"panic", "dose/x.go", "package dose\n\nfunc f() { panic(1) }\n", []string{"dose/x.go:3: panic outside a Must function"}},
		{"panic in Must", "dose/x.go", "package dose\n\nfunc MustParse() { panic(1) }\n", nil},
		{"panic in must", "dose/x.go", "package dose\n\nfunc must(err error) { panic(err) }\n\nfunc MustParse() { must(nil) }\n", nil},
		{"must", "dose/x.go", "package dose\n\nfunc f() { must(nil) }\n", []string{"dose/x.go:3: must outside a Must function"}},
		{"variable", "dose/x.go", "package dose\n\nvar (\n\ta = 1\n\tB []string\n)\n", []string{"dose/x.go:4: package variable a is shared state", "dose/x.go:5: package variable B is shared state"}},
		{"sentinel", "dose/x.go", code("dose", "errors", "var ErrX = errors.New(\"x\")"), nil},
		{"sentinel of another package", "schedule/x.go", code("schedule", own+"internal/document", "var ErrX = document.ErrY"), nil},
		{"variable of another package", "schedule/x.go", code("schedule", own+"internal/document", "var X = document.Y"), []string{"schedule/x.go:5: package variable X is shared state"}},
		{"assertion", "dose/x.go", code("dose", "fmt", "var _ fmt.Stringer = T{}"), nil},
		{"embedded", "protocol/catalog/x.go", "package catalog\n\nimport \"embed\"\n\n//go:embed *.json\nvar files embed.FS\n", nil},
		{"embedded, exported", "protocol/catalog/x.go", "package catalog\n\nimport \"embed\"\n\n//go:embed *.json\nvar Files embed.FS\n", []string{"protocol/catalog/x.go:6: package variable Files is shared state"}},

		// Names and sizes.
		{"unknown", "billing/x.go", "package billing\n", []string{"billing/x.go:1: package billing is not in the table"}},
		{"unknown, test only", "billing/x_test.go", "package billing_test\n", []string{"billing/x_test.go:1: package billing is not in the table"}},
		{"vague folder", "dose/util/x.go", "package util\n", []string{"dose/util/x.go:1: package dose/util is not in the table", "dose/util/x.go:1: the name util says nothing about the package"}},
		{"vague clause", "dose/x.go", "package types\n", []string{"dose/x.go:1: the name types says nothing about the package"}},
		{"long", "dose/x.go", "package dose\n" + strings.Repeat("\n", maxLines), []string{"dose/x.go:1: 701 lines are more than 700"}},
		{"long test", "dose/x_test.go", "package dose\n" + strings.Repeat("\n", maxLines), []string{"dose/x_test.go:1: 701 lines are more than 700"}},
		{"longest", "dose/x.go", "package dose\n" + strings.Repeat("\n", maxLines-1), nil},
		{"testdata", "dose/testdata/x.go", "package misc\n", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			require.Equal(t, test.want, findings(t, fstest.MapFS{test.file: {Data: []byte(test.src)}}))
		})
	}

	t.Run("nested module", func(t *testing.T) {
		require.Empty(t, findings(t, fstest.MapFS{
			"internal/bench/go.mod": {Data: []byte("module bench\n")},
			"internal/bench/x.go":   {Data: []byte("package misc\n")},
		}))
	})
}
