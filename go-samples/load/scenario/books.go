package scenario

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"

	"bazaar/internal/shop"
)

// Characters of a posting's text for the shapes that compare sizes.
const (
	smallText = 12
	largeText = 4 * smallText
)

// Closings come once in so many requests, and first after half of that.
const (
	closingEvery         = 400
	thoroughClosingEvery = 2400
)

// booksPlan is traffic for the books of the reports service: postings and
// readings of accounts, and now and then a closing of all of them. Requests
// name their account by its place, so that a judge needs no map.
type booksPlan struct {
	options  Options
	shop     *shop.Shop
	accounts []string
	classes  []*class

	posting, reading, closing, refused *class

	postings, readings, refusals []*Request
	closings                     []*Request
}

func newBooks(o Options) Plan {
	p := &booksPlan{
		options: o,
		shop:    shop.New(o.ShopSeed),
		posting: &class{id: "postings", title: "Every posting gets the next number of its account"},
		reading: &class{id: "account-readings", title: "Every reading of an account has all that was posted before"},
		closing: &class{id: "closings", title: "Every closing has a line for each account, with all that was posted before"},
		refused: &class{id: "books-refusals", title: "Every bad posting is refused: 400 bad-posting, 404 unknown-account"},
	}
	p.classes = classes(p.posting, p.reading, p.closing, p.refused)
	p.accounts = p.shop.Accounts()
	r := source(o.Seed, "books/"+o.Shape)
	size := poolSize
	if o.Thorough || o.Shape == Heldout {
		size = thoroughSize
	}
	order := r.Perm(len(p.accounts)) // a skewed stream asks for the first of them most
	for i := range size {
		at := order[i%len(order)]
		p.postings = append(p.postings, p.newPosting(r, at))
		p.readings = append(p.readings, p.newReading(r, at))
	}
	p.closings = []*Request{{
		Method: http.MethodPost, Path: "/closings", Tenant: pick(r, tenants), class: p.closing, expect: &closingMade{},
	}}
	p.refusals = p.badPostings(r)
	return p
}

func (p *booksPlan) Stream() Stream {
	every := closingEvery
	if p.options.Thorough {
		every = thoroughClosingEvery
	}
	return newSeldom(p.Small(), p.closings, every)
}

// Small is the stream without closings.
func (p *booksPlan) Small() Stream {
	switch {
	case p.options.Thorough:
		return newMix(p.options.Seed, []part{
			{share: 50, pool: p.postings}, {share: 30, pool: p.readings}, {share: 20, pool: p.refusals},
		})
	case p.options.Shape == Small || p.options.Shape == Large:
		return newMix(p.options.Seed, []part{{share: 1, pool: p.postings}})
	}
	skewed := p.options.Shape == Default
	return newMix(p.options.Seed, []part{
		{share: 35, pool: p.postings, skewed: skewed}, {share: 61, pool: p.readings, skewed: skewed}, {share: 4, pool: p.refusals},
	})
}

// Job is a closing.
func (p *booksPlan) Job() *Request { return p.closings[0] }

func (p *booksPlan) Judge(ctx context.Context, access Access) (Judge, error) {
	judge := newBooksJudge(p, access)
	if p.options.Thorough {
		return judge, judge.begin(ctx)
	}
	return judge, nil
}

// postingMade expects 201, the next number and the balance after it.
type postingMade struct {
	account int // its place
	posting shop.Posting
}

// accountRead expects 200 and a state that the account had meanwhile.
type accountRead struct{ account int }

// closingMade expects 201 and a sheet of all accounts.
type closingMade struct{}

func (p *booksPlan) newPosting(r *rand.Rand, at int) *Request {
	posting := shop.Posting{Day: drawPostingDay(r), Cents: 1 + r.IntN(500_000), Text: p.drawText(r)}
	if chance(r, 40) {
		posting.Cents = -posting.Cents
	}
	return jsonPost(r, p.postingsPath(at), string(postingBody(posting)), p.posting, &postingMade{at, posting})
}

func (p *booksPlan) postingsPath(at int) string { return "/accounts/" + p.accounts[at] + "/postings" }

func (p *booksPlan) newReading(r *rand.Rand, at int) *Request {
	return &Request{
		Method: http.MethodGet, Path: "/accounts/" + p.accounts[at], Tenant: pick(r, tenants),
		class: p.reading, expect: &accountRead{at},
	}
}

func drawPostingDay(r *rand.Rand) string {
	first := time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)
	return first.AddDate(0, 0, r.IntN(59)).Format(time.DateOnly)
}

// drawText has the characters that a posting may have, those with a meaning in
// JSON, in HTML or in a seal's line too.
func (p *booksPlan) drawText(r *rand.Rand) string {
	size := 5 + r.IntN(20)
	switch {
	case p.options.Shape == Small:
		size = smallText
	case p.options.Shape == Large:
		size = largeText
	case p.options.Thorough && chance(r, 10):
		size = pick(r, []int{1, 60})
	case p.options.Shape == Heldout:
		size = 1 + r.IntN(60)
	}
	if !chance(r, 25) {
		words := strings.Repeat(pick(r, []string{"till 7 ", "return ", "freight ", "cash "}), 12)
		return words[:size]
	}
	text := make([]byte, size)
	for i := range text {
		text[i] = byte(' ' + r.IntN('~'-' '+1))
	}
	return string(text)
}

func postingBody(p shop.Posting) []byte {
	return mustJSON(map[string]any{"day": p.Day, "cents": p.Cents, "text": p.Text})
}

func (*postingMade) check(Answer) *Fault { return nil } // the judge's: it depends on what was posted

func (e *postingMade) String() string {
	return fmt.Sprintf(`201 {"account":…,"posting":…,"balanceCents":…} after %d more cents`, e.posting.Cents)
}

func (*accountRead) check(Answer) *Fault { return nil } // the judge's

func (*accountRead) String() string { return `200 {"account":…,"postings":…,"balanceCents":…}` }

func (*closingMade) check(Answer) *Fault { return nil } // the judge's

func (*closingMade) String() string {
	return fmt.Sprintf(`201 {"closing":…,"lines":[…]} with %d lines`, shop.AccountCount)
}
