package protocoltest_test

import (
	"fmt"
	"testing/fstest"

	"github.com/regimen-go/regimen/protocol/protocoltest"
)

// A protocol and a calendar that was worked by hand, with a slip in it. In a test the
// file system is os.DirFS of the folder with the files.
func ExampleTestFS() {
	fsys := fstest.MapFS{
		"talks.json":     {Data: []byte(`{"format": "regimen/1", "id": "talks", "version": "1", "phases": [{"name": "talks", "cadence": "2-1"}]}`)},
		"talks.want":     {Data: []byte("contraindications-unsaid /contraindications\nlabels-unsaid /labels\nsource-missing /sources\n")},
		"talks.calendar": {Data: []byte("start 2025-01-06\n\n2025-01-06 1\n2025-01-08 3\n2025-01-13 8\n")},
	}
	fmt.Println(protocoltest.TestFS(fsys, "*.json", protocoltest.Options{}))
	// Output: talks.calendar:4: worked 2025-01-08 3, planned 2025-01-09 4
}
