package main

import (
	"sort"

	"bazaar/internal/shop"
)

// sale is one order as it appears in reports.
type sale struct {
	order      string
	date       string // 2025-03-09
	customer   string // name
	product    *shop.Product
	quantity   int
	priceCents int // for one piece
	note       string
}

func (s *sale) revenueCents() int { return s.quantity * s.priceCents }

// history keeps all sales in memory, by region and in the order of time: reports are asked
// for all day, and the history only changes over night.
type history struct {
	names map[string]string // region code → name
	sales map[string][]sale // by region code
}

func loadHistory(s *shop.Shop) *history {
	h := &history{names: map[string]string{}, sales: map[string][]sale{}}
	for _, region := range s.Regions {
		h.names[region.Code] = region.Name
	}
	for _, o := range s.Orders() {
		customer, _ := s.Customer(o.CustomerID)
		h.sales[o.Region] = append(h.sales[o.Region], sale{
			order:      o.ID,
			date:       o.Date,
			customer:   customer.Name,
			product:    &s.Products[o.ProductID-1],
			quantity:   o.Quantity,
			priceCents: o.PriceCents,
			note:       o.Note,
		})
	}
	return h
}

// since returns at most count sales of a region, starting with the first one on day.
func (h *history) since(region, day string, count int) []sale {
	sales := h.sales[region]
	first := sort.Search(len(sales), func(i int) bool { return sales[i].date >= day })
	return sales[first:min(first+count, len(sales))]
}
