package main

import "bazaar/internal/shop"

// maxLines bounds a statement, and what is kept of the history.
const maxLines = 40

// purchase is one order of the sales history.
type purchase struct {
	order       string
	date        string
	amountCents int
}

// loadPurchases has each customer's newest orders, newest first, at most maxLines.
func loadPurchases(s *shop.Shop) map[string][]purchase {
	byCustomer := make(map[string][]purchase, len(s.Customers))
	orders := s.Orders()
	for i := len(orders) - 1; i >= 0; i-- {
		o := &orders[i]
		if list := byCustomer[o.CustomerID]; len(list) < maxLines {
			byCustomer[o.CustomerID] = append(list, purchase{o.ID, o.Date, o.Quantity * o.PriceCents})
		}
	}
	return byCustomer
}
