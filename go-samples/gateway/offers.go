package main

import (
	"cmp"
	"slices"

	"bazaar/internal/shop"
)

// offers are the products of each category, in the order of the categories' names.
type offers struct{ categories [][]*shop.Product }

func newOffers(s *shop.Shop) *offers {
	byName := map[string][]*shop.Product{}
	for i := range s.Products {
		product := &s.Products[i]
		byName[product.Category] = append(byName[product.Category], product)
	}
	names := make([]string, 0, len(byName))
	for name := range byName {
		names = append(names, name)
	}
	slices.Sort(names)
	o := &offers{}
	for _, name := range names {
		o.categories = append(o.categories, byName[name])
	}
	return o
}

type scored struct {
	product *shop.Product
	score   int
}

// rank puts the products of the visitor's category into the visitor's own order.
func (o *offers) rank(v visitor) []scored {
	category := o.categories[hash(v.id)%uint32(len(o.categories))]
	ranking := make([]scored, len(category))
	for i, product := range category {
		ranking[i] = scored{product, product.Popularity + int(hash(v.id+product.SKU)%1000)}
	}
	slices.SortFunc(ranking, func(a, b scored) int {
		return cmp.Or(b.score-a.score, a.product.ID-b.product.ID)
	})
	return ranking
}

// hash is the 32-bit FNV-1a hash of a text.
func hash(text string) uint32 {
	h := uint32(2166136261)
	for i := range len(text) {
		h = (h ^ uint32(text[i])) * 16777619
	}
	return h
}
