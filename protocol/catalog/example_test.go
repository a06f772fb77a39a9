package catalog_test

import (
	"fmt"

	"github.com/regimen-go/regimen/protocol/catalog"
)

// An entry does not compile until somebody responsible has said what its sources leave
// open.
func ExampleLookup() {
	spec, ok := catalog.Lookup("ketamine-iv-taper")
	if !ok {
		fmt.Println("no such entry")
		return
	}
	fmt.Println(spec.Title)
	for _, p := range spec.Parameters {
		fmt.Println("open:", p.Name)
	}
	_, err := spec.Compile()
	fmt.Println("compiles:", err == nil)
	// Output:
	// Intravenous ketamine, 3-2-1-1-1 a week, then about monthly
	// open: maintenance
	// open: dose
	// open: basis
	// open: rounding
	// open: maximum
	// open: min-gap
	// open: administration
	// open: observation
	// compiles: false
}
