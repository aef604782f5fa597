package scenario

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
)

// refundTries is how many refunds the closing sequence makes.
const refundTries = 3

// statementsJudge judges each answer by its request. Afterwards, if all traffic
// is its own, it has payments refund charges of statements that were just made.
type statementsJudge struct {
	*stateless
	plan   *statementsPlan
	access Access
}

func (j *statementsJudge) Close(ctx context.Context) ([]Invariant, error) {
	invariants, err := j.stateless.Close(ctx)
	if err != nil || !j.plan.options.Thorough {
		return invariants, err
	}
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
		expect := &jsonAnswer{body: mustJSON(j.plan.model.statement(customer, last, refunded)), explain: explainStatement}
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
