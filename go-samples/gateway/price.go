package main

import (
	"errors"
	"fmt"

	"bazaar/internal/shop"
)

const (
	manyPieces     = 10
	manyPercent    = 95 // of the price, for that many pieces of a product
	shippingCents  = 490
	freeShippingAt = 5000
)

var errUnknownCustomer = errors.New("the shop doesn't know this customer")

// priced is a cart with one line for each product.
type priced struct {
	Customer      string `json:"customer"`
	Reference     string `json:"reference"`
	Lines         []line `json:"lines"`
	Units         int    `json:"units"`
	GoodsCents    int    `json:"goodsCents"`
	ShippingCents int    `json:"shippingCents"`
	TotalCents    int    `json:"totalCents"`
}

type line struct {
	SKU        string `json:"sku"`
	Title      string `json:"title"`
	Quantity   int    `json:"quantity"`
	PriceCents int    `json:"priceCents"`
	TotalCents int    `json:"totalCents"`
	Reference  string `json:"reference"`
}

// pricedOrder is what is shown before an order is placed.
type pricedOrder struct {
	*priced
	Card  string `json:"card"` // masked
	Email string `json:"email"`
}

// priceCart prices a valid cart.
func priceCart(s *shop.Shop, c *cart) (*priced, error) {
	if _, known := s.Customer(c.Customer); !known {
		return nil, errUnknownCustomer
	}
	lines, err := joinItems(s, c.Items)
	if err != nil {
		return nil, err
	}
	p := &priced{Customer: c.Customer, Reference: c.Reference, Lines: lines}
	for i := range lines {
		l := &lines[i]
		l.TotalCents = l.Quantity * l.PriceCents
		if l.Quantity >= manyPieces {
			l.TotalCents = l.TotalCents * manyPercent / 100
		}
		p.Units += l.Quantity
		p.GoodsCents += l.TotalCents
	}
	if p.GoodsCents < freeShippingAt {
		p.ShippingCents = shippingCents
	}
	p.TotalCents = p.GoodsCents + p.ShippingCents
	return p, nil
}

// joinItems makes one line of all items of a product.
func joinItems(s *shop.Shop, items []item) ([]line, error) {
	lines := make([]line, 0, len(items))
	at := make(map[string]int, len(items)) // SKU → index into lines
	for _, item := range items {
		if i, again := at[item.SKU]; again {
			lines[i].Quantity += item.Quantity
			continue
		}
		product, known := s.Product(item.SKU)
		if !known {
			return nil, fmt.Errorf("the shop doesn't sell %s", item.SKU)
		}
		at[item.SKU] = len(lines)
		lines = append(lines, line{
			SKU: item.SKU, Title: product.Title, Quantity: item.Quantity,
			PriceCents: product.PriceCents, Reference: item.Reference,
		})
	}
	return lines, nil
}
