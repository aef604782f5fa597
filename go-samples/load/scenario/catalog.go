package scenario

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"bazaar/internal/shop"
)

// Sizes of a list in offers of each feed for the shapes that compare sizes.
const (
	smallTop = 140
	largeTop = 4 * smallTop
)

// catalogPool is smaller than other pools: a list takes the slow service milliseconds.
const catalogPool = 128

// Thorough traffic asks for a whole collection once in wholeEvery requests: the slow service
// needs some tens of milliseconds for it.
const wholeEvery = 100

// catalogPlan is traffic for the catalog service.
type catalogPlan struct {
	options  Options
	classes  []*class
	lists    []*Request
	wholes   []*Request
	overview []*Request
	refusals []*Request
}

func newCatalog(o Options) Plan {
	whole := &class{id: "catalog-whole", title: "Every page of a whole collection is the reference's"}
	chosen := &class{id: "catalog-chosen", title: "Every page of a list of chosen offers is the reference's"}
	overview := &class{id: "catalog-overview", title: "The overview has all collections and feeds"}
	refused := &class{id: "catalog-refusals", title: "Every bad request is refused: 400 bad-list, 404 unknown-collection"}
	p := &catalogPlan{options: o, classes: classes(whole, chosen, overview, refused)}
	model := newCatalogModel(shop.New(o.ShopSeed))
	r := source(o.Seed, "catalog/"+o.Shape)
	size := catalogPool
	switch {
	case o.Thorough:
		size = thoroughSize
	case o.Shape == Heldout:
		size *= 4
	}
	page := func(q pageQuery) *Request {
		c := chosen
		if q.isWhole() {
			c = whole
		}
		return catalogRequest(r, q.path(r), c, model.page(q))
	}
	for i := range size {
		p.lists = append(p.lists, page(p.drawPage(r, model, o.Thorough && i%4 == 0)))
	}
	for _, collection := range model.overview.Collections {
		for range 2 {
			q := pageQuery{collection: collection, top: notGiven, max: notGiven, offset: r.IntN(1500), limit: notGiven}
			p.wholes = append(p.wholes, page(q))
		}
	}
	answer := &jsonAnswer{body: mustJSON(model.overview), explain: func(_, _ []byte) string { return "catalog-fields" }}
	p.overview = append(p.overview, catalogRequest(r, "/collections", overview, answer))
	p.refusals = badLists(r, model, refused)
	return p
}

func (p *catalogPlan) Stream() Stream {
	switch {
	case p.options.Thorough:
		pool := slices.Concat(p.lists, p.refusals, p.overview)
		return newSeldom(newRound(p.options.Seed, pool), p.wholes, wholeEvery)
	case p.options.Shape == Small || p.options.Shape == Large:
		return newMix(p.options.Seed, []part{{share: 1, pool: p.lists}})
	case p.options.Shape == Heldout:
		return newRound(p.options.Seed, p.lists)
	}
	return newMix(p.options.Seed, []part{
		{share: 90, pool: p.lists, skewed: true},
		{share: 5, pool: p.overview},
		{share: 5, pool: p.refusals},
	})
}

func (p *catalogPlan) Judge(context.Context, Access) (Judge, error) {
	return newStateless(p.classes), nil
}

// drawPage draws a page that is somewhere in its list, most often at the start.
func (p *catalogPlan) drawPage(r *rand.Rand, model *catalogModel, edge bool) pageQuery {
	q := pageQuery{collection: pick(r, model.overview.Collections), top: notGiven, max: notGiven, offset: notGiven, limit: notGiven}
	switch shape := p.options.Shape; {
	case shape == Small:
		return sizedPage(r, q, smallTop)
	case shape == Large:
		return sizedPage(r, q, largeTop)
	case edge:
		return edgePage(r, model, q)
	case shape == Heldout:
		q.top = 90 + r.IntN(260)
		q.feeds = someFeeds(r, model, 3)
		q.limit = 1 + r.IntN(50)
		q.offset = r.IntN(200)
	case p.options.Thorough:
		q.top = 1 + r.IntN(120)
	default:
		q.top = 110 + r.IntN(140)
	}
	if len(q.feeds) == 0 && chance(r, 40) {
		q.feeds = someFeeds(r, model, 4)
	}
	if chance(r, 60) {
		q.offset = r.IntN(2 * q.top)
	}
	if chance(r, 20) {
		q.max = 60_000 + r.IntN(100_000)
	}
	if p.options.Thorough && chance(r, 15) {
		q.brand = anyCase(r, pick(r, model.brands))
	}
	return q
}

// sizedPage is one item of a long list. Hardly any offer costs more than its max, which makes
// the list another one than the last.
func sizedPage(r *rand.Rand, q pageQuery, top int) pageQuery {
	q.top, q.offset, q.limit = top, r.IntN(top), 1
	q.max = 200_000 + r.IntN(100_000)
	return q
}

// edgePage is valid, and only just.
func edgePage(r *rand.Rand, model *catalogModel, q pageQuery) pageQuery {
	q.top = 1 + r.IntN(60)
	switch r.IntN(9) {
	case 0:
		q.top = pick(r, []int{1, 2, 1000})
		q.feeds = someFeeds(r, model, 1)[:1]
	case 1:
		q.max = pick(r, []int{0, 88, 10_000_000})
	case 2:
		q.limit = pick(r, []int{1, 50})
	case 3:
		q.offset = pick(r, []int{0, 10_000})
	case 4:
		q.brand = pick(r, []string{"nobody", "x", "A1b2C3d4E5f6G7h8", "0"})
	case 5:
		q.brand, q.top = anyCase(r, pick(r, model.brands)), notGiven
	case 6:
		q.feeds = someFeeds(r, model, 1)
	case 7:
		q.max, q.top = 99+r.IntN(3_000), notGiven
	case 8:
		q.feeds, q.offset, q.limit = someFeeds(r, model, 5), q.top, 50
	}
	return q
}

// someFeeds are at least so many different feeds, in any order.
func someFeeds(r *rand.Rand, model *catalogModel, least int) []string {
	feeds := slices.Clone(model.overview.Feeds)
	r.Shuffle(len(feeds), func(i, j int) { feeds[i], feeds[j] = feeds[j], feeds[i] })
	return feeds[:least+r.IntN(len(feeds)-least+1)]
}

func anyCase(r *rand.Rand, word string) string {
	return pick(r, []func(string) string{strings.ToLower, strings.ToUpper, strings.Clone})(word)
}

// path asks for a page, with the parameters in any order.
func (q pageQuery) path(r *rand.Rand) string {
	var params []string
	if len(q.feeds) > 0 {
		params = append(params, "feeds="+url.QueryEscape(strings.Join(q.feeds, ",")))
	}
	if q.brand != "" {
		params = append(params, "brand="+q.brand)
	}
	for _, number := range []struct {
		name  string
		value int
	}{{"top", q.top}, {"max", q.max}, {"offset", q.offset}, {"limit", q.limit}} {
		if number.value != notGiven {
			params = append(params, fmt.Sprintf("%s=%d", number.name, number.value))
		}
	}
	r.Shuffle(len(params), func(i, j int) { params[i], params[j] = params[j], params[i] })
	path := "/collections/" + q.collection
	if len(params) > 0 {
		path += "?" + strings.Join(params, "&")
	}
	return path
}

func catalogRequest(r *rand.Rand, path string, c *class, e expectation) *Request {
	return &Request{Method: http.MethodGet, Path: path, Tenant: pick(r, tenants), class: c, expect: e}
}
