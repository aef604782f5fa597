package main

import "slices"

// relevanceWeight is what a point of relevance scores. A product's popularity, below
// 1000, makes up for at most ten points of it.
const relevanceWeight = 100

// find returns the best products for the terms, at most limit, and how many there are in all.
func (ix *index) find(terms []term, limit int) ranking {
	best := ranking{limit: limit}
	words, filters := split(terms)
	if len(words) == 0 {
		for at := range ix.products {
			ix.consider(&best, at, 0, filters)
		}
		return best
	}
	cursors := ix.open(words)
	for at, more := nearest(cursors); more; at, more = nearest(cursors) {
		relevance := 0
		for i := range cursors {
			relevance += cursors[i].take(at)
		}
		ix.consider(&best, at, relevance, filters)
	}
	return best
}

func (ix *index) consider(best *ranking, at, relevance int, filters []term) {
	for i := range filters {
		if !ix.satisfies(at, &filters[i]) {
			return
		}
	}
	best.add(match{at: at, score: relevanceWeight*relevance + ix.products[at].Popularity})
}

func (ix *index) satisfies(at int, filter *term) bool {
	switch filter.kind {
	case brandTerm:
		return ix.brands[at] == filter.text
	case priceTerm:
		price := ix.products[at].PriceCents
		return filter.low <= price && price <= filter.top
	case skuTerm:
		found, ok := ix.bySKU[filter.text]
		return ok && found == at
	default:
		return false
	}
}

// split tells a query's different words from its filters.
func split(terms []term) (words []string, filters []term) {
	for _, t := range terms {
		if t.kind != wordTerm {
			filters = append(filters, t)
		} else if !slices.Contains(words, t.text) {
			words = append(words, t.text)
		}
	}
	return words, filters
}

// cursor walks along one word's postings. All of a query's cursors move together, so that
// each product is seen once, with everything that the words say about it:
//
//	oak    2 · 5 · · 8      nearest: 2, 3, 5, 8
//	desk   · 3 5 · · 8
type cursor struct {
	rest   []posting
	rarity int
}

func (ix *index) open(words []string) []cursor {
	cursors := make([]cursor, len(words))
	for i, word := range words {
		list := ix.postings[word]
		cursors[i] = cursor{rest: list, rarity: ix.rarity(list)}
	}
	return cursors
}

// nearest is the next product of any cursor; more is false when all are at their end.
func nearest(cursors []cursor) (at int, more bool) {
	for i := range cursors {
		if rest := cursors[i].rest; len(rest) > 0 && (!more || rest[0].at < at) {
			at, more = rest[0].at, true
		}
	}
	return at, more
}

// take moves past product at, if the cursor is there, and returns its worth.
func (c *cursor) take(at int) int {
	if len(c.rest) == 0 || c.rest[0].at != at {
		return 0
	}
	worth := c.rarity * c.rest[0].weight
	c.rest = c.rest[1:]
	return worth
}
