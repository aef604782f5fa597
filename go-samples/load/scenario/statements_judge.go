package scenario

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync/atomic"
)

// refundTries is how many refunds the closing sequence makes.
const refundTries = 3

// statementsJudge judges each answer by its request. Afterwards, if all traffic
// is its own, it counts the look-ups and has payments refund charges of
// statements that were just made.
type statementsJudge struct {
	*stateless
	plan   *statementsPlan
	access Access
	lines  atomic.Int64 // of the right statements so far
}

func (j *statementsJudge) End(t Ticket, r *Request, a Answer) *Fault {
	fault := j.stateless.End(t, r, a)
	if expect, ok := r.expect.(*statementAnswer); ok && fault == nil {
		j.lines.Add(expect.lines)
	}
	return fault
}

// lookedUp says whether payments was asked about every line: what was kept from
// an earlier look-up may have changed since.
func (j *statementsJudge) lookedUp(ctx context.Context) (Invariant, error) {
	answer, err := j.access.Payments(ctx, ledgerRequest)
	if err != nil {
		return Invariant{}, fmt.Errorf("read the ledger: %w", err)
	}
	var seen struct {
		LookupCount int64 `json:"lookupCount"`
	}
	if err := json.Unmarshal(answer.Body, &seen); err != nil {
		return Invariant{}, fmt.Errorf("read the ledger: %w", err)
	}
	lines := j.lines.Load()
	return Invariant{
		ID: "looked-up", Title: "Every line of every statement was looked up at payments", Pass: seen.LookupCount >= lines,
		Observed: fmt.Sprintf("%d look-ups", seen.LookupCount), Expected: fmt.Sprintf("%d and more", lines),
	}, nil
}

func (j *statementsJudge) Close(ctx context.Context) ([]Invariant, error) {
	invariants, err := j.stateless.Close(ctx)
	if err != nil || !j.plan.options.Thorough {
		return invariants, err
	}
	lookedUp, err := j.lookedUp(ctx)
	if err != nil {
		return invariants, err
	}
	invariants = append(invariants, lookedUp)
	r := rand.New(rand.NewPCG(j.plan.options.Seed, 0x726566756e64))
	refunds := Invariant{
		ID: "refund-seen", Title: "A refund is on the customer's next statement",
		Expected: fmt.Sprintf("%d of %d statements right", refundTries, refundTries),
	}
	right, wrong := 0, ""
	for _, customer := range j.plan.accounts(r, 3, refundTries) {
		fault, err := j.refund(ctx, r, customer)
		if err != nil {
			return invariants, err
		}
		if fault == nil {
			right++
		} else {
			wrong = fmt.Sprintf(", e.g. of %s (%s)", customer, fault.Rule)
		}
	}
	refunds.Pass = right == refundTries
	refunds.Observed = fmt.Sprintf("%d of %d statements right%s", right, refundTries, wrong)
	return append(invariants, refunds), nil
}

// refund asks for a statement, has one of its charges refunded, and asks again.
func (j *statementsJudge) refund(ctx context.Context, r *rand.Rand, customer string) (*Fault, error) {
	const last = 3
	order := j.plan.model.newest[customer][r.IntN(last)].ID
	for _, refunded := range []string{"", order} {
		if refunded != "" {
			path := "/charges/" + order + "/refund"
			answer, err := j.access.Payments(ctx, &Request{Method: http.MethodPost, Path: path})
			if err == nil && answer.Status/100 != 2 {
				err = fmt.Errorf("status %d", answer.Status)
			}
			if err != nil {
				return nil, fmt.Errorf("refund %s: %w", order, err)
			}
		}
		expect := j.plan.model.answer(customer, last, refunded)
		answer, err := j.access.Target(ctx, statementRequest(r, customer, lastText(last), j.plan.answered, expect))
		if err != nil {
			return nil, fmt.Errorf("the statement of %s: %w", customer, err)
		}
		if fault := expect.check(answer); fault != nil {
			return fault, nil
		}
	}
	return nil, nil
}
