package schedule_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/protocol"
	"github.com/regimen-go/regimen/schedule"
	"github.com/regimen-go/regimen/schedule/clinic"
)

// releases has the files that releases of this module wrote: a directory for each
// release, and for each format that was in use before the first one, with a directory
// for each case. They are never changed, and every later version reads them.
const releases = "testdata/releases"

// TestEveryReleaseIsKept asks for the files of each release that the change log has a
// heading of: whoever releases a version adds what it writes.
func TestEveryReleaseIsKept(t *testing.T) {
	log, err := os.ReadFile("../CHANGELOG.md")
	require.NoError(t, err)
	for _, release := range regexp.MustCompile(`(?m)^## \[(\d+\.\d+\.\d+[^\]]*)\]`).FindAllStringSubmatch(string(log), -1) {
		assertKept(t, filepath.Join(releases, "v"+release[1]), "plan.json", "protocol.json", "clinic.json", "events.json", "record.json")
	}
	assertKept(t, filepath.Join(releases, "plan-format-1"), "plan.json", "protocol.json", "clinic.json", "events.json", "record.json")
}

func assertKept(t *testing.T, dir string, names ...string) {
	t.Helper()
	for _, name := range names {
		found, err := filepath.Glob(filepath.Join(dir, "*", name))
		require.NoError(t, err)
		assert.NotEmpty(t, found, "want a case with %s in %s: the files that the release writes", name, dir)
	}
}

// A releasedCase is a directory of files that belong together.
type releasedCase struct {
	dir       string
	protocols []*protocol.Protocol // the first is the one that the plan was made from
	opening   *clinic.Clinic
}

func (c *releasedCase) read(t *testing.T, name string) (src []byte, ok bool) {
	t.Helper()
	src, err := os.ReadFile(filepath.Join(c.dir, name))
	if os.IsNotExist(err) {
		return nil, false
	}
	require.NoError(t, err)
	return src, true
}

func readCase(t *testing.T, dir string) *releasedCase {
	t.Helper()
	c := &releasedCase{dir: dir}
	names, err := filepath.Glob(filepath.Join(dir, "protocol*.json"))
	require.NoError(t, err)
	slices.SortFunc(names, func(a, b string) int {
		return strings.Compare(strings.TrimSuffix(a, ".json"), strings.TrimSuffix(b, ".json"))
	})
	for _, name := range names {
		src, err := os.ReadFile(name)
		require.NoError(t, err)
		spec, err := protocol.Parse(name, src)
		require.NoError(t, err)
		p, err := spec.Compile()
		require.NoError(t, err, name)
		c.protocols = append(c.protocols, p)
	}
	require.NotEmpty(t, c.protocols, dir)
	src, ok := c.read(t, "clinic.json")
	require.True(t, ok)
	spec, err := clinic.Parse("clinic.json", src, time.LoadLocation)
	require.NoError(t, err)
	c.opening, err = clinic.New(spec)
	require.NoError(t, err)
	return c
}

// TestReleasedFilesAreRead reads the files of every release.
func TestReleasedFilesAreRead(t *testing.T) {
	dirs, err := filepath.Glob(filepath.Join(releases, "*", "*"))
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(dirs), 18)
	for _, dir := range dirs {
		t.Run(strings.TrimPrefix(filepath.ToSlash(dir), releases+"/"), func(t *testing.T) {
			t.Parallel()
			c := readCase(t, dir)
			files := 0
			if src, ok := c.read(t, "plan.json"); ok {
				files++
				plan, err := schedule.ParsePlan("plan.json", src, schedule.PlanSource{Protocols: c.protocols, Opening: c.opening})
				require.NoError(t, err)
				assert.Positive(t, plan.Len())
			}
			if src, ok := c.read(t, "events.json"); ok {
				files++
				_, err := schedule.ParseEvents("events.json", src, c.protocols[0], c.protocols[1:]...)
				require.NoError(t, err)
			}
			if src, ok := c.read(t, "record.json"); ok {
				files++
				record, err := schedule.ParseRecord("record.json", src, time.LoadLocation)
				require.NoError(t, err)
				record.Protocol, record.Opening = c.protocols[0], c.opening
				plan, err := record.Plan()
				require.NoError(t, err)
				assert.Positive(t, plan.Len())
			}
			assert.Positive(t, files, "a case has a plan, events or a record")
		})
	}
}
