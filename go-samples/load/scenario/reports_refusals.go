package scenario

import (
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
)

// badReports has one request for each rule that parameters can break.
func badReports(r *rand.Rand, c *class) []*Request {
	var all []*Request
	add := func(status int, code string, paths ...string) {
		for _, path := range paths {
			all = append(all, reportsRequest(r, path, c, refusal{status, code}))
		}
	}
	for _, region := range []string{"", "North", "north1", "no rth", strings.Repeat("n", 17), "n-s", "../north"} {
		query := "?region=" + url.QueryEscape(region)
		add(http.StatusBadRequest, "bad-report", "/reports/sales.csv"+query, "/reports/summary"+query)
	}
	for _, rows := range []string{"0", "-1", "5001", "abc", "1.5", "1e2", "99999999999999999999"} {
		add(http.StatusBadRequest, "bad-report",
			"/reports/sales.csv?region=north&rows="+rows, "/reports/sales.csv?region=nowhere&rows="+rows)
	}
	for _, day := range []string{"yesterday", "2025-13-01", "2025-02-30", "2025-3-9", "25-03-09", "2025/03/09", "2025-03-09T00:00:00Z", "20250309"} {
		add(http.StatusBadRequest, "bad-report", "/reports/sales.csv?region=south&from="+url.QueryEscape(day))
	}
	add(http.StatusBadRequest, "bad-report", "/reports/sales.csv", "/reports/summary", "/reports/sales.csv?rows=10")
	for _, region := range []string{"mars", "nort", "northh", strings.Repeat("n", 16)} {
		add(http.StatusNotFound, "unknown-region", "/reports/sales.csv?rows=10&region="+region, "/reports/summary?region="+region)
	}
	return all
}
