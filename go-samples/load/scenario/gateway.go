package scenario

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"

	"bazaar/internal/shop"
)

// Sizes of a cart in items for the shapes that compare sizes.
const (
	smallItems = 8
	largeItems = 4 * smallItems
	maxItems   = 200
)

// Thorough traffic reads logLines lines once in logEvery requests: each line
// several times, should a reading be late.
const (
	logEvery = 150
	logLines = 800
)

// gatewayPlan is traffic for the gateway.
type gatewayPlan struct {
	options Options
	model   *gatewayModel
	classes []*class

	carts, orders, refused, log *class

	bodies   []*Request // carts and orders that are accepted
	refusals []*Request
	readLog  *Request
}

func newGateway(o Options) Plan {
	p := &gatewayPlan{
		options: o,
		model:   newGatewayModel(shop.New(o.ShopSeed)),
		carts:   &class{id: "gateway-carts", title: "Every cart gets the reference's lines and prices"},
		orders:  &class{id: "gateway-orders", title: "Every order gets the reference's lines and prices, and a masked card"},
		refused: &class{id: "gateway-refusals", title: "Every bad body and bad question about the log is refused by its code"},
		log:     &class{id: "gateway-log", title: "The log can be read at any time"},
	}
	p.classes = classes(p.carts, p.orders, p.refused, p.log)
	p.readLog = logRequest(logLines, p.log)
	r := source(o.Seed, "gateway/"+o.Shape)
	size := poolSize
	switch {
	case o.Thorough:
		size = thoroughSize
	case o.Shape == Heldout:
		size = heldoutSize
	}
	for i := range size {
		p.bodies = append(p.bodies, p.accepted(r, p.drawKind(r, i)))
	}
	p.refusals = p.badRequests(r)
	return p
}

func (p *gatewayPlan) Stream() Stream {
	switch {
	case p.options.Thorough:
		pool := newRound(p.options.Seed, slices.Concat(p.bodies, p.refusals))
		return newSeldom(pool, []*Request{p.readLog}, logEvery)
	case p.options.Shape == Heldout:
		return newRound(p.options.Seed, p.bodies)
	case p.options.Shape == Small || p.options.Shape == Large:
		return newMix(p.options.Seed, []part{{share: 1, pool: p.bodies}})
	}
	return newMix(p.options.Seed, []part{
		{share: 95, pool: p.bodies, skewed: true},
		{share: 5, pool: p.refusals},
	})
}

// Judge follows the log as well when all traffic is its own.
func (p *gatewayPlan) Judge(ctx context.Context, access Access) (Judge, error) {
	if !p.options.Thorough {
		return newStateless(p.classes), nil
	}
	judge := newGatewayJudge(p, access)
	return judge, judge.begin(ctx)
}

// lineKind groups requests by what is hard about their lines in the log.
type lineKind int

const (
	plainLine   lineKind = iota
	spelledLine          // JSON that means the same, written otherwise
	longLine             // more items than a body usually has
	joinedLine           // several items of one product
	refusedLine
	lineKinds
)

// drawKind gives a thorough plan a good part of each kind; other traffic has few
// long bodies and nothing spelled oddly, as clients of one program send it.
func (p *gatewayPlan) drawKind(r *rand.Rand, i int) lineKind {
	switch {
	case p.options.Shape == Small || p.options.Shape == Large:
		return plainLine
	case p.options.Thorough && i%8 < 4:
		return []lineKind{spelledLine, spelledLine, joinedLine, longLine}[i%8]
	case chance(r, 10):
		return joinedLine
	}
	return plainLine
}

func (p *gatewayPlan) drawSize(r *rand.Rand, kind lineKind) int {
	switch {
	case kind == longLine:
		return pick(r, []int{80, 120, maxItems - 1, maxItems})
	case p.options.Shape == Small:
		return smallItems
	case p.options.Shape == Large:
		return largeItems
	case p.options.Thorough:
		return 1 + r.IntN(20)
	case p.options.Shape == Heldout:
		return 12 + r.IntN(60)
	}
	return 8 + r.IntN(33)
}

// accepted makes a request that must be accepted.
func (p *gatewayPlan) accepted(r *rand.Rand, kind lineKind) *Request {
	c := p.model.draw(r, p.drawSize(r, kind), kind)
	path, class := "/carts", p.carts
	if chance(r, 40) {
		path, class = "/orders", p.orders
		c.Card, c.Email = drawCard(r, false), fmt.Sprintf("buyer-%d@example.org", r.IntN(10_000))
	}
	answer := p.model.price(c)
	ask := &gatewayAsk{
		expectation: &jsonAnswer{body: mustJSON(answer), explain: explainCart},
		kind:        kind,
		line: logFields{
			Method: http.MethodPost, Path: path, Status: http.StatusOK, Customer: c.Customer, Reference: c.Reference,
			Items: len(c.Items), Units: answer.Units, TotalCents: answer.TotalCents,
		},
	}
	body := mustJSON(c)
	if kind == spelledLine {
		body = respell(r, c)
	}
	return gatewayRequest(r, string(body), class, ask)
}

// gatewayAsk expects an answer and a line in the log.
type gatewayAsk struct {
	expectation
	kind lineKind
	line logFields
}

func (a *gatewayAsk) example() Answer {
	return a.expectation.(interface{ example() Answer }).example()
}

func gatewayRequest(r *rand.Rand, body string, c *class, ask *gatewayAsk) *Request {
	request := jsonPost(r, ask.line.Path, body, c, ask)
	ask.line.Tenant = request.Tenant
	return request
}

func logRequest(last int, c *class) *Request {
	return &Request{Method: http.MethodGet, Path: fmt.Sprintf("/log?last=%d", last), class: c, expect: logReading{}}
}
