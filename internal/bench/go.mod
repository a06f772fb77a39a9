// Benchmarks of regimen against the libraries that do part of its work. They
// are a module of their own so that the library's go.mod names none of them.
module github.com/regimen-go/regimen/internal/bench

go 1.26

require (
	github.com/arran4/golang-ical v0.3.4
	github.com/cockroachdb/apd/v3 v3.2.3
	github.com/emersion/go-ical v0.0.0-20250329121855-f41e73efc392
	github.com/ericlagergren/decimal v0.0.0-20221120152707-495c53812d05
	github.com/govalues/decimal v0.1.36
	github.com/regimen-go/regimen v0.0.0
	github.com/rickb777/date/v2 v2.1.2
	github.com/shopspring/decimal v1.6.0
	github.com/stretchr/testify v1.12.1
	github.com/teambition/rrule-go v1.8.2
	go.yaml.in/yaml/v3 v3.0.5
)

require (
	github.com/rickb777/period v1.0.5 // indirect
	github.com/rickb777/plural v1.4.2 // indirect
)

replace github.com/regimen-go/regimen => ../..
