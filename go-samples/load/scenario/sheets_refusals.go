package scenario

import (
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
)

// badRequest is a path with the refusal that it must get.
type badRequest struct {
	path   string
	status int
	code   string
}

// badSheets has some requests for each rule that an SKU or a parameter can break.
func badSheets(r *rand.Rand, model *sheetsModel) []badRequest {
	var all []badRequest
	add := func(status int, code string, paths ...string) {
		for _, path := range paths {
			all = append(all, badRequest{path, status, code})
		}
	}
	known := func() string { return pick(r, model.skus) }
	compare := func(skus ...string) string { return "/compare?skus=" + url.QueryEscape(strings.Join(skus, ",")) }
	malformed := []string{"kt-0042", "KT-42", "KT-00042", "KT_0042", "K7-0042", "KT-004x", "KT0042", " KT-0042", "KT-0042 ", "KT-٠٠42", "ÄT-004", "KT-0042;", "../compare"}
	for _, sku := range malformed {
		add(http.StatusBadRequest, "bad-sku", "/sheets/"+url.PathEscape(sku))
		add(http.StatusBadRequest, "bad-comparison", compare(known(), sku), compare(sku, known(), known()))
	}
	many := model.skus[:largeComparison+1]
	twice := known()
	add(http.StatusBadRequest, "bad-comparison",
		"/compare", "/compare?skus=", "/compare?differing=1", compare(known()), compare(many...), compare(",", ""),
		compare(twice, twice), compare(twice, many[0], many[1], twice), compare(model.without[0], "KT-42"),
		compare(many[0], many[1])+"&differing=0", compare(many[0], many[1])+"&differing=", compare(many[0], many[1])+"&differing=yes",
		compare(model.without[0], many[0])+"&differing=true", "/compare?skus="+many[0]+"&skus="+many[1])
	for range 12 {
		without := pick(r, model.without)
		add(http.StatusNotFound, "unknown-sheet", "/sheets/"+without, compare(known(), without), compare(without, known())+"&differing=1")
	}
	add(http.StatusNotFound, "unknown-sheet", "/sheets/ZZ-9999", "/sheets/KT-0000", compare("ZZ-9999", "ZZ-9998"))
	return all
}
