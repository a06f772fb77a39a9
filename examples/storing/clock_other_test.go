//go:build !unix

package storing

import "time"

// processorTime is not known here.
func processorTime() time.Duration { return 0 }
