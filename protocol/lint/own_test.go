package lint_test

import (
	"encoding/json"
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/protocol/lint"
)

// own is a rule of a clinic.
func own(code lint.Code) lint.Rule {
	return lint.Rule{Code: code, Severity: lint.Warning, Check: func(s *lint.Subject, report lint.Report) {
		report("/route", "%s is not given here", s.Spec.Route)
	}}
}

// Rules of a clinic run after the standard ones, and one that panics stops nothing.
func TestOwnRules(t *testing.T) {
	panics := lint.Rule{Code: "our-panic", Severity: lint.Info, Check: func(s *lint.Subject, report lint.Report) {
		report("/drug", "before")
		report("/phases/99", "of no place")
		panic(io.ErrUnexpectedEOF)
	}}
	together := lint.Rule{Code: "our-panic-too", Severity: lint.Info, Across: func(all []*lint.Subject, report lint.ReportOf) {
		report(0, "", "%d files", len(all))
		report(7, "", "of no file")
		panic("no")
	}}
	s := clean(t)
	s.Labels = nil
	found := lint.Collection([]lint.File{{Name: "a.json", Spec: s, Source: protocol.Format(s)}}, lint.Options{Rules: []lint.Rule{panics, together, own("our-route")}})
	var got []string
	for _, f := range found {
		got = append(got, f.String())
	}
	require.Equal(t, []string{
		`a.json:1:1: info: 1 files [our-panic-too]`,
		`a.json:1:1: violation: the rule "our-panic" failed: unexpected EOF [rule-failed]`,
		`a.json:1:1: warning: /labels: none is stated, and no note says that it was not read [labels-unsaid]`,
		`a.json:6:11: info: /drug: before [our-panic]`,
		`a.json:7:12: warning: /route: intravenous is not given here [our-route]`,
		`a.json:15:13: info: /phases/99: of no place [our-panic]`,
		`info: of no file [our-panic-too]`,
		`violation: the rule "our-panic-too" failed: no [rule-failed]`,
	}, got)
}

// What cannot be a rule is refused by a finding, and the others run.
func TestRefusedRules(t *testing.T) {
	nothing, both, grave := own("our-nothing"), own("our-both"), own("our-grave")
	nothing.Check = nil
	both.Across = func([]*lint.Subject, lint.ReportOf) {}
	grave.Severity = 4
	rules := []lint.Rule{own("our-route"), own("visit-long"), own("rule-failed"), own("our-route"), own("Our_Route"), own(""), nothing, both, grave, {}}
	var got []string
	for _, f := range lint.Check(clean(t), lint.Options{Rules: rules}) {
		got = append(got, f.String())
		assert.Equal(t, f.Code != lint.RuleRefused, f.Severity == lint.Warning)
	}
	require.Equal(t, []string{
		`examplamine-iv: warning: /route: intravenous is not given here [our-route]`,
		`violation: the rule "visit-long" is not run: another rule has the code [rule-refused]`,
		`violation: the rule "rule-failed" is not run: another rule has the code [rule-refused]`,
		`violation: the rule "our-route" is not run: another rule has the code [rule-refused]`,
		`violation: the rule "Our_Route" is not run: want a code of lower-case words with hyphens between them [rule-refused]`,
		`violation: the rule "" is not run: want a code of lower-case words with hyphens between them [rule-refused]`,
		`violation: the rule "our-nothing" is not run: want one function, Check or Across [rule-refused]`,
		`violation: the rule "our-both" is not run: want one function, Check or Across [rule-refused]`,
		`violation: the rule "our-grave" is not run: want a severity, got %!Severity(4) [rule-refused]`,
	}, got)
}

