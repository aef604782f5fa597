package main

// article is what an offer is for.
type article struct{ sku, colour string }

// merge lists the offers that a request asks for, feed by feed. Of an article that was
// offered before, later offers are left out.
func (c *collections) merge(request listRequest) []*offer {
	var list []*offer
	listed := map[article]bool{}
	for _, feed := range request.feeds {
		offers := c.offers[request.collection][feed]
		for i := range offers[:min(request.top, len(offers))] {
			o := &offers[i]
			a := article{o.sku, o.colour}
			if request.accepts(o) && !listed[a] {
				listed[a] = true
				list = append(list, o)
			}
		}
	}
	return list
}
