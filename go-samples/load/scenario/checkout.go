package scenario

import (
	"context"
	"math/rand/v2"
	"net/http"
	"slices"

	"bazaar/internal/shop"
)

const (
	codeBadOrder   = "bad-order"
	codeBadStock   = "bad-stock"
	codeUnknownSKU = "unknown-sku"
	codeOutOfStock = "out-of-stock"
	codeDeclined   = "declined"
)

// Quantities of an order for the shapes that compare sizes.
const (
	smallQuantity = 1
	largeQuantity = 4 * smallQuantity
	maxQuantity   = 20
)

// shelf is one product that a plan trades in.
type shelf struct {
	sku     string
	price   int // cents
	initial int // pieces in a fresh service
}

// checkoutPlan is traffic for the checkout service. Requests about stock name
// their shelf by its place, so that a judge needs no map.
type checkoutPlan struct {
	options Options
	shop    *shop.Shop
	classes []*class
	shelves []shelf
	scarce  int // the first so many shelves have few pieces

	order, declined, reading, restock, refused *class

	orders, declines, readings, restocks, refusals []*Request
}

func newCheckout(o Options) Plan {
	p := &checkoutPlan{
		options:  o,
		shop:     shop.New(o.ShopSeed),
		order:    &class{id: "orders", title: "Orders with a good card are accepted, or refused as out of stock only when they had to be"},
		declined: &class{id: "declined-orders", title: "Orders with a declined card are refused with 402 declined"},
		reading:  &class{id: "stock-readings", title: "Every stock reading is one that some order of events explains"},
		restock:  &class{id: "restocks", title: "Restocking adds what it was asked to"},
		refused:  &class{id: "checkout-refusals", title: "Malformed orders, unknown products and bad restocks are refused by their codes"},
	}
	p.classes = classes(p.order, p.declined, p.reading, p.restock, p.refused)
	r := source(o.Seed, "checkout/"+o.Shape)
	p.stockShelves(r)
	p.fill(r)
	return p
}

// stockShelves chooses the products. A thorough plan takes many with few
// pieces, so that orders run out of stock all the time; others take none.
func (p *checkoutPlan) stockShelves(r *rand.Rand) {
	scarce, plenty := 0, 100
	switch {
	case p.options.Thorough:
		scarce, plenty = 30, 20
	case p.options.Shape == Heldout:
		plenty = 400
	}
	p.scarce = scarce
	stock := p.shop.InitialStock()
	var few, many []shelf
	for _, at := range r.Perm(len(p.shop.Products)) {
		product := p.shop.Products[at]
		s := shelf{sku: product.SKU, price: product.PriceCents, initial: stock[product.SKU]}
		if s.initial <= maxQuantity {
			few = append(few, s)
		} else {
			many = append(many, s)
		}
	}
	p.shelves = slices.Concat(few[:scarce], many[:plenty])
}

func (p *checkoutPlan) fill(r *rand.Rand) {
	size := poolSize
	if p.options.Thorough {
		size = thoroughSize
	}
	for range size {
		p.orders = append(p.orders, p.newOrder(r, false))
		p.declines = append(p.declines, p.newOrder(r, true))
	}
	for at := range p.shelves {
		lot := restockLot
		if p.options.Thorough {
			lot = 1 + r.IntN(6)
		}
		p.readings = append(p.readings, p.newReading(r, at))
		p.restocks = append(p.restocks, p.newRestock(r, at, lot))
	}
	p.refusals = p.badRequests(r)
}

func (p *checkoutPlan) Stream() Stream {
	switch {
	case p.options.Thorough:
		return newMix(p.options.Seed, []part{
			{share: 50, pool: p.orders}, {share: 10, pool: p.declines}, {share: 14, pool: p.readings},
			{share: 6, pool: p.restocks}, {share: 20, pool: p.refusals},
		})
	case p.options.Shape == Small || p.options.Shape == Large:
		return p.restocking(newMix(p.options.Seed, []part{{share: 1, pool: p.orders}}))
	}
	return p.restocking(newMix(p.options.Seed, []part{
		{share: 83, pool: p.orders, skewed: p.options.Shape == Default}, {share: 8, pool: p.declines},
		{share: 6, pool: p.readings}, {share: 3, pool: p.refusals},
	}))
}

func (p *checkoutPlan) Judge(ctx context.Context, access Access) (Judge, error) {
	judge := newCheckoutJudge(p, access)
	if p.options.Thorough {
		return judge, judge.begin(ctx)
	}
	return judge, nil
}

// restockLot is how many pieces come back at a time when stock is kept up.
const restockLot = 50

// restocking follows a stream's orders and puts back what they take, so that
// no shelf runs dry however long the traffic lasts: of its 200 pieces or more
// at most a lot and the orders in flight are missing.
type restocking struct {
	Stream
	restocks []*Request
	taken    []int
}

func (p *checkoutPlan) restocking(of Stream) *restocking {
	return &restocking{Stream: of, restocks: p.restocks, taken: make([]int, len(p.shelves))}
}

func (s *restocking) Next() *Request {
	for at, taken := range s.taken {
		if taken >= restockLot {
			s.taken[at] -= restockLot
			return s.restocks[at]
		}
	}
	request := s.Stream.Next()
	if order, ok := request.expect.(*order); ok && !order.declined {
		s.taken[order.shelf] += order.quantity
	}
	return request
}

func (s *restocking) Clone() Stream {
	return &restocking{Stream: s.Stream.Clone(), restocks: s.restocks, taken: slices.Clone(s.taken)}
}

func jsonPost(r *rand.Rand, path, body string, c *class, e expectation) *Request {
	return &Request{Method: http.MethodPost, Path: path, Body: []byte(body), Tenant: pick(r, tenants), class: c, expect: e}
}
