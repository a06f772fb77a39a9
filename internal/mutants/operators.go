package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"math/big"
	"slices"
)

// A finder makes the mutants of one file.
type finder struct {
	*source
	file    int
	fn      string
	found   []*mutant
	stack   []ast.Node
	results [][]types.Type // of the functions around, innermost last
	imports map[string]string
}

// mutants returns all mutants of the files whose indices are given, in the order of the
// files, those around others first.
func (s *source) mutants(files []int) []*mutant {
	var all []*mutant
	for _, i := range files {
		f := finder{source: s, file: i}
		for _, d := range s.files[i].Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Body == nil {
					continue
				}
				f.fn = d.Name.Name
				if d.Recv != nil {
					f.fn = receiver(d.Recv.List[0].Type) + "." + f.fn
				}
				f.results = [][]types.Type{f.resultTypes(d.Type)}
				f.walk(d.Body)
			case *ast.GenDecl:
				if d.Tok == token.VAR {
					for _, spec := range d.Specs {
						f.fn = spec.(*ast.ValueSpec).Names[0].Name
						f.results = nil
						f.walk(spec)
					}
				}
			}
		}
		all = append(all, f.found...)
	}
	seen := map[string]int{}
	for _, m := range all {
		m.nth = 1
		key := m.key()
		seen[key]++
		m.nth = seen[key]
	}
	return all
}

func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.IndexListExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	default:
		return "?"
	}
}

func (f *finder) resultTypes(t *ast.FuncType) []types.Type {
	var list []types.Type
	if t.Results != nil {
		for _, field := range t.Results.List {
			for range max(1, len(field.Names)) {
				list = append(list, f.info.Types[field.Type].Type)
			}
		}
	}
	return list
}

// add makes a mutant of a node. Its edits are added to it by wrap and others.
func (f *finder) add(n ast.Node, from, to string) *mutant {
	p := f.fset.Position(n.Pos())
	m := &mutant{file: f.file, name: f.names[f.file], line: p.Line, fn: f.fn, from: from, to: to}
	f.found = append(f.found, m)
	return m
}

// wrap puts text before and after a node; a mutant's number stands for %d in it.
func (f *finder) wrap(m *mutant, n ast.Node, before, after string) {
	m.edits = append(m.edits, edit{f.offset(n.Pos()), 0, opens, before}, edit{f.offset(n.End()), 0, closes, after})
}

// raw returns the text of a node as it is in the file.
func (f *finder) raw(n ast.Node) string { return f.text[f.file][f.offset(n.Pos()):f.offset(n.End())] }

func (f *finder) walk(root ast.Node) {
	ast.Inspect(root, func(n ast.Node) bool {
		if n == nil {
			if _, ok := f.stack[len(f.stack)-1].(*ast.FuncLit); ok {
				f.results = f.results[:len(f.results)-1]
			}
			f.stack = f.stack[:len(f.stack)-1]
			return true
		}
		if e, ok := n.(ast.Expr); ok && f.info.Types[e].IsType() {
			return false
		}
		switch n := n.(type) {
		case *ast.CallExpr:
			if id, ok := n.Fun.(*ast.Ident); ok && id.Name == "panic" {
				return false // reached by nothing that should be
			}
		case *ast.GenDecl:
			if n.Tok == token.CONST {
				return false
			}
		}
		f.stack = append(f.stack, n)
		if lit, ok := n.(*ast.FuncLit); ok {
			f.results = append(f.results, f.resultTypes(lit.Type))
		}
		f.node(n)
		return true
	})
}

// up returns the node that is n levels around the one looked at.
func (f *finder) up(n int) ast.Node {
	if len(f.stack) <= n {
		return nil
	}
	return f.stack[len(f.stack)-1-n]
}

