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

const defaultLines = 10

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
	ready     sync.Map                     // what was looked up, by order
}

func newAccounts(s *shop.Shop, p *payments) *accounts {
	load := func() map[string][]purchase { return loadPurchases(s) }
	a := &accounts{shop: s, payments: p, purchases: sync.OnceValue(load), key: s.CodeKey()}
	go a.warmUp()
	return a
}

// warmUp looks up what customers may ask for.
func (a *accounts) warmUp() {
	orders := make(chan string)
	for range 64 {
		go func() {
			for order := range orders {
				if found, err := a.payments.lookUp(context.Background(), order); err == nil {
					a.ready.Store(order, found)
				}
			}
		}()
	}
	for _, list := range a.purchases() {
		for _, p := range list {
			orders <- p.order
		}
	}
	close(orders)
}

// statement has the last so many orders of a customer. The newest order that payments
// can't vouch for decides the error.
func (a *accounts) statement(ctx context.Context, customer string, last int) (statement, error) {
	if _, known := a.shop.Customer(customer); !known {
		return statement{}, errUnknownCustomer
	}
	list := a.purchases()[customer]
	list = list[:min(last, len(list))]
	made := statement{Customer: customer, Lines: make([]statementLine, 0, len(list))}
	for _, p := range list {
		line, err := a.line(ctx, p)
		if err != nil {
			return statement{}, err
		}
		if line.State != stateRefunded {
			made.SettledCents += line.AmountCents
		}
		made.Lines = append(made.Lines, line)
	}
	return made, nil
}

// line asks payments about an order, and adds the code.
func (a *accounts) line(ctx context.Context, p purchase) (statementLine, error) {
	var found charged
	if ready, ok := a.ready.Load(p.order); ok {
		found = ready.(charged)
	} else {
		var err error
		if found, err = a.payments.lookUp(ctx, p.order); err != nil {
			return statementLine{}, err
		}
		a.ready.Store(p.order, found)
	}
	code, err := checkCode(a.key, p, found.State)
	if err != nil {
		return statementLine{}, err
	}
	return statementLine{p.order, p.date, p.amountCents, found.Charge, found.Card, found.State, code}, nil
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
