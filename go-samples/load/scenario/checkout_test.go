package scenario

import (
	"fmt"
	"testing"
)

// trade is a judge of one shelf with ten pieces at 100 cents.
type trade struct {
	t     *testing.T
	judge *checkoutJudge
	ids   int
}

func newTrade(t *testing.T) *trade {
	p := &checkoutPlan{
		options: Options{Thorough: true}, shelves: []shelf{{sku: "KT-0001", price: 100, initial: 10}},
		order: &class{}, declined: &class{}, reading: &class{}, restock: &class{}, refused: &class{},
	}
	p.classes = classes(p.order, p.declined, p.reading, p.restock, p.refused)
	return &trade{t: t, judge: newCheckoutJudge(p, Access{})}
}

// flight is a request that was sent; answer ends it and returns the rule that
// the answer breaks, or "".
type flight struct {
	*trade
	request *Request
	ticket  Ticket
}

func (tr *trade) send(r *Request) flight { return flight{tr, r, tr.judge.Begin(r)} }

func (tr *trade) order(pieces int) flight {
	return tr.send(&Request{class: tr.judge.plan.order, expect: &order{quantity: pieces, sku: "KT-0001", amountCents: int64(pieces) * 100}})
}

func (tr *trade) badCard(pieces int) flight {
	return tr.send(&Request{class: tr.judge.plan.declined, expect: &order{quantity: pieces, declined: true, sku: "KT-0001"}})
}

func (tr *trade) read() flight {
	return tr.send(&Request{class: tr.judge.plan.reading, expect: &stockReading{sku: "KT-0001"}})
}

func (tr *trade) add(pieces int) flight {
	return tr.send(&Request{class: tr.judge.plan.restock, expect: &restock{add: pieces, sku: "KT-0001"}})
}

func (f flight) answer(status int, body string) string {
	fault := f.judge.End(f.ticket, f.request, Answer{Status: status, ContentType: "application/json", Body: []byte(body)})
	if fault == nil {
		return ""
	}
	return fault.Rule
}

func (f flight) accepted() string {
	f.ids++
	o := f.request.expect.(*order)
	return f.answer(201, fmt.Sprintf(`{"order":"ord-%d","sku":"KT-0001","quantity":%d,"amountCents":%d}`, f.ids, o.quantity, o.quantity*100))
}

func (f flight) soldOut() string {
	return f.answer(409, `{"error":{"code":"out-of-stock","message":"no"}}`)
}

func (f flight) refused() string {
	return f.answer(402, `{"error":{"code":"declined","message":"no"}}`)
}

func (f flight) level(pieces int) string {
	return f.answer(200, fmt.Sprintf(`{"sku":"KT-0001","available":%d}`, pieces))
}

func (tr *trade) want(rule, got string) {
	tr.t.Helper()
	if got != rule {
		tr.t.Errorf("broken rule %q, want %q", got, rule)
	}
}

func TestOneAfterAnotherOnlyOneAnswerIsRight(t *testing.T) {
	tr := newTrade(t)
	tr.want("", tr.read().level(10))
	tr.want("stock-level", tr.read().level(9))
	tr.want("", tr.order(4).accepted())
	tr.want("", tr.read().level(6))
	tr.want("", tr.badCard(6).refused())
	tr.want("", tr.read().level(6))
	tr.want("stock-level", tr.read().level(0)) // the declined pieces were not given back
	tr.want("stock-was-there", tr.order(6).soldOut())
	tr.want("", tr.order(7).soldOut())
	tr.want("declined-good-card", tr.order(1).refused())
	tr.want("accepted-declined-card", tr.badCard(1).accepted())
	tr.want("", tr.order(5).accepted())
	tr.want("oversold", tr.order(1).accepted())
}

func TestOrdersInFlightExcuseASoldOut(t *testing.T) {
	tr := newTrade(t)
	holding := tr.badCard(8)
	waiting := tr.order(3)
	tr.want("", holding.refused())
	tr.want("", waiting.soldOut()) // it may have looked while 8 were held
	tr.want("stock-was-there", tr.order(3).soldOut())
}

func TestReadingsMayComeBeforeOrAfterWhatOverlapsThem(t *testing.T) {
	for level, rule := range map[int]string{10: "", 8: "", 13: "", 11: "", 7: "stock-level", 14: "stock-level"} {
		tr := newTrade(t)
		order, restock, reading := tr.order(2), tr.add(3), tr.read()
		tr.want(rule, reading.level(level))
		tr.want("", order.accepted())
		tr.want("", restock.level(11))
	}
}

func TestARestockCountsFromWhenItMayHaveHappened(t *testing.T) {
	tr := newTrade(t)
	restock := tr.add(5)
	tr.want("", tr.order(12).accepted()) // it may have come first
	tr.want("", restock.level(15))
	tr.want("oversold", tr.order(4).accepted())
}

func TestAnOrderWithoutAnAnswerMayHaveTakenItsPieces(t *testing.T) {
	tr := newTrade(t)
	gone := tr.order(9)
	tr.judge.Lost(gone.ticket, gone.request)
	tr.want("", tr.read().level(1))
	tr.want("", tr.read().level(10))
	tr.want("", tr.order(2).soldOut())
}

func TestReceiptsMustSayWhatWasOrdered(t *testing.T) {
	for body, rule := range map[string]string{
		`{"order":"a","sku":"KT-0001","quantity":2,"amountCents":200}`:          "",
		`{"order":"a","sku":"KT-0001","quantity":2,"amountCents":199}`:          "amount",
		`{"order":"a","sku":"KT-0001","quantity":1,"amountCents":200}`:          "receipt",
		`{"order":"","sku":"KT-0001","quantity":2,"amountCents":200}`:           "order-number",
		`{"order":"a","sku":"KT-0001","quantity":2,"amountCents":200,"more":1}`: "not-json",
		`ok`: "not-json",
	} {
		tr := newTrade(t)
		tr.want(rule, tr.order(2).answer(201, body))
	}
	tr := newTrade(t)
	tr.want("", tr.order(2).accepted())
	tr.ids = 0
	tr.want("order-number-twice", tr.order(2).accepted())
}
