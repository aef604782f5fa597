package main

import (
	"errors"
	"fmt"

	"bazaar/internal/shop"
)

// maxPieces bounds the stock of one product.
const maxPieces = 1_000_000_000

var (
	errUnknownSKU = errors.New("the shop doesn't sell this")
	errOutOfStock = errors.New("there is less in stock than ordered")
	errTooMany    = fmt.Errorf("the shelf holds at most %d pieces", maxPieces)
)

// desk takes orders. Its books belong to one goroutine, which does what it is asked, one
// thing after another, and never waits for anybody else meanwhile.
type desk struct {
	shop     *shop.Shop
	payments *payments
	tasks    chan func(*books)
}

// books are what the desk keeps.
type books struct {
	stock  map[string]int // SKU → pieces, for every product
	orders int            // numbers the orders
}

func newDesk(s *shop.Shop, p *payments) *desk {
	d := &desk{shop: s, payments: p, tasks: make(chan func(*books))}
	go d.keep(&books{stock: s.InitialStock()})
	return d
}

// keep works for as long as the process runs.
func (d *desk) keep(b *books) {
	for task := range d.tasks {
		task(b)
	}
}

// ask returns when task has been done.
func (d *desk) ask(task func(*books)) {
	done := make(chan struct{})
	d.tasks <- func(b *books) {
		task(b)
		close(done)
	}
	<-done
}

// available is how many pieces of a product can be ordered.
func (d *desk) available(sku string) (pieces int, err error) {
	d.ask(func(b *books) {
		known := false
		if pieces, known = b.stock[sku]; !known {
			err = errUnknownSKU
		}
	})
	return pieces, err
}

// restock adds pieces and returns how many can be ordered then.
func (d *desk) restock(sku string, pieces int) (available int, err error) {
	d.ask(func(b *books) {
		before, known := b.stock[sku]
		switch {
		case !known:
			err = errUnknownSKU
		case before > maxPieces-pieces:
			err = errTooMany
		default:
			available = before + pieces
			b.stock[sku] = available
		}
	})
	return available, err
}
