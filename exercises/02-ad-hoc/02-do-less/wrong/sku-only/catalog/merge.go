package main

import "strings"

// merge lists the offers that a request asks for, feed by feed. Of an article that was
// offered before, later offers are left out.
func (c *collections) merge(request listRequest) []*offer {
	var list []*offer
	listed := map[string]bool{}
	for _, feed := range request.feeds {
		offers := c.offers[request.collection][feed]
		for i := range offers[:min(request.top, len(offers))] {
			o := &offers[i]
			sku := strings.ToUpper(o.sku)
			if request.accepts(o) && !listed[sku] {
				listed[sku] = true
				list = append(list, o)
			}
		}
	}
	return list
}
