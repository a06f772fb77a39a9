package clinic

import "github.com/regimen-go/regimen/internal/document"

// The limits of clinic files. A file beyond one is refused before anything in it is
// decoded, by a [*FileProblem] that wraps [ErrFileLimit] and has the code that is
// named here.
const (
	MaxFileSize     = document.MaxSize    // bytes: 1 MiB ("json-size")
	MaxFileDepth    = document.MaxDepth   // objects and lists around a value: 16 ("json-depth")
	MaxFileMembers  = document.MaxMembers // members of an object: 65,536 ("json-count")
	MaxFileElements = document.MaxItems   // elements of a list: 1,048,576 ("json-count")
)

// ErrFileLimit is what a [*FileProblem] wraps that says that a file is beyond one of
// its limits.
var ErrFileLimit = document.ErrLimit
