package main

import (
	"errors"
	"fmt"
	"sync/atomic"

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
	shelves  map[string]*shelf // by SKU, for every product; the map never changes
	orders   atomic.Int64      // numbers the orders
}

// shelf has the pieces of one product: 0..maxPieces, and those of orders that are being
// charged are gone already.
type shelf struct {
	pieces atomic.Int64
}

func newDesk(s *shop.Shop, p *payments) *desk {
	d := &desk{shop: s, payments: p, shelves: map[string]*shelf{}}
	for sku, pieces := range s.InitialStock() {
		d.shelves[sku] = &shelf{}
		d.shelves[sku].pieces.Store(int64(pieces))
	}
	return d
}

// add changes the pieces by change, if what is left is 0..maxPieces.
func (s *shelf) add(change int) (left int, ok bool) {
	for {
		before := s.pieces.Load()
		after := before + int64(change)
		if after < 0 || after > maxPieces {
			return 0, false
		}
		if s.pieces.CompareAndSwap(before, after) {
			return int(after), true
		}
	}
}

// available is how many pieces of a product can be ordered.
func (d *desk) available(sku string) (int, error) {
	on, known := d.shelves[sku]
	if !known {
		return 0, errUnknownSKU
	}
	return int(on.pieces.Load()), nil
}

// restock adds pieces and returns how many can be ordered then.
func (d *desk) restock(sku string, pieces int) (int, error) {
	on, known := d.shelves[sku]
	if !known {
		return 0, errUnknownSKU
	}
	left, ok := on.add(pieces)
	if !ok {
		return 0, errTooMany
	}
	return left, nil
}
