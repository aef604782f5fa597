package main

import "slices"

// merge lists the offers that a request asks for, feed by feed. Of an article that was
// offered before, later offers are left out.
func (c *collections) merge(request listRequest) []*offer {
	var list []*offer
	for _, feed := range request.feeds {
		offers := c.offers[request.collection][feed]
		for i := range offers[:min(request.top, len(offers))] {
			o := &offers[i]
			if request.accepts(o) && !contains(list, o) {
				list = append(list, o)
			}
		}
	}
	return list
}

// contains says whether the article of an offer is in the list.
func contains(list []*offer, o *offer) bool {
	return slices.ContainsFunc(list, func(listed *offer) bool { return listed.article == o.article })
}
