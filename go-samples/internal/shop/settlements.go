package shop

import (
	"fmt"
	"strconv"
	"strings"
)

// Settlement is what the bank has on file about an order of the sales history.
type Settlement struct {
	Charge   string // the bank's number of the charge: "ch-0a1b2c3d"
	Card     string // the last four digits: "0042"
	Disputed bool   // the customer contests it
}

// Settlement is the bank's entry about an order's ID, as in Orders. About one order in
// 150 has none, it was paid in cash, and as many are disputed.
func (s *Shop) Settlement(order string) (Settlement, bool) {
	digits, ok := strings.CutPrefix(order, "B")
	n, err := strconv.Atoi(digits)
	if !ok || err != nil || n < 1 || n > OrderCount || fmt.Sprintf("B%06d", n) != order {
		return Settlement{}, false
	}
	d := newDice(s.seed, "settlement/"+order)
	kind := d.below(150)
	if kind == 0 {
		return Settlement{}, false
	}
	return Settlement{
		Charge:   fmt.Sprintf("ch-%08x", d.below(1<<32)),
		Card:     fmt.Sprintf("%04d", d.below(10_000)),
		Disputed: kind == 1,
	}, true
}

// CodeKey is the shop's secret for the codes on its statements.
func (s *Shop) CodeKey() string {
	d := newDice(s.seed, "code key")
	return fmt.Sprintf("%016x%016x", d.source.Uint64(), d.source.Uint64())
}
