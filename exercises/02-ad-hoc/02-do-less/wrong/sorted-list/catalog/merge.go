package main

import (
	"cmp"
	"slices"
	"strings"
)

// merge lists the offers that a request asks for. Of several offers of an article the
// first one is listed.
func (c *collections) merge(request listRequest) []*offer {
	var list []*offer
	for _, feed := range request.feeds {
		offers := c.offers[request.collection][feed]
		for i := range offers[:min(request.top, len(offers))] {
			if o := &offers[i]; request.accepts(o) {
				list = append(list, o)
			}
		}
	}
	slices.SortStableFunc(list, compareArticles)
	return slices.CompactFunc(list, func(a, b *offer) bool { return compareArticles(a, b) == 0 })
}

func compareArticles(a, b *offer) int {
	return cmp.Or(
		strings.Compare(strings.ToUpper(a.sku), strings.ToUpper(b.sku)),
		strings.Compare(strings.ToLower(a.colour), strings.ToLower(b.colour)),
	)
}
