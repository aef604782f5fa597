package main

import (
	"regexp"
	"strings"
)

// merge lists the offers that a request asks for, feed by feed. Of an article that was
// offered before, later offers are left out.
func (c *collections) merge(request listRequest) []*offer {
	var list []*offer
	listed := map[string]bool{}
	for _, feed := range request.feeds {
		offers := c.offers[request.collection][feed]
		for i := range offers[:min(request.top, len(offers))] {
			o := &offers[i]
			if !request.accepts(o) {
				continue
			}
			if article := plain(o.sku) + "/" + plain(o.colour); !listed[article] {
				listed[article] = true
				list = append(list, o)
			}
		}
	}
	return list
}

// plain is a text without anything that partners write in different ways.
func plain(text string) string {
	return regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(strings.ToLower(text), "")
}
