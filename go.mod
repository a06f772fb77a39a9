module github.com/regimen-go/regimen

go 1.26

// Two direct dependencies, and testify in tests. Nothing else belongs here:
// tools, peers and outside checkers live in nested modules.
require (
	github.com/govalues/decimal v0.1.36 // exact doses
	github.com/rickb777/date/v2 v2.1.2 // civil dates
	github.com/stretchr/testify v1.12.1 // tests only
)

require (
	github.com/rickb777/period v1.0.5 // indirect
	github.com/rickb777/plural v1.4.2 // indirect
	go.yaml.in/yaml/v3 v3.0.5 // indirect
)
