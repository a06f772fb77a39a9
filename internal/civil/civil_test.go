package civil_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/civil"
	"github.com/regimen-go/regimen/internal/mangle"
)

func TestBounds(t *testing.T) {
	assert.True(t, civil.InRange(date.New(1900, time.January, 1)))
	assert.False(t, civil.InRange(date.New(1899, time.December, 31)))
	assert.True(t, civil.InRange(date.New(2200, time.December, 31)))
	assert.False(t, civil.InRange(date.New(2201, time.January, 1)))
	for _, d := range []date.Date{date.New(1900, 1, 1), date.New(2024, 2, 29), date.New(2200, 12, 31)} {
		assert.Equal(t, d, civil.Date(civil.Day(d)))
	}
}

func TestParse(t *testing.T) {
	for _, tt := range []struct {
		in     string
		offset int
		err    error
	}{
		{"2026-02-28", 0, nil},
		{"2024-02-29", 0, nil},
		{"2000-02-29", 0, nil},
		{"1900-01-01", 0, nil},
		{"2200-12-31", 0, nil},
		{"2026-02-29", 8, civil.ErrDay},
		{"2100-02-29", 8, civil.ErrDay},
		{"2026-02-30", 8, civil.ErrDay},
		{"2026-04-31", 8, civil.ErrDay},
		{"2026-04-00", 8, civil.ErrDay},
		{"2026-13-01", 5, civil.ErrMonth},
		{"2026-00-01", 5, civil.ErrMonth},
		{"1899-12-31", 0, civil.ErrYear},
		{"2201-01-01", 0, civil.ErrYear},
		{"0000-01-01", 0, civil.ErrYear},
		{"", 0, civil.ErrForm},
		{"2026", 4, civil.ErrForm},
		{"2026-1-01", 6, civil.ErrForm},
		{"2026-01-1", 9, civil.ErrForm},
		{"01/02/2026", 2, civil.ErrForm},
		{"2026/01/02", 4, civil.ErrForm},
		{"20260102", 4, civil.ErrForm},
		{"+026-01-02", 0, civil.ErrForm},
		{"2026-+1-01", 5, civil.ErrForm},
		{" 2026-01-01", 0, civil.ErrForm},
		{"2026-01-01 ", 10, civil.ErrForm},
		{"2026-01-01T00:00:00Z", 10, civil.ErrForm},
		{"２026-01-01", 0, civil.ErrForm},
	} {
		t.Run(tt.in, func(t *testing.T) {
			d, offset, err := civil.Parse(tt.in)
			if tt.err == nil {
				require.NoError(t, err)
				assert.Equal(t, tt.in, civil.Format(d))
				return
			}
			require.ErrorIs(t, err, tt.err)
			assert.Equal(t, tt.offset, offset)
			assert.Zero(t, d)
		})
	}
}

