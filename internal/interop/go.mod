// The library's output read by other people's software, which the library does
// not depend on: this module writes calendars and what has to be read in them. See
// main.go and check.sh.
module github.com/regimen-go/regimen/internal/interop

go 1.26

require github.com/regimen-go/regimen v0.0.0

require (
	github.com/govalues/decimal v0.1.36 // indirect
	github.com/rickb777/date/v2 v2.1.2 // indirect
	github.com/rickb777/period v1.0.5 // indirect
	github.com/rickb777/plural v1.4.2 // indirect
)

replace github.com/regimen-go/regimen => ../..
