package scenario

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"bazaar/internal/shop"
)

// searchPlan is traffic for the search service.
type searchPlan struct {
	options  Options
	classes  []*class
	answers  []*Request
	refusals []*Request
}

func newSearch(o Options) Plan {
	answered := &class{id: "search-answers", title: "Every query gets the reference's hits, order and scores"}
	refused := &class{id: "search-refusals", title: "Every bad query is refused with 400 bad-query"}
	model := newSearchModel(shop.New(o.ShopSeed))
	p := &searchPlan{options: o, classes: classes(answered, refused)}
	r := source(o.Seed, "search/"+o.Shape)
	size := poolSize
	switch {
	case o.Thorough:
		size = thoroughSize
	case o.Shape == Heldout:
		size = heldoutSize
	}
	for i := range size {
		query := model.query(r, o.Shape, o.Thorough && i%4 == 0)
		limit := drawLimit(r)
		answer := &jsonAnswer{body: mustJSON(model.search(query, limit)), explain: explainSearch}
		p.answers = append(p.answers, searchRequest(r, query, limitText(limit), answered, answer))
	}
	for _, bad := range model.badQueries(r, size/4) {
		request := searchRequest(r, bad.query, bad.limit, refused, refusal{http.StatusBadRequest, "bad-query"})
		p.refusals = append(p.refusals, request)
	}
	return p
}

func (p *searchPlan) Stream() Stream {
	switch {
	case p.options.Thorough, p.options.Shape == Heldout:
		return newRound(p.options.Seed, slices.Concat(p.answers, p.refusals))
	case p.options.Shape == Small || p.options.Shape == Large:
		return newMix(p.options.Seed, []part{{share: 1, pool: p.answers}})
	}
	return newMix(p.options.Seed, []part{
		{share: 94, pool: p.answers, skewed: p.options.Shape == Default},
		{share: 6, pool: p.refusals},
	})
}

func (p *searchPlan) Judge(context.Context, Access) (Judge, error) {
	return newStateless(p.classes), nil
}

// drawLimit draws a limit; 0 stands for none given.
func drawLimit(r *rand.Rand) int {
	switch {
	case chance(r, 50):
		return 0
	case chance(r, 20):
		return pick(r, []int{1, 10, 50})
	}
	return 1 + r.IntN(50)
}

func limitText(limit int) string {
	if limit == 0 {
		return ""
	}
	return strconv.Itoa(limit)
}

// searchRequest asks for a query; noQuery leaves q out, "" leaves the limit out.
func searchRequest(r *rand.Rand, query, limit string, c *class, e expectation) *Request {
	path, separator := "/search", "?"
	if query != noQuery {
		path, separator = path+"?q="+url.QueryEscape(query), "&"
	}
	if limit != "" {
		path += separator + "limit=" + url.QueryEscape(limit)
	}
	return &Request{Method: http.MethodGet, Path: path, Tenant: pick(r, tenants), class: c, expect: e}
}

// explainSearch names what is wrong with an answer to a query.
func explainSearch(want, got []byte) string {
	var expected, seen searchResult
	if json.Unmarshal(want, &expected) != nil || json.Unmarshal(got, &seen) != nil {
		return "search-fields"
	}
	switch {
	case seen.Query != expected.Query:
		return "search-query"
	case seen.Total != expected.Total:
		return "search-total"
	case slices.Equal(seen.Hits, expected.Hits):
		return "search-fields"
	case slices.Equal(sortedHits(seen.Hits), sortedHits(expected.Hits)):
		return "search-order"
	}
	return "search-hits"
}

func sortedHits(hits []searchHit) []searchHit {
	return slices.SortedFunc(slices.Values(hits), func(a, b searchHit) int { return a.ID - b.ID })
}
