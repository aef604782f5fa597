package main

import (
	"slices"
	"strings"
)

// maxListed is more than anybody scrolls.
const maxListed = 200

// merge lists the offers that a request asks for, feed by feed. Of an article that was
// offered before, later offers are left out.
func (c *collections) merge(request listRequest) []*offer {
	var list []*offer
	for _, feed := range request.feeds {
		offers := c.offers[request.collection][feed]
		for i := range offers[:min(request.top, len(offers))] {
			o := &offers[i]
			if request.accepts(o) && len(list) < maxListed && !contains(list, o) {
				list = append(list, o)
			}
		}
	}
	return list
}

// contains says whether the article of an offer is in the list.
func contains(list []*offer, o *offer) bool {
	return slices.ContainsFunc(list, func(listed *offer) bool { return sameArticle(listed, o) })
}

// sameArticle compares what names an article; every partner writes it in a case of its own.
func sameArticle(a, b *offer) bool {
	return strings.EqualFold(a.sku, b.sku) && strings.EqualFold(a.colour, b.colour)
}
