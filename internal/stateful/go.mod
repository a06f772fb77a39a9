// Random treatments, event by event: what must hold of every plan whatever
// happens to it is tested here with a library that none other needs.
module github.com/regimen-go/regimen/internal/stateful

go 1.26.0

replace github.com/regimen-go/regimen => ../..

require (
	github.com/regimen-go/regimen v0.0.0
	github.com/rickb777/date/v2 v2.1.2
	github.com/stretchr/testify v1.12.1
	pgregory.net/rapid v1.3.0
)

require (
	github.com/govalues/decimal v0.1.36 // indirect
	github.com/rickb777/period v1.0.5 // indirect
	github.com/rickb777/plural v1.4.2 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
)