func (f *finder) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		f.binary(n)
	case *ast.UnaryExpr:
		switch n.Op {
		case token.NOT:
			f.wrap(f.add(n, f.short(f.file, n), f.short(f.file, n.X)), n, "((", ") != mutOn(%d))")
		case token.SUB:
			if t := f.named(f.info.Types[n].Type); t != "" && f.info.Types[n].Value == nil {
				f.wrap(f.add(n, f.short(f.file, n), f.short(f.file, n.X)), n, "mutAlt["+t+"](%d, ", ", "+f.raw(n.X)+")")
			}
		}
	case *ast.BasicLit:
		f.literal(n)
	case *ast.IncDecStmt:
		f.step(n)
	case *ast.AssignStmt:
		f.assign(n)
	case *ast.IfStmt:
		f.condition(n.Cond)
		if block, ok := n.Else.(*ast.BlockStmt); ok && len(block.List) > 0 {
			m := f.add(block, "else of if "+f.short(f.file, n.Cond), "nothing")
			m.ends = true
			m.edits = append(m.edits, edit{f.offset(block.Lbrace) + 1, 0, opens, "if !mutOn(%d) {"}, edit{f.offset(block.Rbrace), 0, closes, "}"})
		}
	case *ast.ForStmt:
		if n.Cond != nil {
			f.wrap(f.add(n.Cond, "for "+f.short(f.file, n.Cond), "for false"), n.Cond, "((", ") && !mutOn(%d))")
		}
	case *ast.BlockStmt:
		f.removals(n.List)
	case *ast.CaseClause:
		f.clause(n)
		f.removals(n.Body)
	case *ast.BranchStmt:
		f.branch(n)
	case *ast.ReturnStmt:
		f.returned(n)
	case *ast.CallExpr:
		f.call(n)
	}
}

var boundary = map[token.Token][2]string{
	token.LSS: {"<=", "mutLess"}, token.LEQ: {"<", "mutLessEqual"}, token.GTR: {">=", "mutGreater"}, token.GEQ: {">", "mutGreaterEqual"},
}

var negation = map[token.Token]string{token.LSS: ">=", token.LEQ: ">", token.GTR: "<=", token.GEQ: "<", token.EQL: "!=", token.NEQ: "=="}

var arithmetic = map[token.Token][2]string{
	token.ADD: {"-", "mutAdd"}, token.SUB: {"+", "mutSub"}, token.MUL: {"/", "mutMul"}, token.QUO: {"*", "mutQuo"}, token.REM: {"*", "mutRem"},
}

func (f *finder) binary(n *ast.BinaryExpr) {
	tv := f.info.Types[n]
	if tv.Value != nil {
		return // a constant; its numbers are changed one by one
	}
	if f.roomy(n) {
		return
	}
	text := f.short(f.file, n)
	if to, ok := negation[n.Op]; ok {
		f.wrap(f.add(n, text, "negated, "+to), n, "((", ") != mutOn(%d))")
	}
	if to, ok := boundary[n.Op]; ok {
		f.called(f.add(n, text, to[0]), n, to[1])
	}
	if to, ok := arithmetic[n.Op]; ok && isBasic(tv.Type, types.IsNumeric) {
		f.called(f.add(n, text, to[0]), n, to[1])
	}
	if n.Op == token.LAND || n.Op == token.LOR {
		to := "||"
		if n.Op == token.LOR {
			to = "&&"
		}
		x, y := f.raw(n.X), f.raw(n.Y)
		if len(x)+len(y) < 2000 {
			f.wrap(f.add(n, text, to), n, "func() bool { if mutOn(%d) { return ("+x+") "+to+" ("+y+") }; return ", " }()")
		}
	}
}

// called puts a function of both operands for an operator.
func (f *finder) called(m *mutant, n *ast.BinaryExpr, name string) {
	f.wrap(m, n, name+"(%d, ", ")")
	m.edits = append(m.edits, edit{f.offset(n.OpPos), len(n.Op.String()), replaces, ","})
}

func isBasic(t types.Type, kind types.BasicInfo) bool {
	if t == nil {
		return false
	}
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&kind != 0
}

// literal makes a number one more and one less.
func (f *finder) literal(n *ast.BasicLit) {
	if n.Kind != token.INT {
		return
	}
	t := f.named(f.info.Types[n].Type)
	v, ok := new(big.Int).SetString(n.Value, 0)
	if t == "" || !ok || f.roomy(n) || f.besideError(n) {
		return
	}
	var in string
	if up, ok := f.up(1).(ast.Expr); ok {
		in = " in " + f.short(f.file, up)
	}
	for _, d := range []int64{1, -1} {
		other := new(big.Int).Add(v, big.NewInt(d))
		if other.Sign() < 0 {
			continue
		}
		f.wrap(f.add(n, n.Value+in, other.String()), n, "mutAlt["+t+"](%d, ", ", "+other.String()+")")
	}
}

// failing reports whether a statement returns an error.
func (f *finder) failing(n *ast.ReturnStmt) bool {
	want := f.results[len(f.results)-1]
	last := len(want) - 1
	return last >= 0 && len(want) == len(n.Results) && want[last].String() == "error" && f.short(f.file, n.Results[last]) != "nil"
}

