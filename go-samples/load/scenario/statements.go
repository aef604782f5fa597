package scenario

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"

	"bazaar/internal/shop"
)

const (
	codeBadLast  = "bad-last"
	codeNoCharge = "no-charge"
	codeDisputed = "disputed"
)

// Lines of a statement for the shapes that compare sizes. What is small is
// what customers ask for: it needs no parameter.
const (
	smallLines = 10
	largeLines = 4 * smallLines
	maxLines   = 40

	// accountCount bounds the accounts of a plan: the code of each line takes
	// the model a while.
	accountCount = 40
)

// statementsPlan is traffic for the checkout service's statements.
type statementsPlan struct {
	options Options
	model   *statementModel
	classes []*class

	answered, contested, refused *class

	answers, short, failing, refusals []*Request
}

func newStatements(o Options) Plan {
	p := &statementsPlan{
		options:   o,
		model:     newStatementModel(shop.New(o.ShopSeed)),
		answered:  &class{id: "statements", title: "Every statement has its lines, newest first, as payments has them on file"},
		contested: &class{id: "contested-statements", title: "A statement that payments can't vouch for is refused, for the reason of its newest such order"},
		refused:   &class{id: "statement-refusals", title: "Unknown customers and bad numbers of lines are refused by their codes"},
	}
	p.classes = classes(p.answered, p.contested, p.refused)
	r := source(o.Seed, "statements/"+o.Shape)
	switch {
	case o.Shape == Small || o.Shape == Large:
		p.fillSized(r)
	default:
		p.fill(r)
	}
	return p
}

// fillSized has accounts that are asked for the same number of lines.
func (p *statementsPlan) fillSized(r *rand.Rand) {
	lines, accounts := smallLines, accountCount
	if p.options.Shape == Large {
		lines, accounts = largeLines, accountCount/4
	}
	for _, customer := range p.accounts(r, lines, accounts) {
		p.answers = append(p.answers, p.request(r, customer, lines))
	}
}

func (p *statementsPlan) fill(r *rand.Rand) {
	for _, customer := range p.accounts(r, smallLines, accountCount) {
		p.answers = append(p.answers, p.request(r, customer, smallLines))
		for range 6 {
			lines := 1 + min(r.IntN(p.mostShort()), r.IntN(p.mostShort()), r.IntN(p.mostShort()))
			// The account is good for smallLines; the order after them may be one that payments can't vouch for.
			if first := p.model.failing(customer, lines); first >= 0 {
				lines = first
			}
			p.short = append(p.short, p.request(r, customer, lines))
		}
	}
	if p.options.Thorough {
		p.fillEdges(r)
	}
	p.failing = p.contestedRequests(r)
	p.refusals = p.badStatements(r)
}

// mostShort is how many lines a short statement has at most.
func (p *statementsPlan) mostShort() int {
	if p.options.Shape == Heldout {
		return smallLines + 4
	}
	return smallLines - 1
}

// fillEdges adds customers with few orders and statements as long as can be.
func (p *statementsPlan) fillEdges(r *rand.Rand) {
	few := 0
	for _, at := range r.Perm(len(p.model.shop.Customers)) {
		id := p.model.shop.Customers[at].ID
		if n := len(p.model.newest[id]); n < smallLines && few < 10 && p.model.failing(id, maxLines) < 0 {
			few++
			p.short = append(p.short, p.request(r, id, smallLines), p.request(r, id, n+1))
		}
	}
	for _, customer := range p.accounts(r, maxLines, 2) {
		p.short = append(p.short, p.request(r, customer, maxLines))
	}
}

// accounts are n customers with at least so many orders, all of which payments
// vouches for.
func (p *statementsPlan) accounts(r *rand.Rand, lines, n int) []string {
	var chosen []string
	for _, at := range r.Perm(len(p.model.shop.Customers)) {
		id := p.model.shop.Customers[at].ID
		if len(p.model.newest[id]) >= lines && p.model.failing(id, lines) < 0 {
			chosen = append(chosen, id)
		}
		if len(chosen) == n {
			break
		}
	}
	return chosen
}

// request asks for the last so many orders and expects what the model says.
func (p *statementsPlan) request(r *rand.Rand, customer string, last int) *Request {
	return statementRequest(r, customer, lastText(last), p.answered, p.model.answer(customer, last, ""))
}

// contestedRequests are for statements with an order that payments can't vouch
// for: first those with two reasons close to each other, where the newer
// decides, then others.
func (p *statementsPlan) contestedRequests(r *rand.Rand) []*Request {
	var both, one []*Request
	for _, at := range r.Perm(len(p.model.shop.Customers)) {
		id := p.model.shop.Customers[at].ID
		first := p.model.failing(id, maxLines)
		if first < 0 {
			continue
		}
		code := p.model.reason(id, first)
		refused := refusal{http.StatusConflict, code}
		for second := first + 1; first < smallLines && second < min(first+4, len(p.model.newest[id])); second++ {
			if other := p.model.reason(id, second); other != "" && other != code {
				both = append(both, statementRequest(r, id, lastText(min(second+3, maxLines)), p.contested, refused))
			}
		}
		if first < 5 && len(one) < 2*accountCount {
			one = append(one, statementRequest(r, id, lastText(first+1+r.IntN(4)), p.contested, refused))
		}
	}
	if p.options.Thorough && len(both) > 0 {
		both = slices.Repeat(both, max(1, accountCount/2/len(both)))
	}
	return slices.Concat(both, one)
}

func (p *statementsPlan) Stream() Stream {
	switch {
	case p.options.Shape == Heldout:
		return newRound(p.options.Seed, slices.Concat(p.answers, p.short, p.failing, p.refusals))
	case p.options.Shape == Small || p.options.Shape == Large:
		return newMix(p.options.Seed, []part{{share: 1, pool: p.answers}})
	case p.options.Thorough:
		return newMix(p.options.Seed, []part{
			{share: 3, pool: p.answers}, {share: 25, pool: p.short}, {share: 12, pool: p.failing}, {share: 60, pool: p.refusals},
		})
	}
	return newMix(p.options.Seed, []part{
		{share: 88, pool: p.answers, skewed: true}, {share: 8, pool: p.short}, {share: 2, pool: p.failing}, {share: 2, pool: p.refusals},
	})
}

func (p *statementsPlan) Judge(ctx context.Context, access Access) (Judge, error) {
	judge := &statementsJudge{stateless: newStateless(p.classes), plan: p, access: access}
	if !p.options.Thorough {
		return judge, nil
	}
	if access.Payments == nil {
		return nil, fmt.Errorf("the statements scenario needs the target's payments instance")
	}
	return judge, resetLedger(ctx, access.Payments)
}

// statementRequest asks for a statement; "" leaves the number of lines out.
func statementRequest(r *rand.Rand, customer, last string, c *class, e expectation) *Request {
	path := "/customers/" + customer + "/statement"
	if last != "" {
		path += "?last=" + last
	}
	return &Request{Method: http.MethodGet, Path: path, Tenant: pick(r, tenants), class: c, expect: e}
}

func lastText(last int) string {
	if last == smallLines {
		return ""
	}
	return fmt.Sprint(last)
}
