package main

// merge lists the offers that a request asks for, feed by feed.
func (c *collections) merge(request listRequest) []*offer {
	var list []*offer
	for _, feed := range request.feeds {
		offers := c.offers[request.collection][feed]
		for i := range offers {
			if o := &offers[i]; o.place < request.top && request.accepts(o) {
				list = append(list, o)
			}
		}
	}
	return list
}