// besideError reports whether a node is returned beside an error.
func (f *finder) besideError(n ast.Expr) bool {
	r, ok := f.up(1).(*ast.ReturnStmt)
	return ok && f.failing(r) && r.Results[len(r.Results)-1] != n
}

// roomy reports whether a node is part of how much room a call makes, which changes
// nothing but its cost.
func (f *finder) roomy(n ast.Node) bool {
	var inner ast.Node = n
	for i := 1; ; i++ {
		switch up := f.up(i).(type) {
		case ast.Stmt, *ast.FuncLit, nil:
			return false
		case *ast.CallExpr:
			switch fun := up.Fun.(type) {
			case *ast.Ident:
				if fun.Name == "make" && len(up.Args) == 3 && up.Args[2] == inner {
					return true
				}
			case *ast.SelectorExpr:
				if (fun.Sel.Name == "Grow" && up.Args[len(up.Args)-1] == inner) || fun.Sel.Name == "Clip" {
					return true
				}
			}
			inner = up
		default:
			inner = up
		}
	}
}

func (f *finder) step(n *ast.IncDecStmt) {
	t := f.named(f.info.Types[n.X].Type)
	if t == "" {
		return
	}
	other, op, by := token.DEC, "+=", "1, -1"
	if n.Tok == token.DEC {
		other, op = token.INC, "-="
	}
	m := f.add(n, f.short(f.file, n), other.String())
	m.edits = append(m.edits, edit{f.offset(n.TokPos), 2, replaces, " " + op + " mutAlt[" + t + "](%d, " + by + ")"})
}

var assigned = map[token.Token]string{token.ADD_ASSIGN: "-=", token.SUB_ASSIGN: "+=", token.MUL_ASSIGN: "/=", token.QUO_ASSIGN: "*="}

func (f *finder) assign(n *ast.AssignStmt) {
	to, ok := assigned[n.Tok]
	if _, inBlock := f.up(1).(*ast.BlockStmt); !ok || !inBlock || !isBasic(f.info.Types[n.Lhs[0]].Type, types.IsNumeric) {
		return
	}
	f.wrap(f.add(n, f.short(f.file, n), to), n, "if mutOn(%d) { "+f.raw(n.Lhs[0])+" "+to+" "+f.raw(n.Rhs[0])+" } else { ", " }")
}

func (f *finder) condition(c ast.Expr) {
	text := "if " + f.short(f.file, c)
	f.wrap(f.add(c, text, "if false"), c, "((", ") && !mutOn(%d))")
	f.wrap(f.add(c, text, "if true"), c, "((", ") || mutOn(%d))")
}

// removals leaves statements out.
func (f *finder) removals(stmts []ast.Stmt) {
	for _, s := range stmts {
		var ok bool
		switch s := s.(type) {
		case *ast.ExprStmt:
			call, is := s.X.(*ast.CallExpr)
			ok = is
			if is {
				if id, is := call.Fun.(*ast.Ident); is && id.Name == "panic" {
					ok = false
				}
			}
		case *ast.AssignStmt:
			id, is := s.Lhs[0].(*ast.Ident)
			ok = s.Tok != token.DEFINE && !(len(s.Lhs) == 1 && is && id.Name == "_")
		case *ast.IncDecStmt, *ast.DeferStmt:
			ok = true
		case *ast.BranchStmt:
			ok = s.Tok == token.CONTINUE || s.Tok == token.BREAK
		}
		if ok {
			f.wrap(f.add(s, f.short(f.file, s), "nothing"), s, "if !mutOn(%d) { ", " }")
		}
	}
}

// clause leaves out a case.
func (f *finder) clause(n *ast.CaseClause) {
	text := "default"
	if n.List != nil {
		text = "case " + f.short(f.file, n.List[0])
		if len(n.List) > 1 {
			text += ", ..."
		}
	}
	s, ok := f.up(2).(*ast.SwitchStmt)
	switch {
	case ok && n.List != nil && s.Tag == nil:
		m := f.add(n, text, "never")
		for _, e := range n.List {
			f.wrap(m, e, "((", ") && !mutOn(%d))")
		}
	case ok && n.List != nil && (isBasic(f.info.Types[s.Tag].Type, types.IsInteger) || isBasic(f.info.Types[s.Tag].Type, types.IsString)):
		t := f.named(f.info.Types[s.Tag].Type)
		if t == "" {
			return
		}
		name := "mutCaseNumber"
		if isBasic(f.info.Types[s.Tag].Type, types.IsString) {
			name = "mutCaseText"
		}
		m := f.add(n, text, "never")
		for _, e := range n.List {
			f.wrap(m, e, name+"["+t+"](%d, ", ")")
		}
	case len(n.Body) > 0:
		m := f.add(n, text, "does nothing")
		m.ends = true
		first, last := n.Body[0], n.Body[len(n.Body)-1]
		m.edits = append(m.edits, edit{f.offset(first.Pos()), 0, opens, "if !mutOn(%d) { "}, edit{f.offset(last.End()), 0, closes, " }"})
	}
}

