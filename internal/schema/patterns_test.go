package schema

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/regimen-go/regimen/dose"
	"github.com/regimen-go/regimen/protocol"
)

var update = flag.Bool("update", false, "write the patterns of doses into schema.json")

// The patterns of doses, from the grammar of the package dose. A pattern says what
// a text is made of and in which order; what its numbers have to do with each other
// is checked when the file is read.
const (
	positive = `([1-9][0-9]{0,8}(\.[0-9]+)?|0\.[0-9]*[1-9][0-9]*)`
	share    = `(0\.[0-9]*[1-9][0-9]*|1(\.0+)?)`                 // more than 0, at most 1
	hundred  = `([1-9][0-9]{2}(\.[0-9]+)?|1000(\.0+)?)`          // 100 to 1000
	devices  = `(1 device|([2-9]|[1-9][0-9]{1,2}|1000) devices)` // 1 to 1000
	mode     = `(half up|half even|down|up)`
	period   = `([1-9][0-9]{0,8} s|` + positive + ` (min|h))`
	grams    = positive + ` (mg|mcg|g)`
	mass     = grams
	weight   = positive + ` kg`
	basis    = `actual|ideal|adjusted|lean|ideal-from-BMI`
)

func optional(s string) string { return "(" + s + ")?" }

// bounds are those of one quantity, from low to high, each after a comma.
func bounds(quantity string) string {
	var b strings.Builder
	for _, side := range []string{"hard min", "soft min", "soft max", "hard max"} {
		b.WriteString(optional(", " + side + " " + quantity))
	}
	return b.String()
}

// clauses are what follows an amount, in their order.
func clauses() string {
	return optional(", factor "+share+optional(" above "+hundred+" % of ideal")) +
		optional(", from "+positive+" kg/m2") +
		optional(", below 60 in (linear|clamp|actual)") +
		optional(", where ideal exceeds actual (ideal|actual)") +
		optional(", or "+mass+"( or "+mass+"){0,15}") +
		optional(", floor "+mass) + optional(", cap "+mass) +
		optional(", round "+mass+" "+mode+optional(" within "+positive+" % else "+mass+" "+mode)) +
		optional(", max deviation "+positive+" %") +
		bounds(mass) + bounds(grams+"/kg") + bounds(grams+"/(h|min)") + bounds(grams+"/kg/(h|min)") +
		bounds(grams+"/mL") + bounds(positive+" (mL|L)") + bounds(positive+" (mL/h|mL/min|L/h)") + bounds(period)
}

// amounts are all but the question mark that stands for one.
func amounts() string {
	band := "(" + mass + "|" + grams + "/kg of (" + basis + ") weight)"
	return strings.Join([]string{
		devices + " of " + mass + optional(" "+period+" apart"),
		// Also a single dose without a bound, fixed or per kilogram.
		band + optional(" (over|from) "+weight) +
			"( up to " + weight + "; " + band + " over " + weight + "| below " + weight + "; " + band + " from " + weight + "){0,15}" +
			optional(" (up to|below) "+weight),
		grams + "/m2",
		grams + `/kg of \? weight`,
		grams + "/kg/(h|min) of (" + basis + `|\?) weight for ` + period,
		grams + "/(h|min) for " + period,
		"sum of parts",
	}, "|")
}

func patterns() map[string]string {
	sums := make([]string, 0, 4)
	sides := []string{"hard min", "soft min", "soft max", "hard max"}
	for i, side := range sides {
		sum := side + " " + mass
		for _, next := range sides[i+1:] {
			sum += optional(", " + next + " " + mass)
		}
		sums = append(sums, sum)
	}
	return map[string]string{
		"doseDuration": "^" + period + "$",
		"partStart":    "^" + period + " after (end|start)$",
		"rule":         `^(\?|` + amounts() + ")" + clauses() + "$",
		"limits":       "^(" + strings.Join(sums, "|") + ")$",
	}
}

