// Which faults would the tests of regimen notice? A module of its own, since
// nothing of the library has to know.
module github.com/regimen-go/regimen/internal/mutants

go 1.26.0

require github.com/stretchr/testify v1.12.1

require go.yaml.in/yaml/v3 v3.0.5 // indirect
