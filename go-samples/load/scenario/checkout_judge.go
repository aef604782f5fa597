package scenario

import (
	"fmt"
	"net/http"
	"sync"
)

// checkoutJudge follows the stock of one target. Strict means that all its
// traffic is ours: then readings must fit to the piece. Otherwise a learner
// may order by hand, and only what no few orders explain is a fault.
type checkoutJudge struct {
	plan   *checkoutPlan
	access Access
	tally  *tally
	strict bool

	mu       sync.Mutex
	accounts []account
	sold     map[string]int64 // order → cents; strict only
	declines int64            // answers 402
}

func newCheckoutJudge(p *checkoutPlan, access Access) *checkoutJudge {
	j := &checkoutJudge{
		plan: p, access: access, tally: newTally(p.classes), strict: p.options.Thorough,
		accounts: make([]account, len(p.shelves)), sold: map[string]int64{},
	}
	for i, s := range p.shelves {
		j.accounts[i].initial = int64(s.initial)
	}
	return j
}

func (j *checkoutJudge) Begin(r *Request) Ticket {
	j.mu.Lock()
	defer j.mu.Unlock()
	switch e := r.expect.(type) {
	case *order:
		account := &j.accounts[e.shelf]
		account.open += int64(e.quantity)
		return account.window()
	case *restock:
		account := &j.accounts[e.shelf]
		account.addedBegun += int64(e.add)
		return account.window()
	case *stockReading:
		return j.accounts[e.shelf].window()
	}
	return Ticket{}
}

func (j *checkoutJudge) End(t Ticket, r *Request, a Answer) *Fault {
	fault := j.judge(t, r, a)
	j.tally.count(r, fault)
	return fault
}

func (j *checkoutJudge) judge(t Ticket, r *Request, a Answer) *Fault {
	switch e := r.expect.(type) {
	case *order:
		return j.endOrder(t, e, a)
	case *restock:
		return j.endRestock(t, e, a)
	case *stockReading:
		return j.endReading(t, e, a)
	}
	return r.expect.check(a)
}

func (j *checkoutJudge) Lost(_ Ticket, r *Request) {
	if e, ok := r.expect.(*order); ok {
		j.mu.Lock()
		defer j.mu.Unlock()
		account := &j.accounts[e.shelf]
		account.open -= int64(e.quantity)
		account.lost += int64(e.quantity)
	}
}

func (j *checkoutJudge) endOrder(t Ticket, o *order, a Answer) *Fault {
	var receipt receipt
	rule := ""
	switch a.Status {
	case http.StatusCreated:
		rule = receipt.read(a, o)
	case http.StatusConflict:
		rule = wrongError(a, codeOutOfStock)
	case http.StatusPaymentRequired:
		rule = wrongError(a, codeDeclined)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if verdict := j.settle(t, o, a.Status, receipt); verdict != "" {
		rule = verdict
	}
	if rule == "" {
		return nil
	}
	return &Fault{Rule: rule, Expected: o.String()}
}

// settle books an order's end and names the rule that its status breaks.
func (j *checkoutJudge) settle(t Ticket, o *order, status int, receipt receipt) string {
	account, pieces := &j.accounts[o.shelf], int64(o.quantity)
	least := account.least(t, pieces)
	account.open -= pieces
	switch status {
	case http.StatusCreated:
		account.accepted += pieces
		return j.accept(account, o, receipt)
	case http.StatusConflict:
		if least >= pieces {
			return "stock-was-there"
		}
		return ""
	case http.StatusPaymentRequired:
		account.returned += pieces
		j.declines++
		if !o.declined {
			return "declined-good-card"
		}
		return ""
	}
	account.returned += pieces
	switch {
	case status >= 500:
		return ruleServerError
	case status >= 400:
		return ruleMustAccept
	}
	return ruleStatus
}

func (j *checkoutJudge) accept(account *account, o *order, receipt receipt) string {
	_, again := j.sold[receipt.Order]
	if j.strict && receipt.Order != "" {
		j.sold[receipt.Order] = o.amountCents
	}
	switch {
	case o.declined:
		return "accepted-declined-card"
	case again:
		return "order-number-twice"
	case account.oversold():
		return "oversold"
	}
	return ""
}

func (j *checkoutJudge) endReading(t Ticket, e *stockReading, a Answer) *Fault {
	j.mu.Lock()
	defer j.mu.Unlock()
	account := &j.accounts[e.shelf]
	return j.checkLevel(e, e.sku, a, max(account.least(t, 0), 0), account.most(t))
}

func (j *checkoutJudge) endRestock(t Ticket, e *restock, a Answer) *Fault {
	j.mu.Lock()
	defer j.mu.Unlock()
	account := &j.accounts[e.shelf]
	least := max(account.least(t, 0), 0) + int64(e.add)
	if a.Status == http.StatusOK {
		account.addedDone += int64(e.add)
	}
	return j.checkLevel(e, e.sku, a, least, account.most(t))
}

// checkLevel checks an answer about stock that may say from least to most.
func (j *checkoutJudge) checkLevel(e expectation, sku string, a Answer, least, most int64) *Fault {
	expected := fmt.Sprintf(`200 {"sku":%q,"available":%d to %d}`, sku, least, most)
	if rule := wrongHead(a, mediaJSON); rule != "" {
		return &Fault{Rule: rule, Expected: expected}
	}
	var level stockLevel
	switch {
	case !readStrictly(a.Body, &level) || level.Available == nil:
		return &Fault{Rule: ruleNotJSON, Expected: expected}
	case level.SKU != sku:
		return &Fault{Rule: "stock-sku", Expected: expected}
	case *level.Available < 0:
		return &Fault{Rule: "stock-negative", Expected: expected}
	case j.strict && (*level.Available < least || *level.Available > most):
		return &Fault{Rule: "stock-level", Expected: expected}
	}
	return nil
}
