package main

import "bazaar/internal/shop"

// offer is one line of a feed.
type offer struct {
	sku        string // as the feed writes it, like the colour
	colour     string
	title      string
	brand      string
	priceCents int
	feed       string
}

// collections has the feeds in memory: partners send them once a day.
type collections struct {
	names []string // of collections
	feeds []string // names, the preferred one first

	offers map[string]map[string][]offer // by collection and feed, best sellers first
}

// loadCollections takes the feeds of all partners, who are in the order of preference.
func loadCollections(partners []string, feeds []shop.Feed) *collections {
	c := &collections{feeds: partners, offers: map[string]map[string][]offer{}}
	for _, feed := range feeds {
		if c.offers[feed.Category] == nil {
			c.names = append(c.names, feed.Category)
			c.offers[feed.Category] = map[string][]offer{}
		}
		c.offers[feed.Category][feed.Partner] = offersOf(feed)
	}
	return c
}

func offersOf(feed shop.Feed) []offer {
	offers := make([]offer, len(feed.Offers))
	for i, o := range feed.Offers {
		offers[i] = offer{
			sku:        o.SKU,
			colour:     o.Colour,
			title:      o.Title,
			brand:      o.Brand,
			priceCents: o.PriceCents,
			feed:       feed.Partner,
		}
	}
	return offers
}