// schemaFile returns the schema, and its definitions as far as tests need them.
func schemaFile(t *testing.T) (src []byte, defs map[string]struct {
	Pattern    string
	Not        struct{ Const string }
	Properties map[string]struct{ Enum []string }
},
) {
	t.Helper()
	src, err := os.ReadFile(files + "schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Defs json.RawMessage `json:"$defs"`
	}
	if err := json.Unmarshal(src, &doc); err != nil {
		t.Fatal(err)
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(doc.Defs, &raw); err != nil {
		t.Fatal(err)
	}
	defs = map[string]struct {
		Pattern    string
		Not        struct{ Const string }
		Properties map[string]struct{ Enum []string }
	}{}
	for name, def := range raw {
		v := defs[name]
		_ = json.Unmarshal(def, &v) // properties of other kinds are not looked at
		defs[name] = v
	}
	return src, defs
}

// The schema has the patterns above. A question mark alone is no rule, which a
// pattern without looking ahead cannot say: the schema says it beside it.
func TestPatterns(t *testing.T) {
	src, defs := schemaFile(t)
	for name, pattern := range patterns() {
		if defs[name].Pattern == pattern {
			continue
		}
		if !*update {
			t.Errorf("the pattern of %s is out of date: go test ./... -update", name)
			continue
		}
		src = bytes.Replace(src, encoded(t, defs[name].Pattern), encoded(t, pattern), 1)
	}
	if defs["rule"].Not.Const != "?" {
		t.Error("a question mark alone is a rule")
	}
	if *update {
		if err := os.WriteFile(files+"schema.json", src, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func encoded(t *testing.T, s string) []byte {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		t.Fatal(err)
	}
	return bytes.TrimSpace(b.Bytes())
}

// The schema lists the routes that the library knows.
func TestRoutes(t *testing.T) {
	_, defs := schemaFile(t)
	var names []string
	for r := dose.Intravenous; ; r++ {
		if _, err := dose.ParseRoute(r.String()); err != nil {
			break
		}
		names = append(names, r.String())
	}
	if got := defs["preparation"].Properties["route"].Enum; !slices.Equal(got, names) {
		t.Errorf("%q, want %q", got, names)
	}
}

// A writer of random rules, each of a form that can be written, some with a part
// exchanged for one that stands elsewhere.
type ruleWriter struct{ *rand.Rand }

func (w ruleWriter) one(of ...string) string { return of[w.IntN(len(of))] }

func (w ruleWriter) maybe(s string) string { return w.one("", "", s) }

func (w ruleWriter) number() string {
	return w.one("1", "2", "28", "0.5", "0.75", "12.5", "100", "900", "0.000001")
}

func (w ruleWriter) mass() string { return w.number() + " " + w.one("mg", "mcg", "g") }

func (w ruleWriter) time() string { return w.one("40 min", "90 s", "1.5 h", "96 h", "2400 h") }

func (w ruleWriter) basis() string {
	return w.one("actual", "ideal", "adjusted", "lean", "ideal-from-BMI")
}

func (w ruleWriter) amount() string {
	dose := func() string { return w.one(w.mass(), w.mass()+"/kg of "+w.basis()+" weight") }
	switch w.IntN(7) {
	case 0:
		return w.mass()
	case 1:
		return w.mass() + "/kg of " + w.basis() + " weight"
	case 2:
		return w.mass() + "/m2"
	case 3:
		return w.mass() + "/" + w.one("h", "min") + " for " + w.time()
	case 4:
		return w.mass() + "/kg/" + w.one("h", "min") + " of " + w.basis() + " weight for " + w.time()
	case 5:
		return w.one("1 device", "2 devices", "10 devices", "1000 devices") + " of " + w.mass() + w.maybe(" "+w.time()+" apart")
	default:
		if w.IntN(2) == 0 {
			return dose() + " up to 55 kg; " + dose() + " over 55 kg" + w.maybe(" up to 85.5 kg; "+dose()+" over 85.5 kg") + w.maybe(" below 200 kg")
		}
		return dose() + w.maybe(" from 40 kg") + " below 60 kg; " + dose() + " from 60 kg" + w.maybe(" up to 100 kg; "+dose()+" over 100 kg")
	}
}

// rule returns a rule in the order of the grammar.
func (w ruleWriter) rule() string {
	units := [...][]string{
		{"mg", "mcg", "g"},
		{"mg/kg", "mcg/kg", "g/kg"},
		{"mg/h", "mcg/h", "g/h", "mg/min", "mcg/min", "g/min"},
		{"mg/kg/h", "mcg/kg/h", "g/kg/h", "mg/kg/min", "mcg/kg/min", "g/kg/min"},
		{"mg/mL", "mcg/mL", "g/mL"},
		{"mL", "L"},
		{"mL/h", "mL/min", "L/h"},
		{"min", "h"},
	}
	mode := func() string { return w.one("half up", "half even", "down", "up") }
	s := w.amount() +
		w.maybe(", factor "+w.one("0.4", "0.25", "1")+w.maybe(" above "+w.one("120", "100", "130.5", "1000")+" % of ideal")) +
		w.maybe(", from 30 kg/m2") + w.maybe(", below 60 in "+w.one("linear", "clamp", "actual")) +
		w.maybe(", where ideal exceeds actual "+w.one("ideal", "actual")) + w.maybe(", or "+w.one("84 mg", "84 mg or 112 mg", "84 mg or 0.1 g or 112 mg")) +
		w.maybe(", floor "+w.mass()) + w.maybe(", cap "+w.mass()) +
		w.maybe(", round "+w.mass()+" "+mode()+w.maybe(" within "+w.number()+" % else "+w.mass()+" "+mode())) + w.maybe(", max deviation "+w.number()+" %")
	for _, unit := range units {
		for _, side := range []string{"hard min", "soft min", "soft max", "hard max"} {
			if w.IntN(8) == 0 {
				s += ", " + side + " " + w.one("1", "28", "0.5", "90") + " " + w.one(unit...)
			}
		}
	}
	return s
}

// spoil exchanges one word, or two clauses, of a rule. What comes out may be a rule
// as well.
func (w ruleWriter) spoil(s string) string {
	if list := strings.Split(s, ", "); len(list) > 2 && w.IntN(4) == 0 {
		i, j := 1+w.IntN(len(list)-1), 1+w.IntN(len(list)-1)
		list[i], list[j] = list[j], list[i]
		if w.IntN(3) == 0 {
			list[i] = list[j] // twice
		}
		return strings.Join(list, ", ")
	}
	words := strings.Split(s, " ")
	words[w.IntN(len(words))] = w.one("mg", "mg/kg", "g/kg", "kg", "mg/m2", "mL", "mL/h", "mg/kg/h", "mg/mL/h", "ug", "lb", "%", "0", "00", "1.", ".5", "-1", "1,000", "1e3",
		"min", "d", "actual", "total", "half", "up", "nearest", "hard", "soft", "max", "min", "or", "of", "for", "", "from", "over", "below", "within", "else", "above", "2", "ideal", "weight", "device", "devices")
	return strings.Join(words, " ")
}

// What the pattern accepts the parser accepts, and the other way round, but for
// what depends on two numbers or on how large one is.
func TestRulesAgree(t *testing.T) {
	_, defs := schemaFile(t)
	pattern, err := regexp.Compile(defs["rule"].Pattern)
	if err != nil {
		t.Fatal(err)
	}
	w := ruleWriter{rand.New(rand.NewPCG(1, 2))}
	accepted, refused := 0, 0
	for range 20000 {
		text := w.rule()
		if w.IntN(2) == 0 {
			text = w.spoil(text)
		}
		_, err := dose.ParseRule(text)
		if got := pattern.MatchString(text); got != (err == nil) && !beyondPattern(text, err) {
			t.Fatalf("the pattern says %t of\n%s\nbut the parser: %v", got, text, err)
		}
		if err == nil {
			accepted++
		} else {
			refused++
		}
	}
	if accepted < 8000 || refused < 5000 {
		t.Errorf("%d rules accepted, %d refused", accepted, refused)
	}
}

// beyondPattern reports whether the verdict on a rule is one that a pattern cannot
// give: numbers that are too large, out of order, or do not fit together.
func beyondPattern(text string, err error) bool {
	if err == nil {
		return strings.HasPrefix(text, "0 ") || strings.Contains(text, " of 0 ") // nothing: the rule is refused when it is checked
	}
	e, ok := err.(*dose.ParseError)
	return ok && e.Err == dose.ErrRange
}

// Each kind of bound and unit that only one of the two once knew.
func TestRulesByHand(t *testing.T) {
	schema := compile(t)
	for text, want := range map[string]bool{
		"1 g/kg of actual weight, hard max 100 g":                                                                                              true,
		"500 mg below 60 kg; 750 mg from 60 kg up to 100 kg; 1 g over 100 kg":                                                                  true,
		"10 mg/kg of actual weight below 50 kg; 500 mg from 50 kg, hard max 600 mg":                                                            true,
		"432 mg, round 100 mg half up within 10 % else 1 mg half up":                                                                           true,
		"500 mg up to 60 kg; 750 mg from 60 kg":                                                                                                false,
		"10 mg/kg of ? weight below 50 kg; 500 mg from 50 kg, hard max 600 mg":                                                                 false,
		"0.5 mg/kg of adjusted weight, factor 0.4 above 120 % of ideal, below 60 in clamp, where ideal exceeds actual actual, hard max 100 mg": true,
		"0.5 mg/kg of adjusted weight, factor 0.4 above 20 % of ideal, below 60 in clamp, where ideal exceeds actual actual, hard max 100 mg":  false,
		"56 mg, hard max 84 mg, hard max 1 mg/mL/h":                                                                                            false,
		"56 mg, cap 60 mg, floor 50 mg":                                                                                                        false,
		"56 mg, hard max 84 mg, soft max 80 mg":                                                                                                false,
		"1 devices of 28 mg":                                                                                                                   false,
		"56 mg, round exact":                                                                                                                   false,
		"?":                                                                                                                                    false,
		"?, hard max 80 mg":                                                                                                                    true,
		"22 mg/h for 0 h":                                                                                                                      false,
		"40 lb":                                                                                                                                false,
	} {
		file := fmt.Sprintf(`{"format": "regimen/1", "phases": [{"name": "a", "cadence": "1", "minGap": "1 day", "visit": {"administration": "24 h"}, "dose": %q}],
			"parameters": [{"name": "p", "fills": ["maxGap"]}]}`, text)
		file = strings.Replace(file, `"maxGap"`, `"amount"`, 1)
		if text[0] != '?' {
			file = strings.Replace(file, `,
			"parameters": [{"name": "p", "fills": ["amount"]}]`, "", 1)
		}
		var doc any
		if err := json.Unmarshal([]byte(file), &doc); err != nil {
			t.Fatal(err)
		}
		if got := schema.Validate(doc) == nil; got != want {
			t.Errorf("the schema says %t of %q", got, text)
		}
		if _, err := protocol.Parse("f", []byte(file)); (err == nil) != want {
			t.Errorf("the reader says %v of %q", err, text)
		}
	}
}
