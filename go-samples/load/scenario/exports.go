package scenario

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"

	"bazaar/internal/shop"
)

// Offers in an export for the shapes that compare sizes.
const (
	smallOffers = 8
	largeOffers = 4 * smallOffers
)

const (
	// hugeEvery is how seldom somebody fetches everything, or nearly; twice as often in a
	// thorough run.
	hugeEvery = 2000

	wholeCount = 24 // different ones
	leastWhole = 2400
)

// exportsPlan is traffic for the gateway's exports.
type exportsPlan struct {
	options    Options
	model      *exportsModel
	categories []string
	classes    []*class
	exports    []*Request
	whole      []*Request
	refusals   []*Request
}

func newExports(o Options) Plan {
	some := &class{id: "exports", title: "Every export has its offers, byte for byte"}
	whole := &class{id: "whole-exports", title: "So has every export of thousands of offers"}
	refused := &class{id: "export-refusals", title: "Every bad selection is refused: 400 bad-export, 404 unknown-brand, unknown-category"}
	p := &exportsPlan{options: o, model: newExportsModel(shop.New(o.ShopSeed)), classes: classes(some, whole, refused)}
	for _, product := range p.model.shop.Products {
		if !slices.Contains(p.categories, product.Category) {
			p.categories = append(p.categories, product.Category)
		}
	}
	r := source(o.Seed, "exports/"+o.Shape)
	size := poolSize
	switch {
	case o.Shape == Heldout:
		size = heldoutSize
	case o.Thorough:
		size = thoroughSize
	}
	for range size {
		p.exports = append(p.exports, p.request(r, p.draw(r), some))
	}
	for n := range wholeCount {
		p.whole = append(p.whole, p.request(r, drawWhole(r, n), whole))
	}
	p.refusals = badExports(r, pick(r, p.model.shop.Brands), pick(r, p.categories), refused)
	return p
}

func (p *exportsPlan) Stream() Stream {
	switch shape := p.options.Shape; {
	case shape == Huge:
		return newRound(p.options.Seed, p.whole)
	case shape == Small || shape == Large:
		return newMix(p.options.Seed, []part{{share: 1, pool: p.exports}})
	case p.options.Thorough || shape == Heldout:
		pool := slices.Concat(p.exports, p.refusals)
		every := hugeEvery
		if p.options.Thorough {
			every /= 2
		}
		return newSeldom(newRound(p.options.Seed, pool), p.whole, every)
	}
	mixed := newMix(p.options.Seed, []part{
		{share: 95, pool: p.exports, skewed: true},
		{share: 5, pool: p.refusals},
	})
	return newSeldom(mixed, p.whole, hugeEvery)
}

func (p *exportsPlan) Judge(context.Context, Access) (Judge, error) {
	return newStateless(p.classes), nil
}

// selection is what an export is asked for; zero values stand for not given.
type selection struct {
	brand, category string
	below, limit    int
}

func (p *exportsPlan) draw(r *rand.Rand) selection {
	ask := selection{brand: pick(r, p.model.shop.Brands)}
	switch shape := p.options.Shape; {
	case shape == Small:
		ask.limit = smallOffers
	case shape == Large:
		ask.limit = largeOffers
	case shape == Heldout:
		ask.limit = 1 + r.IntN(24)
		if chance(r, 30) {
			ask.category = pick(r, p.categories)
		}
	case p.options.Thorough && chance(r, 20):
		ask = drawEdge(r, p.model.shop.Brands, p.categories)
	case chance(r, 15):
		ask.limit = 4 + r.IntN(12)
	default:
		ask.category = pick(r, p.categories)
		if chance(r, 20) {
			ask.below = 1000 + r.IntN(100_000)
		}
	}
	return ask
}

// drawEdge asks for bounds, for nothing, and for a brand or a category whole.
func drawEdge(r *rand.Rand, brands, categories []string) selection {
	return pick(r, []selection{
		{limit: 1}, {limit: 1 + r.IntN(64)}, {below: 1}, {below: 99}, {below: 100 + r.IntN(400)},
		{brand: pick(r, brands)}, {brand: pick(r, brands), below: 999_999}, {brand: pick(r, brands), limit: 3000},
		{category: pick(r, categories), limit: 1 + r.IntN(32)},
	})
}

// drawWhole asks for everything, or for most of it.
func drawWhole(r *rand.Rand, n int) selection {
	if n == 0 {
		return selection{}
	}
	return selection{limit: leastWhole + r.IntN(shop.ProductCount-leastWhole)}
}

func (s selection) query() string {
	var all []string
	if s.brand != "" {
		all = append(all, "brand="+s.brand)
	}
	if s.category != "" {
		all = append(all, "category="+s.category)
	}
	if s.below > 0 {
		all = append(all, fmt.Sprintf("below=%d", s.below))
	}
	if s.limit > 0 {
		all = append(all, fmt.Sprintf("limit=%d", s.limit))
	}
	return strings.Join(all, "&")
}

func (p *exportsPlan) request(r *rand.Rand, ask selection, c *class) *Request {
	path := "/export"
	if query := ask.query(); query != "" {
		path += "?" + query
	}
	return exportsRequest(r, path, c, p.model.answer(ask))
}

func exportsRequest(r *rand.Rand, path string, c *class, e expectation) *Request {
	return &Request{Method: http.MethodGet, Path: path, Tenant: pick(r, tenants), class: c, expect: e}
}
