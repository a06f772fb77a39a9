package sheet

import (
	"bytes"
	"fmt"
	"go/format"
	"html/template"
	"maps"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template/parse"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// pageTemplate is page.html as html/template escapes it, with the style of page.css.
func pageTemplate(t testing.TB) *template.Template {
	t.Helper()
	page, err := os.ReadFile("page.html")
	require.NoError(t, err)
	style, err := os.ReadFile("page.css")
	require.NoError(t, err)
	funcs := template.FuncMap{"raw": func(m markup) template.HTML { return template.HTML(m) }}
	// The style is put in as a text, since html/template keeps the escaped form of a
	// template that is used in a style to itself.
	text := strings.Replace(string(page), `{{template "style"}}`, string(style), 1)
	made, err := template.New("page").Funcs(funcs).Parse(text)
	require.NoError(t, err)
	return made
}

// The files page_gen are what html/template makes of page.html, written down. Run with -update
// after a change of page.html or page.css.
func TestPageIsGenerated(t *testing.T) {
	made := pageTemplate(t)
	require.NoError(t, made.Execute(new(bytes.Buffer), states(t, "en-US").page())) // escapes the templates
	g := generator{template: made, done: map[string]bool{}}
	g.function("page", reflect.TypeFor[*page]())
	for len(g.left) > 0 {
		next := g.left[0]
		g.left = g.left[1:]
		if g.function(next.name, next.of); strings.Count(g.text.String(), "\n") > 350 {
			g.file(t)
		}
	}
	g.file(t)
}

// file compares what was generated with a file, and begins the next one.
func (g *generator) file(t *testing.T) {
	t.Helper()
	g.files++
	name := fmt.Sprintf("page_gen%d.go", g.files)
	source, err := format.Source([]byte("// Code generated from page.html and page.css; DO NOT EDIT.\n\npackage sheet\n\n" + g.text.String()))
	require.NoError(t, err, g.text.String())
	g.text.Reset()
	if *update {
		require.NoError(t, os.WriteFile(name, source, 0o644))
	}
	want, err := os.ReadFile(name)
	require.NoError(t, err)
	assert.True(t, bytes.Equal(want, source), "%s is not what page.html says: run this test with -update", name)
}

// What is written down gives the bytes of html/template, whatever the texts are.
func TestPageIsThatOfTheTemplate(t *testing.T) {
	made := pageTemplate(t)
	for _, form := range []Form{Full, OnePage, StaffSheet} {
		for _, tag := range []string{"en-US", "en-GB", "de", "es", "ar"} {
			for _, text := range []string{
				"plain", `<script>alert(1)</script>`, `" onmouseover='x' + & \`, "`{{.Title}}</style>-->", "%41%zz %", "\x00\u2028\U0001F600\xff", "javascript:alert(1)", "//evil.example/\\\"'()",
			} {
				v := states(t, tag)
				v.Form = form
				hostile(v, text)
				p := v.page()
				var want bytes.Buffer
				require.NoError(t, made.Execute(&want, p))
				got := writePage(nil, p)
				require.Equal(t, want.String(), string(got), "%s %s %q", form, tag, text)
			}
		}
	}
}

// hostile puts a text wherever a sheet has one, also where New would refuse it.
func hostile(v *view, text string) {
	v.Title, v.ZoneName, v.news, v.earlier, v.compared = text, text, []string{text}, text, true
	v.Contacts = []Contact{
		{For: text, Name: text, Phone: text + "1", Mail: text, Page: "https://" + text, Lines: []string{text, text}},
		{For: text, Mail: text},
		{For: text + text, Page: "https://" + text},
		{Lines: []string{text}},
	}
	v.Details, v.Escort, v.Movable = Details{Place: text, Bring: []string{text}, Notes: []string{text}, Home: text}, true, true
	for i := range v.visits {
		at := &v.visits[i]
		at.own, at.mark, at.was, at.name, at.drug = v.Details, text, text, text, text
		for j := range at.doses {
			at.doses[j] = text
		}
		for j := range at.tasks {
			at.tasks[j].text = text
		}
		if at.kind == session {
			at.signs = []sign{{when: text, what: text, dose: text, condition: text}}
		}
	}
	for i := range v.checkpoints {
		v.checkpoints[i].name, v.checkpoints[i].assess = text, text
	}
}

// A generator writes Go for templates: only what page.html needs.
type generator struct {
	template *template.Template
	text     strings.Builder
	left     []job
	done     map[string]bool
	names    int
	files    int
}

type job struct {
	name string
	of   reflect.Type
}

// A scope is what a name stands for.
type scope struct {
	dot  value
	vars map[string]value
}

type value struct {
	code string
	of   reflect.Type
}

func (g *generator) line(format string, args ...any) { fmt.Fprintf(&g.text, format+"\n", args...) }

// functionName returns the name of the function of a template: "writeToDo".
func functionName(template string) string {
	var name strings.Builder
	for _, part := range strings.FieldsFunc(template, func(r rune) bool { return r == '-' || r == '$' || r == '_' || r == '.' }) {
		name.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return "write" + name.String()
}

func (g *generator) call(name string, of reflect.Type) string {
	function := functionName(name)
	if !g.done[function] {
		g.done[function] = true
		g.left = append(g.left, job{name, of})
	}
	return function
}

func typeName(of reflect.Type) string { return strings.ReplaceAll(of.String(), "sheet.", "") }

func (g *generator) function(name string, of reflect.Type) {
	g.done[functionName(name)] = true
	dot := value{"d", of}
	in := scope{dot, map[string]value{"$": dot}}
	nodes := g.template.Lookup(name).Tree.Root.Nodes
	before, style, after := styleOf(nodes)
	if style == nil {
		before, after = nodes, nil
	}
	g.line("func %s(b []byte, d %s) []byte {", functionName(name), typeName(of))
	g.list(&parse.ListNode{Nodes: before}, in)
	if style == nil {
		g.line("return b\n}\n")
		return
	}
	g.line("b = %s(b, d)", functionName("style"))
	g.list(&parse.ListNode{Nodes: after}, in)
	g.line("return b\n}\n")
	g.line("func %s(b []byte, d %s) []byte {", functionName("style"), typeName(of))
	g.list(&parse.ListNode{Nodes: style}, in)
	g.line("return b\n}\n")
}

// styleOf returns what a template has before the text of its style element, that text, and what
// comes after it: the text is what the hash of the style is of, and so has a function of its own.
func styleOf(nodes []parse.Node) (before, style, after []parse.Node) {
	const opens, closes = "<style>", "</style>"
	cut := func(i int, at string) (head, tail *parse.TextNode) {
		text := string(nodes[i].(*parse.TextNode).Text)
		n := strings.Index(text, at)
		return &parse.TextNode{NodeType: parse.NodeText, Text: []byte(text[:n])}, &parse.TextNode{NodeType: parse.NodeText, Text: []byte(text[n:])}
	}
	with := func(text string) int {
		return slices.IndexFunc(nodes, func(n parse.Node) bool {
			t, ok := n.(*parse.TextNode)
			return ok && strings.Contains(string(t.Text), text)
		})
	}
	from, to := with(opens), with(closes)
	if from < 0 || to <= from {
		return nil, nil, nil
	}
	head, first := cut(from, opens)
	last, tail := cut(to, closes)
	head.Text, first.Text = append(head.Text, opens...), first.Text[len(opens):]
	before = append(slices.Clone(nodes[:from]), head)
	style = append(append([]parse.Node{first}, nodes[from+1:to]...), last)
	return before, style, append([]parse.Node{tail}, nodes[to+1:]...)
}

func (g *generator) list(list *parse.ListNode, in scope) {
	if list == nil {
		return
	}
	for _, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.TextNode:
			g.line("b = append(b, %s...)", strconv.Quote(string(node.Text)))
		case *parse.ActionNode:
			g.action(node.Pipe, in)
		case *parse.IfNode:
			g.line("if %s {", condition(g.value(node.Pipe.Cmds[0], in)))
			g.list(node.List, in)
			if node.ElseList != nil {
				g.line("} else {")
				g.list(node.ElseList, in)
			}
			g.line("}")
		case *parse.RangeNode:
			g.loop(node, in)
		case *parse.TemplateNode:
			with := g.value(node.Pipe.Cmds[0], in)
			if with.of.Kind() == reflect.Struct {
				with = value{"&" + with.code, reflect.PointerTo(with.of)}
			}
			g.line("b = %s(b, %s)", g.call(node.Name, with.of), with.code)
		default:
			panic(fmt.Sprintf("page.html has %T %s", node, node))
		}
	}
}

