package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"sync"

	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

const (
	defaultLines = 10

	// maxLookUps of one statement are in flight at a time: the bank's terms.
	maxLookUps = 4
)

var errUnknownCustomer = errors.New("there is no such customer")

// statement lists a customer's newest orders, newest first.
type statement struct {
	Customer     string          `json:"customer"`
	Lines        []statementLine `json:"lines"`
	SettledCents int             `json:"settledCents"`
}

// statementLine is an order and how its charge stands.
type statementLine struct {
	Order       string `json:"order"`
	Date        string `json:"date"`
	AmountCents int    `json:"amountCents"`
	Charge      string `json:"charge"`
	Card        string `json:"card"`
	State       string `json:"state"`
	Code        string `json:"code"`
}

// accounts makes statements.
type accounts struct {
	shop      *shop.Shop
	payments  *payments
	purchases func() map[string][]purchase // by customer; loaded when first asked for
	key       string                       // of the codes
}

func newAccounts(s *shop.Shop, p *payments) *accounts {
	load := func() map[string][]purchase { return loadPurchases(s) }
	return &accounts{shop: s, payments: p, purchases: sync.OnceValue(load), key: s.CodeKey()}
}

// statement has the last so many orders of a customer. The newest order that payments
// can't vouch for decides the error.
func (a *accounts) statement(ctx context.Context, customer string, last int) (statement, error) {
	if _, known := a.shop.Customer(customer); !known {
		return statement{}, errUnknownCustomer
	}
	list := a.purchases()[customer]
	list = list[:min(last, len(list))]
	lines, err := a.lines(ctx, list)
	if err != nil {
		return statement{}, err
	}
	made := statement{Customer: customer, Lines: lines}
	for _, line := range lines {
		if line.State != stateRefunded {
			made.SettledCents += line.AmountCents
		}
	}
	return made, nil
}

// lines has a line for each order, in their order. Each is looked up twice at a time: the
// quicker answer counts.
func (a *accounts) lines(ctx context.Context, list []purchase) ([]statementLine, error) {
	lines, errs := make([]statementLine, len(list)), make([]error, len(list))
	slots := make(chan struct{}, maxLookUps/2)
	var lookUps sync.WaitGroup
	for i, p := range list {
		slots <- struct{}{}
		lookUps.Add(1)
		go func() {
			defer lookUps.Done()
			defer func() { <-slots }()
			lines[i], errs[i] = a.line(ctx, p)
		}()
	}
	lookUps.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return lines, nil
}

// line asks payments about an order, and adds the code.
func (a *accounts) line(ctx context.Context, p purchase) (statementLine, error) {
	found, err := a.quicker(ctx, p.order)
	if err != nil {
		return statementLine{}, err
	}
	code, err := checkCode(a.key, p, found.State)
	if err != nil {
		return statementLine{}, err
	}
	return statementLine{p.order, p.date, p.amountCents, found.Charge, found.Card, found.State, code}, nil
}

// quicker has the first of two answers.
func (a *accounts) quicker(ctx context.Context, order string) (charged, error) {
	type answer struct {
		found charged
		err   error
	}
	answers := make(chan answer, 2)
	for range 2 {
		go func() {
			found, err := a.payments.lookUp(ctx, order)
			answers <- answer{found, err}
		}()
	}
	first := <-answers
	return first.found, first.err
}

func (s *service) handleStatement(w http.ResponseWriter, r *http.Request) {
	last, err := readLast(r.URL.Query()["last"])
	if err != nil {
		serve.WriteError(w, http.StatusBadRequest, "bad-last", err.Error())
		return
	}
	made, err := s.accounts.statement(r.Context(), r.PathValue("customer"), last)
	if err != nil {
		refuse(w, err)
		return
	}
	serve.WriteJSON(w, http.StatusOK, made)
}

func readLast(values []string) (int, error) {
	if len(values) == 0 {
		return defaultLines, nil
	}
	last, err := strconv.Atoi(values[0])
	if err != nil || len(values) > 1 || last < 1 || last > maxLines {
		return 0, fmt.Errorf("last is %q, must be one number, 1 to %d", values, maxLines)
	}
	return last, nil
}
