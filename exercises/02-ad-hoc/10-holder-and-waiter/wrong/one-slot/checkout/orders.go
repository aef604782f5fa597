package main

import (
	"context"
	"errors"
	"fmt"

	"bazaar/internal/shop"
)

const maxQuantity = 20

// order is what a customer asks for.
type order struct {
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
	Card     string `json:"card"`
	Customer string `json:"customer"`
}

// receipt is an order that has been charged.
type receipt struct {
	Order       string `json:"order"`
	SKU         string `json:"sku"`
	Quantity    int    `json:"quantity"`
	AmountCents int    `json:"amountCents"`
}

func (o order) validate(s *shop.Shop) error {
	if !isSKU(o.SKU) {
		return fmt.Errorf("sku %q is not two capital letters, a dash and four digits", o.SKU)
	}
	if o.Quantity < 1 || o.Quantity > maxQuantity {
		return fmt.Errorf("quantity %d is not 1 to %d", o.Quantity, maxQuantity)
	}
	if !shop.IsCard(o.Card) {
		return errors.New("the card is not a test card")
	}
	if _, known := s.Customer(o.Customer); !known {
		return fmt.Errorf("there is no customer %q", o.Customer)
	}
	return nil
}

func isSKU(sku string) bool {
	if len(sku) != 7 || sku[2] != '-' {
		return false
	}
	for i, c := range []byte(sku) {
		letter, digit := 'A' <= c && c <= 'Z', '0' <= c && c <= '9'
		if i < 2 && !letter || i > 2 && !digit {
			return false
		}
	}
	return true
}

// placeOrder charges the customer and takes the pieces out of stock. Either both happen
// or neither.
func (d *desk) placeOrder(ctx context.Context, o order) (receipt, error) {
	product, known := d.shop.Product(o.SKU)
	if !known {
		return receipt{}, errUnknownSKU
	}

	d.enter()
	defer d.leave()
	if d.stock[o.SKU] < o.Quantity {
		return receipt{}, errOutOfStock
	}
	d.orders++
	r := receipt{
		Order:       fmt.Sprintf("ord-%06d", d.orders),
		SKU:         o.SKU,
		Quantity:    o.Quantity,
		AmountCents: o.Quantity * product.PriceCents,
	}
	if err := d.payments.charge(ctx, charge{Order: r.Order, Card: o.Card, AmountCents: r.AmountCents}); err != nil {
		return receipt{}, err
	}
	d.stock[o.SKU] -= o.Quantity
	return r, nil
}
