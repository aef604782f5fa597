package shop

import (
	"cmp"
	"slices"
	"strings"
)

const (
	// carriedPercent is how many of all articles a partner has.
	carriedPercent = 35

	// shuffledPlaces is how far apart two partners may rank the same article.
	shuffledPlaces = 60
)

// Offer is one line of a partner's feed. SKU and colour together name an article, in
// whatever mixture of upper and lower case the partner writes them.
type Offer struct {
	SKU        string // of a Product: "KT-0042" or "kt-0042"
	Colour     string // "sand", "Sand" or "SAND"
	Title      string
	Brand      string // as in Brands
	PriceCents int
}

// Feed is what one partner offers in one category, best sellers first. A partner may list
// an article twice.
type Feed struct {
	Partner  string // as in Partners
	Category string // of a Product
	Offers   []Offer
}

// Partners are those who send feeds, the shop's own warehouse first. The list is the same
// for every seed.
func (s *Shop) Partners() []string { return []string{"bazaar", "moretti", "tanaka", "novak", "weber"} }

// Feeds generates one feed for each partner and category, by partner and then in the order
// of the shelves. Each call makes new lists; keep them if they are needed again.
func (s *Shop) Feeds() []Feed {
	d := newDice(s.seed, "feeds")
	articles := s.articles(d)
	var feeds []Feed
	for at, partner := range s.Partners() {
		for _, on := range shelves {
			offers := generateOffers(d, articles[on.category], spellings[at])
			feeds = append(feeds, Feed{Partner: partner, Category: on.category, Offers: offers})
		}
	}
	return feeds
}

// article is a product in one of its colours.
type article struct {
	product *Product
	colour  string
}

// articles has what is sold in each category, best sellers first.
func (s *Shop) articles(d *dice) map[string][]article {
	all := map[string][]article{}
	for i := range s.Products {
		p := &s.Products[i]
		first := d.below(len(colours))
		for n := range 3 + d.below(4) {
			all[p.Category] = append(all[p.Category], article{p, colours[(first+n)%len(colours)]})
		}
	}
	for _, list := range all {
		slices.SortStableFunc(list, func(a, b article) int { return cmp.Compare(b.product.Popularity, a.product.Popularity) })
	}
	return all
}

func generateOffers(d *dice, articles []article, spell func(d *dice, sku, colour string) (string, string)) []Offer {
	type ranked struct {
		article
		rank int
	}
	var carried []ranked
	for rank, a := range articles {
		for d.often(carriedPercent) {
			carried = append(carried, ranked{a, rank + d.below(shuffledPlaces)})
			if !d.often(10) {
				break
			}
		}
	}
	slices.SortStableFunc(carried, func(a, b ranked) int { return cmp.Compare(a.rank, b.rank) })
	offers := make([]Offer, len(carried))
	for i, a := range carried {
		sku, colour := spell(d, a.product.SKU, a.colour)
		offers[i] = Offer{
			SKU:        sku,
			Colour:     colour,
			Title:      a.product.Title,
			Brand:      a.product.Brand,
			PriceCents: a.product.PriceCents * (90 + d.below(26)) / 100,
		}
	}
	return offers
}

// spellings are how the partners write a SKU and a colour, in the order of Partners.
var spellings = []func(d *dice, sku, colour string) (string, string){
	func(_ *dice, sku, colour string) (string, string) { return sku, colour },
	func(_ *dice, sku, colour string) (string, string) { return strings.ToLower(sku), colour },
	func(_ *dice, sku, colour string) (string, string) { return sku, capitalised(colour) },
	func(d *dice, sku, colour string) (string, string) {
		if d.often(50) {
			sku = strings.ToLower(sku)
		}
		return sku, strings.ToUpper(colour)
	},
	func(d *dice, sku, colour string) (string, string) {
		if d.often(50) {
			colour = capitalised(colour)
		}
		return sku, colour
	},
}

func capitalised(word string) string { return strings.ToUpper(word[:1]) + word[1:] }
