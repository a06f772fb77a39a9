package oracle_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/regimen-go/regimen/internal/oracle"
)

func TestParseCanonical(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"3-2-1-1-1", "3-2-1-1-1"},
		{"3-0-2", "3-0-2"},
		{"2/wk x4", "2/wk x4"},
		{"3-3", "3/wk x2"},
		{"1/wk x1", "1"},
		{"7", "7"},
		{"2/wk  x2  then   1", "2/wk x2 then 1"},
		{"3-3 then 3-3", "3/wk x2 then 3/wk x2"},
		{"every 4w", "every 4w"},
		{"every 2w x13 from week 9", "every 2w x13 from week 9"},
		{"every 4w(1w..8w)", "every 4w (1w..8w)"},
		{"every  1mo  (30d..5w)  x2  from  week  9", "every 1mo (30d..5w) x2 from week 9"},
		{"every 14d x2", "every 14d x2"},
		{"days 1,8 of 21 x6", "days 1, 8 of 21 x6"},
		{"days 1,  8  of 21 x6", "days 1, 8 of 21 x6"},
		{"weeks 0,2,   6", "weeks 0, 2, 6"},
		{"weeks 520", "weeks 520"},
		{"as needed", "as needed"},
		{"3 then  as  needed", "3 then as needed"},
		{"every 3650d x1000", "every 3650d x1000"},
		{"1" + strings.Repeat("-2", 998) + "-1", "1" + strings.Repeat("-2", 998) + "-1"},
		{strings.Repeat("1 then ", 63) + "1", strings.Repeat("1 then ", 63) + "1"},
	} {
		got, err := oracle.Parse(c.in)
		require.NoError(t, err, c.in)
		assert.Equal(t, c.want, got.String(), c.in)
		again, err := oracle.Parse(got.String())
		require.NoError(t, err, c.in)
		assert.Equal(t, got, again, c.in)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{
		"", " ", "0", "0-1", "1-0", "8", "3-8", "03", "0/wk x2", "8/wk x2", "2/wk x0", "2/wk x1001", "2/wk x02", "2/wkx4", "2 /wk x4",
		"3 - 2", "3-", "-3", " 3", "3 ", "3\tthen 2", "3 then", "then 3", "3 then then 2", "3then 2", "3 THEN 2", "3 then 2 ",
		"every", "every w", "every 0w", "every 3651d x1", "every 4 w", "every 4w x0", "every 4w x1001", "Every 4w", "every 4y", "every4w",
		"every 4wx2", "every 4w x2 from week 0", "every 4w x2 from week 3651", "every 4w from week", "every 4w from week 9 x2",
		"every 4w (1w..)", "every 4w (5w..8w)", "every 4w (1w..3w)", "every 1mo (31d..8w)", "every 4w (1w .. 8w)", "every 4w ( 1w..8w)", "every 4w (1w..8w)x2",
		"2/wk then 3", "2/wk then as needed", "2/wk then 2/wk", "every 4w then 3", "every 4w then as needed", "every 4w then every 2w x2",
		"days 1, 8 of 21", "days 8, 1 of 21 x2", "days 1, 1 of 21 x2", "days 1, 22 of 21 x2", "days 0 of 21 x2", "days 1 , 8 of 21 x2", "days of 21 x2", "days 1,8, of 21 x2",
		"weeks", "weeks 2, 1", "weeks 521", "weeks 00", "weeks 1 2", "weeks 1,",
		"as needed then 3", "as needed then as needed", "asneeded", "as needed ", "3 then as needed then 2",
		"bi-weekly", "biweekly", "BIW", "TIW", "monthly", "fortnightly",
		strings.Repeat("1 then ", 64) + "1",
		"1" + strings.Repeat("-1", 1000),
		"weeks 0," + strings.Repeat(" ", 4096) + "1",
	} {
		_, err := oracle.Parse(text)
		assert.Error(t, err, "%.40q", text)
	}
}
