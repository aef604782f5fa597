package scenario

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
)

var (
	ledgerRequest = &Request{Method: http.MethodGet, Path: "/ledger"}
	ledgerReset   = &Request{Method: http.MethodPost, Path: "/ledger/reset"}
)

// ledger is what payments has charged.
type ledger struct {
	InFlight        int              `json:"inFlight"`
	Approved        map[string]int64 `json:"approved"`
	ApprovedOmitted int64            `json:"approvedOmitted"`
	ApprovedCount   int64            `json:"approvedCount"`
	ApprovedCents   int64            `json:"approvedCents"`
	DeclinedCount   int64            `json:"declinedCount"`
}

func resetLedger(ctx context.Context, payments Probe) error {
	answer, err := payments(ctx, ledgerReset)
	if err != nil {
		return fmt.Errorf("reset the ledger: %w", err)
	}
	if answer.Status/100 != 2 {
		return fmt.Errorf("reset the ledger: status %d", answer.Status)
	}
	return nil
}

func (j *checkoutJudge) readLedger(ctx context.Context) (ledger, error) {
	var l ledger
	answer, err := j.access.Payments(ctx, ledgerRequest)
	if err != nil {
		return l, fmt.Errorf("read the ledger: %w", err)
	}
	if err := json.Unmarshal(answer.Body, &l); err != nil {
		return l, fmt.Errorf("read the ledger: %w", err)
	}
	return l, nil
}

// chargeInvariants compares the accepted orders with the ledger, both ways.
func (j *checkoutJudge) chargeInvariants(ctx context.Context) ([]Invariant, error) {
	l, err := j.readLedger(ctx)
	if err != nil {
		return nil, err
	}
	var orders, cents, uncharged, different int64
	for id, amount := range j.sold {
		orders, cents = orders+1, cents+amount
		charged, known := l.Approved[id]
		switch {
		case !known:
			uncharged++
		case charged != amount:
			different++
		}
	}
	uncharged = max(uncharged-l.ApprovedOmitted, 0)
	stray := int64(0)
	for id := range l.Approved {
		if _, known := j.sold[id]; !known {
			stray++
		}
	}
	return []Invariant{
		counted("orders-charged", "Every accepted order was charged", uncharged, "orders without a charge"),
		counted("charges-ordered", "Nothing was charged without an accepted order", stray, "charges without an order"),
		counted("charged-amount", "Every order was charged its own amount", different, "orders charged a different sum"),
		equal("charged-once", "There are as many charges as accepted orders", l.ApprovedCount, orders, "charges"),
		equal("charged-cents", "All charges together are all orders together", l.ApprovedCents, cents, "cents"),
		equal("declined-by-payments", "Every declined card was declined by payments", l.DeclinedCount, j.declines, "declined charges"),
	}, nil
}

func counted(id, title string, wrong int64, what string) Invariant {
	return Invariant{ID: id, Title: title, Pass: wrong == 0, Observed: fmt.Sprintf("%d %s", wrong, what), Expected: "0"}
}

func equal(id, title string, observed, expected int64, what string) Invariant {
	return Invariant{
		ID: id, Title: title, Pass: observed == expected,
		Observed: fmt.Sprintf("%d %s", observed, what), Expected: fmt.Sprint(expected),
	}
}