func (g *generator) loop(node *parse.RangeNode, in scope) {
	over := g.value(node.Pipe.Cmds[0], in)
	g.names++
	index, item := fmt.Sprintf("i%d", g.names), fmt.Sprintf("v%d", g.names)
	inner := scope{dot: value{item, over.of.Elem()}, vars: map[string]value{}}
	maps.Copy(inner.vars, in.vars)
	if declared := node.Pipe.Decl; len(declared) == 2 {
		inner.vars[declared[0].Ident[0]] = value{index, reflect.TypeFor[int]()}
		inner.vars[declared[1].Ident[0]] = inner.dot
	}
	at := over.code + "[" + index + "]"
	if over.of.Elem().Kind() == reflect.Struct && over.of.Elem().Size() > 0 {
		inner.dot.of, at = reflect.PointerTo(over.of.Elem()), "&"+at
	}
	if over.of.Elem().Size() == 0 {
		g.line("for range %s {", over.code)
	} else {
		g.line("for %s := range %s {\n%s := %s", index, over.code, item, at)
	}
	g.list(node.List, inner)
	g.line("}")
	if node.ElseList != nil {
		g.line("if len(%s) == 0 {", over.code)
		g.list(node.ElseList, in)
		g.line("}")
	}
}

// value returns what a command stands for: a field, a variable, the dot.
func (g *generator) value(c *parse.CommandNode, in scope) value {
	last := c.Args[len(c.Args)-1]
	switch node := last.(type) {
	case *parse.DotNode:
		return in.dot
	case *parse.FieldNode:
		return fields(in.dot, node.Ident)
	case *parse.VariableNode:
		v, known := in.vars[node.Ident[0]]
		if !known {
			panic("page.html has " + node.String())
		}
		return fields(v, node.Ident[1:])
	default:
		panic(fmt.Sprintf("page.html has %T %s", node, node))
	}
}