// Every text of the right form is accepted exactly when the standard library,
// which does not repair dates either, accepts it.
func TestParseAgainstStandardLibrary(t *testing.T) {
	for year := 1896; year <= 2204; year += 4 {
		for _, y := range []int{year, year + 1} {
			for month := range 15 {
				for _, day := range []int{0, 1, 28, 29, 30, 31, 32} {
					text := string([]byte{
						byte('0' + y/1000), byte('0' + y/100%10), byte('0' + y/10%10), byte('0' + y%10), '-',
						byte('0' + month/10), byte('0' + month%10), '-', byte('0' + day/10), byte('0' + day%10),
					})
					want, wantErr := time.Parse(time.DateOnly, text)
					got, _, err := civil.Parse(text)
					if wantErr != nil || y < 1900 || y > 2200 {
						assert.Error(t, err, text)
						continue
					}
					require.NoError(t, err, text)
					assert.Equal(t, date.New(want.Date()), got)
				}
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"2026-02-28", "2026-02-30", "01/02/2026", "2026-1-1", "", "9999-99-99"} {
		f.Add(s)
	}
	f.Fuzz(mangle.Target(func(t *testing.T, s string) {
		d, _, err := civil.Parse(s)
		want, wantErr := time.Parse(time.DateOnly, s)
		if wantErr != nil || want.Year() < civil.MinYear || want.Year() > civil.MaxYear {
			if err == nil {
				t.Fatalf("Parse(%q) accepts what time.Parse refuses: %v", s, wantErr)
			}
			return
		}
		if err != nil || civil.Format(d) != s {
			t.Fatalf("Parse(%q) = %v, %v", s, d, err)
		}
	}))
}

func TestAddMonths(t *testing.T) {
	for _, tt := range []struct {
		from string
		n    int
		want string
	}{
		{"2025-01-31", 1, "2025-02-28"},
		{"2024-01-31", 1, "2024-02-29"},
		{"2025-01-31", 2, "2025-03-31"},
		{"2025-01-31", 3, "2025-04-30"},
		{"2025-03-31", -1, "2025-02-28"},
		{"2025-01-15", -1, "2024-12-15"},
		{"2025-12-15", 1, "2026-01-15"},
		{"2025-01-31", 13, "2026-02-28"},
		{"2025-06-30", 0, "2025-06-30"},
	} {
		from, _, err := civil.Parse(tt.from)
		require.NoError(t, err)
		assert.Equal(t, tt.want, civil.Format(civil.AddMonths(from, tt.n)), "%s %+d", tt.from, tt.n)
	}
}

func TestDays(t *testing.T) {
	a, b := date.New(2024, 2, 28), date.New(2024, 3, 1)
	assert.Equal(t, 2, civil.Days(a, b))
	assert.Equal(t, -2, civil.Days(b, a))
	assert.Equal(t, b, civil.AddDays(a, 2))
	assert.Equal(t, a, civil.AddDays(b, -2))
}

// The expected instants follow from RFC 5545 section 3.3.5 and the published
// clock changes of each zone; three of them are where time.Date differs.
func TestResolve(t *testing.T) {
	for _, tt := range []struct {
		zone, date string
		hour, min  int
		want       string
		how        civil.Resolution
	}{
		{"America/New_York", "2026-03-08", 1, 30, "2026-03-08T06:30:00Z", civil.Once},
		{"America/New_York", "2026-03-08", 2, 0, "2026-03-08T07:00:00Z", civil.Gap},
		{"America/New_York", "2026-03-08", 2, 30, "2026-03-08T07:30:00Z", civil.Gap},
		{"America/New_York", "2026-03-08", 3, 0, "2026-03-08T07:00:00Z", civil.Once},
		{"America/New_York", "2026-11-01", 0, 59, "2026-11-01T04:59:00Z", civil.Once},
		{"America/New_York", "2026-11-01", 1, 30, "2026-11-01T05:30:00Z", civil.Fold},
		{"America/New_York", "2026-11-01", 2, 0, "2026-11-01T07:00:00Z", civil.Once},
		{"Europe/London", "2026-10-25", 1, 30, "2026-10-25T00:30:00Z", civil.Fold},
		{"Europe/London", "2025-03-30", 9, 0, "2025-03-30T08:00:00Z", civil.Once},
		{"Australia/Sydney", "2026-04-05", 2, 30, "2026-04-04T15:30:00Z", civil.Fold},
		{"Australia/Lord_Howe", "2026-10-04", 2, 15, "2026-10-03T15:45:00Z", civil.Gap},
		{"Australia/Lord_Howe", "2026-04-05", 1, 45, "2026-04-04T14:45:00Z", civil.Fold},
		{"Asia/Beirut", "2026-03-29", 0, 30, "2026-03-28T22:30:00Z", civil.Gap},
		{"America/Sao_Paulo", "2018-11-04", 0, 0, "2018-11-04T03:00:00Z", civil.Gap},
		{"Pacific/Apia", "2011-12-30", 12, 0, "2011-12-30T22:00:00Z", civil.Gap},
		{"UTC", "2026-06-01", 24, 0, "2026-06-02T00:00:00Z", civil.Once},
		{"Asia/Kolkata", "2026-06-01", 0, 0, "2026-05-31T18:30:00Z", civil.Once},
	} {
		t.Run(tt.zone+" "+tt.date, func(t *testing.T) {
			location, err := time.LoadLocation(tt.zone)
			require.NoError(t, err)
			d, _, err := civil.Parse(tt.date)
			require.NoError(t, err)
			at, how := civil.NewZone(location).Instant(d, tt.hour*60+tt.min)
			assert.Equal(t, tt.want, at.UTC().Format(time.RFC3339))
			assert.Equal(t, tt.how, how)
		})
	}
}

// What a Zone remembers never changes what it answers: a fresh Zone for every
// question agrees, whatever the order of the questions.
func TestZoneRemembersNothingWrong(t *testing.T) {
	for _, name := range []string{"America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "UTC"} {
		location, err := time.LoadLocation(name)
		require.NoError(t, err)
		kept := civil.NewZone(location)
		day := date.New(2010, 1, 1)
		for i := range 4000 {
			d := civil.AddDays(day, i*7919%9000)
			minute := i * 37 % 1441
			got, how := kept.Resolve(d, minute)
			want, wantHow := civil.NewZone(location).Resolve(d, minute)
			require.Equal(t, want, got, "%s %s %d", name, civil.Format(d), minute)
			require.Equal(t, wantHow, how)

			gotDate, gotMinute := kept.Read(got)
			local := time.Unix(got, 0).In(location)
			require.Equal(t, civil.Of(local, location), gotDate)
			require.Equal(t, local.Hour()*60+local.Minute(), gotMinute)
			if how == civil.Once && minute < 1440 {
				require.Equal(t, d, gotDate)
				require.Equal(t, minute, gotMinute)
			}
		}
	}
}

func TestNoAllocation(t *testing.T) {
	zone := civil.NewZone(time.UTC)
	d := date.New(2026, 3, 8)
	buf := make([]byte, 0, 16)
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		unix, _ := zone.Resolve(d, 600)
		zone.Read(unix)
		buf = civil.AppendDate(buf[:0], d)
	}))
}

// TestAppendDate compares every day of the range, and what lies around it, with package time.
func TestAppendDate(t *testing.T) {
	from, to := date.New(civil.MinYear-1, time.January, 1), date.New(civil.MaxYear+1, time.December, 31)
	at := from.MidnightUTC()
	var buf, want []byte
	for d := from; d <= to; d++ {
		buf, want = civil.AppendDate(buf[:0], d), at.AppendFormat(want[:0], time.DateOnly)
		if string(buf) != string(want) {
			t.Fatalf("%d: %s, want %s", d, buf, want)
		}
		at = at.AddDate(0, 0, 1)
	}
	for _, far := range []date.Date{date.New(1, time.January, 1), date.New(999, time.December, 31), date.New(9999, time.December, 31)} {
		assert.Equal(t, far.MidnightUTC().Format(time.DateOnly), civil.Format(far))
	}
	for want, far := range map[string]date.Date{"+10000-01-01": date.New(10000, time.January, 1), "-0001-12-31": date.New(-1, time.December, 31), "+12345-06-07": date.New(12345, time.June, 7)} {
		assert.Equal(t, want, civil.Format(far))
	}
}
