package main

import (
	"cmp"
	"slices"
	"strings"
)

// candidate is an offer that passes the filters, with its place among them.
type candidate struct {
	offer   *offer
	article string // in one case
	place   int
}

// merge lists the offers that a request asks for, feed by feed. Of an article that was
// offered before, later offers are left out.
func (c *collections) merge(request listRequest) []*offer {
	all := c.candidates(request)
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(strings.Compare(a.article, b.article), cmp.Compare(a.place, b.place))
	})
	all = slices.CompactFunc(all, func(a, b candidate) bool { return a.article == b.article })
	slices.SortFunc(all, func(a, b candidate) int { return cmp.Compare(a.place, b.place) })
	list := make([]*offer, len(all))
	for i := range all {
		list[i] = all[i].offer
	}
	return list
}

func (c *collections) candidates(request listRequest) []candidate {
	var all []candidate
	for _, feed := range request.feeds {
		offers := c.offers[request.collection][feed]
		for i := range offers[:min(request.top, len(offers))] {
			if o := &offers[i]; request.accepts(o) {
				all = append(all, candidate{offer: o, article: strings.ToLower(o.sku + "/" + o.colour), place: len(all)})
			}
		}
	}
	return all
}