func fields(v value, names []string) value {
	for _, name := range names {
		of := v.of
		if of.Kind() == reflect.Pointer {
			of = of.Elem()
		}
		field, found := of.FieldByName(name)
		if !found {
			panic(of.String() + " has no " + name)
		}
		v = value{v.code + "." + name, field.Type}
	}
	return v
}

func condition(v value) string {
	switch v.of.Kind() {
	case reflect.Bool:
		return v.code
	case reflect.String:
		return v.code + ` != ""`
	case reflect.Slice:
		return "len(" + v.code + ") > 0"
	case reflect.Int:
		return v.code + " != 0"
	case reflect.Pointer:
		return v.code + " != nil"
	default:
		panic("a condition of " + v.of.String())
	}
}

// action writes a value with the escapers that html/template put behind it.
func (g *generator) action(pipe *parse.PipeNode, in scope) {
	v := g.value(pipe.Cmds[0], in)
	var escapers []string
	for _, c := range pipe.Cmds[1:] {
		escapers = append(escapers, strings.TrimPrefix(c.Args[0].String(), "_html_template_"))
	}
	if raw, ok := pipe.Cmds[0].Args[0].(*parse.IdentifierNode); ok && raw.Ident == "raw" {
		g.line("b = append(b, %s...)", v.code)
		return
	}
	write := map[string]string{"htmlescaper": "escaped", "attrescaper": "escaped", "rcdataescaper": "escaped", "urlnormalizer attrescaper": "address"}[strings.Join(escapers, " ")]
	if v.of.Kind() == reflect.Int {
		write = "number"
	}
	if write == "" {
		panic(fmt.Sprintf("page.html needs %q for %s", escapers, pipe))
	}
	g.line("b = %s(b, %s)", write, v.code)
}