// What is accepted stays in the list with its reason, and what is accepted for nothing
// is a finding.
func TestAccepted(t *testing.T) {
	s := clean(t)
	s.Labels, s.Contraindications = nil, nil
	o := lint.Options{Rules: []lint.Rule{own("our-route"), own("our-route")}, Accepted: []lint.Acceptance{
		{Protocol: "examplamine-iv", Code: "labels-unsaid", Reason: "nobody regulates it", Who: "the pharmacist"},
		{Protocol: "examplamine-iv", Code: "our-route", Place: "/route", Reason: "it is, on Mondays"},
		{Protocol: "examplamine-iv", Code: "contraindications-unsaid", Place: "/phases", Reason: "another place"},
		{Protocol: "examplamine-iv", Code: "visit-long", Reason: "it was"},
		{Protocol: "examplamine-iv", Code: "rule-refused", Reason: "never"},
		{Protocol: "other", Code: "visit-long", Reason: "not looked at here"},
	}}
	var got, open []string
	found := lint.Check(s, o)
	for _, f := range found {
		got = append(got, f.String())
	}
	for _, f := range lint.Open(found) {
		open = append(open, string(f.Code))
	}
	require.Equal(t, []string{
		`examplamine-iv: warning: nothing of "examplamine-iv" is found any more that is accepted as visit-long [acceptance-unused]`,
		`examplamine-iv: warning: nothing of "examplamine-iv" is found any more that is accepted as rule-refused [acceptance-unused]`,
		`examplamine-iv: warning: /contraindications: none is stated, and no note says that they were not read [contraindications-unsaid]`,
		`examplamine-iv: warning: /labels: none is stated, and no note says that it was not read [labels-unsaid], accepted: nobody regulates it`,
		`examplamine-iv: warning: /phases: nothing of "examplamine-iv" is found any more that is accepted as contraindications-unsaid [acceptance-unused]`,
		`examplamine-iv: warning: /route: intravenous is not given here [our-route], accepted: it is, on Mondays`,
		`violation: the rule "our-route" is not run: another rule has the code [rule-refused]`,
	}, got)
	require.Equal(t, []string{"acceptance-unused", "acceptance-unused", "contraindications-unsaid", "acceptance-unused", "rule-refused"}, open)

	together := lint.Collection([]lint.File{{Spec: clean(t)}, {Spec: s}}, lint.Options{Accepted: []lint.Acceptance{{Protocol: "other", Code: "visit-long", Reason: "gone"}}})
	require.Equal(t, `warning: nothing of "other" is found any more that is accepted as visit-long [acceptance-unused]`, together[len(together)-1].String())
}

func TestAcceptedFile(t *testing.T) {
	list := []lint.Acceptance{
		{Protocol: "examplamine-iv", Code: "labels-unsaid", Place: "/labels", Reason: "nobody regulates it", Who: "the pharmacist"},
		{Protocol: "other", Code: "visit-long", Reason: "\"asleep\""},
	}
	src := lint.FormatAccepted(list)
	read, err := lint.ParseAccepted("accepted.json", src)
	require.NoError(t, err)
	require.Equal(t, list, read)

	for _, tt := range []struct{ src, want string }{
		{`{"format":"regimen/1","accepted":[]}`, `a:1:11: /format: want "regimen-lint/1", got "regimen/1" [choice]`},
		{`{"format":"regimen-lint/1"}`, `a:1:1: want the key "accepted" [missing-key]`},
		{`{"format":"regimen-lint/1","accepted":[{"protocol":"a","code":"X","reason":"r"}]}`, `a:1:63: /accepted/0/code: code "X": want the code of a rule, such as visit-long [value]`},
		{`{"format":"regimen-lint/1","accepted":[{"protocol":"a","code":"x","reason":""}]}`, `a:1:76: /accepted/0/reason: reason "": want why the finding is accepted [value]`},
		{`{"format":"regimen-lint/1","accepted":[{"protocol":"a","code":"x","reason":"r","until":"x"}]}`, `a:1:80: /accepted/0/until: want one of the keys "protocol", "code", "place", "reason" or "who", got "until" [unknown-key]`},
		{`[`, `a:1:2: `},
	} {
		_, err := lint.ParseAccepted("a", []byte(tt.src))
		require.ErrorContains(t, err, tt.want)
	}
}

// A finding is one form of JSON.
func TestFindingJSON(t *testing.T) {
	s := clean(t)
	s.Labels = nil
	found := lint.CheckFile(lint.File{Name: "a.json", Spec: s, Source: protocol.Format(s)}, lint.Options{})
	text, err := json.Marshal(found)
	require.NoError(t, err)
	require.Equal(t, `[{"code":"labels-unsaid","severity":"warning","protocol":"examplamine-iv","file":"a.json","line":1,"column":1,"place":"/labels","text":"none is stated, and no note says that it was not read"}]`, string(text))
	var read []lint.Finding
	require.NoError(t, json.Unmarshal(text, &read))
	require.Equal(t, found, read)
	_, err = json.Marshal(lint.Finding{Severity: 4})
	require.ErrorContains(t, err, `severity "%!Severity(4)": want info, warning or violation`)
	require.ErrorContains(t, json.Unmarshal([]byte(`[{"severity":"grave"}]`), &read), `severity "grave": want info, warning or violation`)
}
