package main

import "strings"

// merge lists the offers that a request asks for, feed by feed, each article once.
func (c *collections) merge(request listRequest) []*offer {
	var list []*offer
	places := map[string]int{}
	for _, feed := range request.feeds {
		offers := c.offers[request.collection][feed]
		for i := range offers[:min(request.top, len(offers))] {
			o := &offers[i]
			if !request.accepts(o) {
				continue
			}
			article := strings.ToUpper(o.sku) + "/" + strings.ToLower(o.colour)
			place, known := places[article]
			if !known {
				place = len(list)
				places[article] = place
				list = append(list, nil)
			}
			list[place] = o
		}
	}
	return list
}