func (f *finder) branch(n *ast.BranchStmt) {
	if n.Label != nil || n.Tok != token.BREAK && n.Tok != token.CONTINUE {
		return
	}
	switch f.up(1).(type) {
	case *ast.BlockStmt, *ast.CaseClause:
	default:
		return
	}
	to := token.BREAK
	if n.Tok == token.BREAK {
		to = token.CONTINUE
	}
	f.wrap(f.add(n, n.Tok.String(), to.String()), n, "if mutOn(%d) { "+to.String()+" } else { ", " }")
}

func (f *finder) returned(n *ast.ReturnStmt) {
	want := f.results[len(f.results)-1]
	if len(want) != len(n.Results) {
		return
	}
	last := len(want) - 1
	for i, e := range n.Results {
		text := f.short(f.file, e)
		if text == "nil" || text == "0" || text == `""` {
			continue
		}
		if f.failing(n) && i < last {
			continue // nobody looks at what is beside an error
		}
		if isBasic(want[i], types.IsBoolean) {
			switch e := e.(type) {
			case *ast.BinaryExpr:
				continue // changed by itself
			case *ast.UnaryExpr:
				if e.Op == token.NOT {
					continue
				}
			}
			f.wrap(f.add(e, "return "+text, "its opposite"), e, "((", ") != mutOn(%d))")
			continue
		}
		if lit, ok := e.(*ast.CompositeLit); ok && len(lit.Elts) == 0 {
			if _, ok := want[i].Underlying().(*types.Struct); ok {
				continue // zero as it is
			}
		}
		if t := f.named(want[i]); t != "" {
			f.wrap(f.add(e, "return "+text, "zero"), e, "mutZero["+t+"](%d, ", ")")
		}
	}
}

// symmetric are functions to which the order of two arguments is all the same, and make,
// whose numbers are told apart by what they do.
var symmetric = []string{"min", "max", "Equal", "EqualFold", "make"}

// call swaps two arguments of one type.
func (f *finder) call(n *ast.CallExpr) {
	switch f.up(1).(type) {
	case *ast.GoStmt, *ast.DeferStmt:
		return
	}
	switch fun := n.Fun.(type) {
	case *ast.Ident:
		if slices.Contains(symmetric, fun.Name) {
			return
		}
	case *ast.SelectorExpr:
		if slices.Contains(symmetric, fun.Sel.Name) {
			return
		}
	}
	tv := f.info.Types[n]
	whole := f.raw(n)
	if tv.Value != nil || f.info.Types[n.Fun].IsType() || len(whole) > 2000 {
		return
	}
	for i := range len(n.Args) - 1 {
		a, b := n.Args[i], n.Args[i+1]
		ta, tb := f.info.Types[a], f.info.Types[b]
		if ta.Type == nil || tb.Type == nil || ta.IsType() || !types.Identical(ta.Type, tb.Type) || f.raw(a) == f.raw(b) ||
			n.Ellipsis.IsValid() && i+1 == len(n.Args)-1 || ta.Value != nil && tb.Value != nil {
			continue
		}
		text := f.text[f.file]
		swapped := text[f.offset(n.Pos()):f.offset(a.Pos())] + f.raw(b) + text[f.offset(a.End()):f.offset(b.Pos())] + f.raw(a) + text[f.offset(b.End()):f.offset(n.End())]
		from, to := f.short(f.file, n), fmt.Sprintf("arguments %d and %d swapped", i+1, i+2)
		if _, ok := f.up(1).(*ast.ExprStmt); ok {
			f.wrap(f.add(n, from, to), n, "if mutOn(%d) { "+swapped+" } else { ", " }")
			continue
		}
		if t := f.named(tv.Type); t != "" {
			f.wrap(f.add(n, from, to), n, "func() "+t+" { if mutOn(%d) { return "+swapped+" }; return ", " }()")
		}
	}
}
