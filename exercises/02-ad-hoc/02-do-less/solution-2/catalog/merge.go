package main

// merge lists the offers that a request asks for, feed by feed. Of an article that was
// offered before, later offers are left out.
func (c *collections) merge(request listRequest) []*offer {
	var list []*offer
	listed := make([]bool, c.articles)
	for _, feed := range request.feeds {
		offers := c.offers[request.collection][feed]
		for i := range offers[:min(request.top, len(offers))] {
			o := &offers[i]
			if request.accepts(o) && !listed[o.article] {
				listed[o.article] = true
				list = append(list, o)
			}
		}
	}
	return list
}
