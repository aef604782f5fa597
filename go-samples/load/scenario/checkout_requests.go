package scenario

import (
	"fmt"
	"math/rand/v2"
	"net/http"

	"bazaar/internal/shop"
)

// order expects 201, 402 or 409, depending on the card and on the stock.
type order struct {
	shelf, quantity int
	declined        bool
	sku             string
	amountCents     int64
}

// stockReading expects a number of pieces that the stock may have had.
type stockReading struct {
	shelf int
	sku   string
}

// restock expects the number of pieces after add more.
type restock struct {
	shelf, add int
	sku        string
}

func (p *checkoutPlan) newOrder(r *rand.Rand, declined bool) *Request {
	at, quantity := p.drawShelf(r), p.drawQuantity(r)
	return p.orderOf(r, at, quantity, declined)
}

func (p *checkoutPlan) orderOf(r *rand.Rand, at, quantity int, declined bool) *Request {
	s, c := p.shelves[at], p.order
	if declined {
		c = p.declined
	}
	body := p.validOrder(r, s.sku, quantity)
	body.Card = drawCard(r, declined)
	expect := &order{
		shelf: at, quantity: quantity, declined: declined,
		sku: s.sku, amountCents: int64(quantity) * int64(s.price),
	}
	return jsonPost(r, "/orders", string(mustJSON(body)), c, expect)
}

func (p *checkoutPlan) newReading(r *rand.Rand, at int) *Request {
	sku := p.shelves[at].sku
	return &Request{
		Method: http.MethodGet, Path: "/stock/" + sku, Tenant: pick(r, tenants),
		class: p.reading, expect: &stockReading{shelf: at, sku: sku},
	}
}

func (p *checkoutPlan) newRestock(r *rand.Rand, at, add int) *Request {
	sku := p.shelves[at].sku
	return jsonPost(r, "/stock/"+sku, fmt.Sprintf(`{"add":%d}`, add), p.restock, &restock{shelf: at, add: add, sku: sku})
}

// drawShelf prefers the scarce shelves, if there are any.
func (p *checkoutPlan) drawShelf(r *rand.Rand) int {
	if p.scarce > 0 && chance(r, 75) {
		return r.IntN(p.scarce)
	}
	return r.IntN(len(p.shelves))
}

func (p *checkoutPlan) drawQuantity(r *rand.Rand) int {
	switch {
	case p.options.Shape == Small:
		return smallQuantity
	case p.options.Shape == Large:
		return largeQuantity
	case p.options.Thorough && chance(r, 5):
		return maxQuantity - r.IntN(10)
	case p.options.Shape == Heldout:
		return 1 + r.IntN(5)
	}
	return 1 + r.IntN(3)
}

func drawCard(r *rand.Rand, declined bool) string {
	for {
		card := shop.CardNumber(r.IntN(shop.CardCount))
		if shop.IsDeclined(card) == declined {
			return card
		}
	}
}

// orderBody is an order as it goes on the wire.
type orderBody struct {
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
	Card     string `json:"card"`
	Customer string `json:"customer"`
}

func (p *checkoutPlan) validOrder(r *rand.Rand, sku string, quantity int) orderBody {
	return orderBody{SKU: sku, Quantity: quantity, Card: drawCard(r, false), Customer: pick(r, p.shop.Customers).ID}
}

func (o *order) check(Answer) *Fault { return nil } // the judge's: it depends on the stock

func (o *order) String() string {
	if o.declined {
		return `402 {"error":{"code":"declined",…}}, or 409 out-of-stock if there was not enough`
	}
	return fmt.Sprintf(`201 {"order":…,"sku":%q,"quantity":%d,"amountCents":%d}, or 409 out-of-stock if there was not enough`,
		o.sku, o.quantity, o.amountCents)
}

func (*stockReading) check(Answer) *Fault { return nil } // the judge's

func (s *stockReading) String() string {
	return fmt.Sprintf(`200 {"sku":%q,"available":…}`, s.sku)
}

func (*restock) check(Answer) *Fault { return nil } // the judge's

func (s *restock) String() string {
	return fmt.Sprintf(`200 {"sku":%q,"available":…} with %d more`, s.sku, s.add)
}
