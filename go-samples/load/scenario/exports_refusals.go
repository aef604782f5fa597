package scenario

import (
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
)

// badExports has one request for each rule that parameters can break.
func badExports(r *rand.Rand, brand, category string, c *class) []*Request {
	var all []*Request
	add := func(status int, code string, queries ...string) {
		for _, query := range queries {
			all = append(all, exportsRequest(r, "/export?"+query, c, refusal{status, code}))
		}
	}
	for _, word := range []string{"", " ", "Nord hem", "Nord-hem", "Nordhem1", "Nörd", "a\x00b", "../x", "<brand>", `"`, strings.Repeat("n", 25)} {
		add(http.StatusBadRequest, "bad-export", "brand="+url.QueryEscape(word), "category="+url.QueryEscape(word))
	}
	add(http.StatusBadRequest, "bad-export", "category="+strings.Repeat("k", 17), "category=moon&brand=Nord-hem")
	for _, number := range []string{"", "0", "-1", "+1", " 1", "1.5", "1e3", "0x10", "١", "ten", "99999999999999999999"} {
		query := url.QueryEscape(number)
		add(http.StatusBadRequest, "bad-export", "below="+query, "limit="+query, "brand=Acme&limit="+query)
	}
	add(http.StatusBadRequest, "bad-export", "below=1000000", "limit=3001",
		"brand="+brand+"&brand="+brand, "limit=5&category="+category+"&limit=5", "format=csv", "Brand="+brand, "=x",
		"brand=%zz", "limit=5;below=7", "limit=%", strings.Repeat("x", 2000))
	for _, word := range []string{"Acme", strings.ToLower(brand), strings.ToUpper(brand), brand + "s", brand[1:], strings.Repeat("N", 24)} {
		add(http.StatusNotFound, "unknown-brand", "brand="+word, "brand="+word+"&category=moon", "limit=3&brand="+word)
	}
	for _, word := range []string{"moon", strings.ToUpper(category), category[1:], strings.Repeat("k", 16)} {
		add(http.StatusNotFound, "unknown-category", "category="+word, "category="+word+"&below=100&brand="+brand)
	}
	return all
}
