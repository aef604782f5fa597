package main

import (
	"cmp"
	"slices"

	"bazaar/internal/shop"
)

const topCount = 5

type summaryJSON struct {
	Region       string        `json:"region"`
	Name         string        `json:"name"`
	Orders       int           `json:"orders"`
	Units        int           `json:"units"`
	RevenueCents int           `json:"revenueCents"`
	FirstDay     string        `json:"firstDay"`
	LastDay      string        `json:"lastDay"`
	Top          []productJSON `json:"top"`
}

type productJSON struct {
	SKU          string `json:"sku"`
	Title        string `json:"title"`
	Units        int    `json:"units"`
	RevenueCents int    `json:"revenueCents"`
}

func (h *history) summary(region string) summaryJSON {
	sales := h.sales[region]
	sum := summaryJSON{Region: region, Name: h.names[region], Orders: len(sales)}
	if len(sales) > 0 {
		sum.FirstDay, sum.LastDay = sales[0].date, sales[len(sales)-1].date
	}
	sellers := make([]seller, shop.ProductCount) // by product ID - 1
	for i := range sales {
		s := &sales[i]
		sum.Units += s.quantity
		sum.RevenueCents += s.revenueCents()
		sellers[s.product.ID-1].add(s)
	}
	sum.Top = best(sellers)
	return sum
}

// seller is what one product brought.
type seller struct {
	product      *shop.Product // nil: never sold
	units        int
	revenueCents int
}

func (p *seller) add(s *sale) {
	p.product = s.product
	p.units += s.quantity
	p.revenueCents += s.revenueCents()
}

// best are the products with the most revenue, highest first, then by SKU. It reorders sellers.
func best(sellers []seller) []productJSON {
	sellers = slices.DeleteFunc(sellers, func(p seller) bool { return p.product == nil })
	slices.SortFunc(sellers, func(a, b seller) int {
		return cmp.Or(cmp.Compare(b.revenueCents, a.revenueCents), cmp.Compare(a.product.SKU, b.product.SKU))
	})
	top := make([]productJSON, min(topCount, len(sellers)))
	for i := range top {
		p := sellers[i]
		top[i] = productJSON{SKU: p.product.SKU, Title: p.product.Title, Units: p.units, RevenueCents: p.revenueCents}
	}
	return top
}
