package scenario

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"bazaar/internal/shop"
)

type statementLine struct {
	Order       string `json:"order"`
	Date        string `json:"date"`
	AmountCents int    `json:"amountCents"`
	Charge      string `json:"charge"`
	Card        string `json:"card"`
	State       string `json:"state"`
	Code        string `json:"code"`
}

type statementResult struct {
	Customer     string          `json:"customer"`
	Lines        []statementLine `json:"lines"`
	SettledCents int             `json:"settledCents"`
}

// statementModel knows the newest orders of each customer and what payments has
// on file about them.
type statementModel struct {
	shop   *shop.Shop
	newest map[string][]shop.Order // by customer, newest first, at most maxLines
}

// codes are remembered by key and text: each takes a millisecond, and plans of
// one shop have many in common.
var codes sync.Map

func newStatementModel(s *shop.Shop) *statementModel {
	m := &statementModel{shop: s, newest: map[string][]shop.Order{}}
	for _, o := range slices.Backward(s.Orders()) {
		if len(m.newest[o.CustomerID]) < maxLines {
			m.newest[o.CustomerID] = append(m.newest[o.CustomerID], o)
		}
	}
	return m
}

// statementAnswer expects a statement of so many lines.
type statementAnswer struct {
	jsonAnswer
	lines int64
}

func (m *statementModel) answer(customer string, last int, refunded string) *statementAnswer {
	result := m.statement(customer, last, refunded)
	return &statementAnswer{
		jsonAnswer: jsonAnswer{body: mustJSON(result), explain: explainStatement}, lines: int64(len(result.Lines)),
	}
}

// statement is the right answer, with one order refunded unless that is "".
func (m *statementModel) statement(customer string, last int, refunded string) statementResult {
	orders := m.newest[customer]
	result := statementResult{Customer: customer, Lines: []statementLine{}}
	for _, o := range orders[:min(last, len(orders))] {
		filed, _ := m.shop.Settlement(o.ID)
		line := statementLine{
			Order: o.ID, Date: o.Date, AmountCents: o.Quantity * o.PriceCents,
			Charge: filed.Charge, Card: filed.Card, State: "settled",
		}
		if o.ID == refunded {
			line.State = "refunded"
		} else {
			result.SettledCents += line.AmountCents
		}
		line.Code = m.code(fmt.Sprintf("%s|%d|%s", line.Order, line.AmountCents, line.State))
		result.Lines = append(result.Lines, line)
	}
	return result
}

// failing is the place of the newest of the last so many orders that payments
// can't vouch for, or -1.
func (m *statementModel) failing(customer string, last int) int {
	orders := m.newest[customer]
	for i := range orders[:min(last, len(orders))] {
		if m.reason(customer, i) != "" {
			return i
		}
	}
	return -1
}

// reason is the code with which an order keeps a statement from being made, or "".
func (m *statementModel) reason(customer string, at int) string {
	filed, known := m.shop.Settlement(m.newest[customer][at].ID)
	switch {
	case !known:
		return codeNoCharge
	case filed.Disputed:
		return codeDisputed
	}
	return ""
}

// code is PBKDF2 with HMAC-SHA-256 (RFC 8018, 5.2), 3,000 rounds: five bytes, in
// base 32.
func (m *statementModel) code(text string) string {
	key := m.shop.CodeKey()
	if code, known := codes.Load(key + text); known {
		return code.(string)
	}
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(text))
	mac.Write([]byte{0, 0, 0, 1})
	last := mac.Sum(nil)
	sum := slices.Clone(last)
	for range 3000 - 1 {
		mac.Reset()
		mac.Write(last)
		last = mac.Sum(last[:0])
		for i := range sum {
			sum[i] ^= last[i]
		}
	}
	code := base32.StdEncoding.EncodeToString(sum[:5])
	codes.Store(key+text, code)
	return code
}

// explainStatement names what is wrong with a statement.
func explainStatement(want, got []byte) string {
	var expected, seen statementResult
	if json.Unmarshal(want, &expected) != nil || json.Unmarshal(got, &seen) != nil {
		return "statement-fields"
	}
	ordersOf := func(lines []statementLine) []string {
		var ids []string
		for _, line := range lines {
			ids = append(ids, line.Order)
		}
		return ids
	}
	wanted, given := ordersOf(expected.Lines), ordersOf(seen.Lines)
	switch {
	case seen.Customer != expected.Customer:
		return "statement-customer"
	case len(given) != len(wanted):
		return "statement-lines"
	case !slices.Equal(slices.Sorted(slices.Values(given)), slices.Sorted(slices.Values(wanted))):
		return "statement-lines"
	case !slices.Equal(given, wanted):
		return "statement-order"
	}
	for i, line := range expected.Lines {
		line.Code = seen.Lines[i].Code
		if seen.Lines[i] != line {
			return "statement-line"
		}
		if line.Code != expected.Lines[i].Code {
			return "statement-code"
		}
	}
	if seen.SettledCents != expected.SettledCents {
		return "statement-total"
	}
	return "statement-fields"
}
