package main

import (
	"strings"

	"bazaar/internal/shop"
)

// offer is one line of a feed.
type offer struct {
	sku        string // as the feed writes it, like the colour
	colour     string
	title      string
	brand      string
	priceCents int
	feed       string
	place      int // in the feed
}

// collections has the feeds in memory: partners send them once a day.
type collections struct {
	names []string // of collections
	feeds []string // names, the preferred one first

	offers map[string]map[string][]offer // by collection and feed, best sellers first; each article once
}

// loadCollections takes the feeds of all partners, who are in the order of preference.
func loadCollections(partners []string, feeds []shop.Feed) *collections {
	c := &collections{feeds: partners, offers: map[string]map[string][]offer{}}
	listed := map[string]bool{}
	for _, feed := range feeds {
		if c.offers[feed.Category] == nil {
			c.names = append(c.names, feed.Category)
			c.offers[feed.Category] = map[string][]offer{}
		}
		c.offers[feed.Category][feed.Partner] = offersOf(feed, listed)
	}
	return c
}

// offersOf leaves out articles that were offered before.
func offersOf(feed shop.Feed, listed map[string]bool) []offer {
	var offers []offer
	for place, o := range feed.Offers {
		article := strings.ToLower(o.SKU + "/" + o.Colour)
		if listed[article] {
			continue
		}
		listed[article] = true
		offers = append(offers, offer{
			sku:        o.SKU,
			colour:     o.Colour,
			title:      o.Title,
			brand:      o.Brand,
			priceCents: o.PriceCents,
			feed:       feed.Partner,
			place:      place,
		})
	}
	return offers
}
