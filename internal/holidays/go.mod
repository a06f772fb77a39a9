// The data of public holidays, which the library does not depend on: this
// module makes the clinic files in examples/clinics and checks them against
// other sources. See main.go and check.sh.
module github.com/regimen-go/regimen/internal/holidays

go 1.26

require (
	github.com/regimen-go/regimen v0.0.0
	github.com/rickar/cal/v2 v2.1.13
	github.com/rickb777/date/v2 v2.1.2
)

require (
	github.com/govalues/decimal v0.1.36 // indirect
	github.com/rickb777/period v1.0.5 // indirect
	github.com/rickb777/plural v1.4.2 // indirect
)

replace github.com/regimen-go/regimen => ../..
