package main

import (
	"slices"
	"strings"
)

// merge lists the offers that a request asks for, feed by feed, each article once.
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
	return slices.CompactFunc(list, sameArticle)
}

// sameArticle compares what names an article; every partner writes it in a case of its own.
func sameArticle(a, b *offer) bool {
	return strings.EqualFold(a.sku, b.sku) && strings.EqualFold(a.colour, b.colour)
}
