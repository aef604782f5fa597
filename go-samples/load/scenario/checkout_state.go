package scenario

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
)

// begin reads where the stock stands and starts an empty ledger.
func (j *checkoutJudge) begin(ctx context.Context) error {
	if j.access.Payments == nil {
		return fmt.Errorf("the checkout scenario needs the target's payments instance")
	}
	if err := resetLedger(ctx, j.access.Payments); err != nil {
		return err
	}
	for i := range j.accounts {
		available, err := j.readStock(ctx, i)
		if err != nil {
			return err
		}
		j.accounts[i].initial = available
	}
	return nil
}

// Close looks at what the run left behind: a short exact sequence on one
// shelf, then every shelf's stock, then the payments.
func (j *checkoutJudge) Close(ctx context.Context) ([]Invariant, error) {
	invariants := j.tally.invariants()
	if !j.strict {
		return invariants, nil
	}
	sequence, err := j.sequence(ctx)
	invariants = append(invariants, sequence...)
	if err != nil {
		return invariants, err
	}
	stock, err := j.stockInvariants(ctx)
	invariants = append(invariants, stock...)
	if err != nil {
		return invariants, err
	}
	charges, err := j.chargeInvariants(ctx)
	return append(invariants, charges...), err
}

// step is one request of the closing sequence, whose status is known exactly
// because nothing else is in flight.
type step struct {
	id, title string
	request   *Request
	status    int
}

func (j *checkoutJudge) sequence(ctx context.Context) ([]Invariant, error) {
	r := rand.New(rand.NewPCG(j.plan.options.Seed, 0x636c6f7365))
	at, pieces, err := j.lowest(ctx)
	if err != nil {
		return nil, err
	}
	const extra = 3
	pieces += extra
	if pieces < 1 || pieces >= maxQuantity {
		return nil, nil // below zero, which is a fault of its own, or nothing ran out
	}
	p, all := j.plan, int(pieces)
	steps := []step{
		{"restock-adds", "A restock can be seen at once", p.newRestock(r, at, extra), http.StatusOK},
		{"declined-undone", "A declined order leaves the stock as it was", p.orderOf(r, at, all, true), http.StatusPaymentRequired},
		{"one-too-many", "One more piece than there are is out of stock", p.orderOf(r, at, all+1, false), http.StatusConflict},
		{"last-piece", "The last pieces can be sold", p.orderOf(r, at, all, false), http.StatusCreated},
		{"sold-out", "Nothing is sold from an empty shelf", p.orderOf(r, at, 1, false), http.StatusConflict},
	}
	var invariants []Invariant
	for _, step := range steps {
		invariant, err := j.take(ctx, r, at, step)
		if err != nil {
			return invariants, err
		}
		invariants = append(invariants, invariant)
	}
	return invariants, nil
}

// take makes one step and reads the stock after it.
func (j *checkoutJudge) take(ctx context.Context, r *rand.Rand, at int, s step) (Invariant, error) {
	invariant := Invariant{ID: s.id, Title: s.title, Expected: fmt.Sprintf("status %d", s.status)}
	answer, fault, err := j.ask(ctx, s.request)
	if err != nil {
		return invariant, err
	}
	invariant.Observed = fmt.Sprintf("status %d", answer.Status)
	if answer.Status != s.status {
		return invariant, nil
	}
	if fault == nil {
		if answer, fault, err = j.ask(ctx, j.plan.newReading(r, at)); err != nil {
			return invariant, err
		}
	}
	if fault != nil {
		invariant.Observed = fmt.Sprintf("%d %.100s", answer.Status, bytes.TrimSpace(answer.Body))
		invariant.Expected = fault.Expected
		return invariant, nil
	}
	invariant.Pass = true
	return invariant, nil
}

// ask sends one request outside the traffic and judges its answer.
func (j *checkoutJudge) ask(ctx context.Context, r *Request) (Answer, *Fault, error) {
	ticket := j.Begin(r)
	answer, err := j.access.Target(ctx, r)
	if err != nil {
		j.Lost(ticket, r)
		return answer, nil, fmt.Errorf("%s %s: %w", r.Method, r.Path, err)
	}
	return answer, j.judge(ticket, r, answer), nil
}

// lowest is the shelf that has the fewest pieces.
func (j *checkoutJudge) lowest(ctx context.Context) (at int, pieces int64, err error) {
	for i := range j.accounts {
		available, err := j.readStock(ctx, i)
		if err != nil {
			return 0, 0, err
		}
		if i == 0 || available < pieces {
			at, pieces = i, available
		}
	}
	return at, pieces, nil
}

func (j *checkoutJudge) readStock(ctx context.Context, at int) (int64, error) {
	sku := j.plan.shelves[at].sku
	answer, err := j.access.Target(ctx, j.plan.readings[at])
	if err != nil {
		return 0, fmt.Errorf("read the stock of %s: %w", sku, err)
	}
	var level stockLevel
	if answer.Status != http.StatusOK || json.Unmarshal(answer.Body, &level) != nil || level.Available == nil {
		return 0, fmt.Errorf("read the stock of %s: status %d, %.80q", sku, answer.Status, answer.Body)
	}
	return *level.Available, nil
}

// stockInvariants compares every shelf with what was sold from it.
func (j *checkoutJudge) stockInvariants(ctx context.Context) ([]Invariant, error) {
	wrong, negative, first := 0, 0, ""
	for i := range j.accounts {
		available, err := j.readStock(ctx, i)
		if err != nil {
			return nil, err
		}
		if available < 0 {
			negative++
		}
		account := &j.accounts[i]
		least, most := account.least(account.window(), 0), account.most(account.window())
		if available < least || available > most {
			wrong++
			if first == "" {
				first = fmt.Sprintf(", e.g. %s has %d, not %d", j.plan.shelves[i].sku, available, most)
			}
		}
	}
	n := len(j.accounts)
	return []Invariant{
		{
			ID: "stock-conserved", Title: "Stock is what there was, plus restocks, less accepted orders", Pass: wrong == 0,
			Observed: fmt.Sprintf("%d of %d products right%s", n-wrong, n, first), Expected: fmt.Sprintf("%d of %d", n, n),
		},
		{
			ID: "stock-not-negative", Title: "No stock is negative", Pass: negative == 0,
			Observed: fmt.Sprintf("%d products below 0", negative), Expected: "0",
		},
	}, nil
}
