package scenario

import (
	"context"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"bazaar/internal/shop"
)

// Sheets in a comparison for the shapes that compare sizes: the fewest and the most.
const (
	smallComparison = 2
	largeComparison = 4 * smallComparison
)

// Pools of comparisons are smaller than others: an answer has the texts of several sheets.
const (
	comparisonPool     = 160
	comparisonThorough = 600
	comparisonHeldout  = 400
)

// sheetsPlan is traffic for the data sheets of the catalog service.
type sheetsPlan struct {
	options     Options
	classes     []*class
	sheets      []*Request
	comparisons []*Request
	refusals    []*Request
}

func newSheets(o Options) Plan {
	single := &class{id: "sheets-whole", title: "Every data sheet is the reference's, with all fields and texts"}
	compared := &class{id: "sheets-compared", title: "Every comparison has the reference's rows and texts, in their order"}
	refused := &class{id: "sheets-refusals", title: "Every bad request is refused: 400 bad-sku or bad-comparison, 404 unknown-sheet"}
	p := &sheetsPlan{options: o, classes: classes(single, compared, refused)}
	model := newSheetsModel(shop.New(o.ShopSeed))
	r := source(o.Seed, "sheets/"+o.Shape)
	get := func(path string, c *class, e expectation) *Request {
		return &Request{Method: http.MethodGet, Path: path, Tenant: pick(r, tenants), class: c, expect: e}
	}
	size := comparisonPool
	switch {
	case o.Thorough && o.Shape != Heldout:
		size = comparisonThorough
	case o.Shape == Heldout:
		size = comparisonHeldout
	}
	for i := range size {
		q := p.drawComparison(r, model, o.Thorough && i%3 == 0)
		p.comparisons = append(p.comparisons, get(q.path(r), compared, model.comparison(q)))
	}
	if o.Shape == Small || o.Shape == Large {
		return p
	}
	for _, sku := range p.drawSheets(r, model, 4*size) {
		p.sheets = append(p.sheets, get("/sheets/"+sku, single, model.sheet(sku)))
	}
	for _, bad := range badSheets(r, model) {
		p.refusals = append(p.refusals, get(bad.path, refused, refusal{bad.status, bad.code}))
	}
	return p
}

func (p *sheetsPlan) Stream() Stream {
	switch {
	case p.options.Thorough:
		return newRound(p.options.Seed, slices.Concat(p.sheets, p.comparisons, p.refusals))
	case p.options.Shape == Small || p.options.Shape == Large:
		return newMix(p.options.Seed, []part{{share: 1, pool: p.comparisons}})
	case p.options.Shape == Heldout:
		return newRound(p.options.Seed, slices.Concat(p.sheets, p.comparisons))
	}
	return newMix(p.options.Seed, []part{
		{share: 70, pool: p.comparisons, skewed: true},
		{share: 25, pool: p.sheets, skewed: true},
		{share: 5, pool: p.refusals},
	})
}

func (p *sheetsPlan) Judge(context.Context, Access) (Judge, error) {
	return newStateless(p.classes), nil
}

// drawSheets are different sheets, if there are as many.
func (p *sheetsPlan) drawSheets(r *rand.Rand, model *sheetsModel, count int) []string {
	skus := slices.Clone(model.skus)
	r.Shuffle(len(skus), func(i, j int) { skus[i], skus[j] = skus[j], skus[i] })
	return skus[:min(count, len(skus))]
}

func (p *sheetsPlan) drawComparison(r *rand.Rand, model *sheetsModel, edge bool) comparisonQuery {
	count := 3 + r.IntN(4)
	switch shape := p.options.Shape; {
	case shape == Small:
		count = smallComparison
	case shape == Large:
		count = largeComparison
	case edge:
		count = pick(r, []int{2, 2, 8})
	case p.options.Thorough:
		count = 2 + r.IntN(2)
	case shape == Heldout:
		count = 2 + r.IntN(7)
	}
	q := comparisonQuery{differing: chance(r, 30)}
	for len(q.skus) < count {
		if sku := pick(r, model.skus); !slices.Contains(q.skus, sku) {
			q.skus = append(q.skus, sku)
		}
	}
	return q
}

// path asks for a comparison, with the parameters in any order and separators in any form.
func (q comparisonQuery) path(r *rand.Rand) string {
	params := []string{"skus=" + strings.Join(q.skus, pick(r, []string{",", url.QueryEscape(",")}))}
	if q.differing {
		params = append(params, "differing=1")
	}
	r.Shuffle(len(params), func(i, j int) { params[i], params[j] = params[j], params[i] })
	return "/compare?" + strings.Join(params, "&")
}
