package main

import (
	"errors"
	"fmt"
	"sync"

	"bazaar/internal/shop"
)

// maxPieces bounds the stock of one product.
const maxPieces = 1_000_000_000

var (
	errUnknownSKU = errors.New("the shop doesn't sell this")
	errOutOfStock = errors.New("there is less in stock than ordered")
	errTooMany    = fmt.Errorf("the shelf holds at most %d pieces", maxPieces)
)

// desk takes orders and keeps the stock.
type desk struct {
	shop     *shop.Shop
	payments *payments

	mu     sync.RWMutex   // guards what follows
	stock  map[string]int // SKU → pieces, for every product
	orders int            // numbers the orders
}

func newDesk(s *shop.Shop, p *payments) *desk {
	return &desk{shop: s, payments: p, stock: s.InitialStock()}
}

// available is how many pieces of a product can be ordered.
func (d *desk) available(sku string) (int, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	pieces, known := d.stock[sku]
	if !known {
		return 0, errUnknownSKU
	}
	return pieces, nil
}

// restock adds pieces and returns how many can be ordered then.
func (d *desk) restock(sku string, pieces int) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	before, known := d.stock[sku]
	if !known {
		return 0, errUnknownSKU
	}
	if before > maxPieces-pieces {
		return 0, errTooMany
	}
	d.stock[sku] = before + pieces
	return before + pieces, nil
}
