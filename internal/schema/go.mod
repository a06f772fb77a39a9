// The schema for editors, protocol/schema.json, is tested here against the
// reader, and all schemas by check.sh against what the library writes: a validator is
// nothing that the library should depend on.
module github.com/regimen-go/regimen/internal/schema

go 1.26.0

require (
	github.com/regimen-go/regimen v0.0.0
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.3
)

require (
	github.com/govalues/decimal v0.1.36 // indirect
	github.com/rickb777/date/v2 v2.1.2 // indirect
	github.com/rickb777/period v1.0.5 // indirect
	github.com/rickb777/plural v1.4.2 // indirect
	golang.org/x/text v0.16.0 // indirect
)

replace github.com/regimen-go/regimen => ../..
