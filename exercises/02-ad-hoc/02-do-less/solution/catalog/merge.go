package main

import "strings"

// article is what an offer is for, in one way of writing it.
type article struct{ sku, colour string }

func articleOf(o *offer) article {
	return article{sku: strings.ToUpper(o.sku), colour: strings.ToLower(o.colour)}
}

// merge lists the offers that a request asks for, feed by feed. Of an article that was
// offered before, later offers are left out.
func (c *collections) merge(request listRequest) []*offer {
	var list []*offer
	listed := map[article]struct{}{}
	for _, feed := range request.feeds {
		offers := c.offers[request.collection][feed]
		for i := range offers[:min(request.top, len(offers))] {
			o := &offers[i]
			if !request.accepts(o) {
				continue
			}
			a := articleOf(o)
			if _, known := listed[a]; !known {
				listed[a] = struct{}{}
				list = append(list, o)
			}
		}
	}
	return list
}
