package scenario

import (
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"bazaar/internal/shop"
)

// defaultLimit is how many hits there are when no limit is given.
const defaultLimit = 10

type searchHit struct {
	ID         int    `json:"id"`
	Title      string `json:"title"`
	Brand      string `json:"brand"`
	PriceCents int    `json:"priceCents"`
	Score      int    `json:"score"`
}

type searchResult struct {
	Query string      `json:"query"`
	Total int         `json:"total"`
	Hits  []searchHit `json:"hits"`
}

// searchModel answers queries the naive way: it looks at every word of every
// product, for every query, and sorts all hits. Words are numbered, which
// makes that quick enough to do for a whole pool.
type searchModel struct {
	shop    *shop.Shop
	words   map[string]int
	names   []string
	have    []int // by word: products that have it anywhere
	product [][]occurrence
}

// occurrence is one word at one place of a product, with the place's weight.
type occurrence struct{ word, weight int }

func newSearchModel(s *shop.Shop) *searchModel {
	m := &searchModel{shop: s, words: map[string]int{}}
	for _, p := range s.Products {
		var all []occurrence
		all = m.read(all, p.Title, 8)
		all = m.read(all, p.Brand, 4)
		all = m.read(all, p.Category, 2)
		all = m.read(all, p.Description, 1)
		m.product = append(m.product, all)
	}
	m.have = make([]int, len(m.names))
	for _, all := range m.product {
		for i, o := range all {
			if !slices.ContainsFunc(all[:i], func(earlier occurrence) bool { return earlier.word == o.word }) {
				m.have[o.word]++
			}
		}
	}
	return m
}

func (m *searchModel) read(all []occurrence, text string, weight int) []occurrence {
	for _, word := range strings.FieldsFunc(strings.ToLower(text), isBetweenWords) {
		id, known := m.words[word]
		if !known {
			id = len(m.names)
			m.words[word] = id
			m.names = append(m.names, word)
		}
		all = append(all, occurrence{word: id, weight: weight})
	}
	return all
}

func isBetweenWords(c rune) bool {
	return !('a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-')
}

// search answers a valid query; limit 0 stands for none given.
func (m *searchModel) search(query string, limit int) searchResult {
	terms := strings.Fields(strings.ToLower(query))
	filters, wanted, hasWords := m.understand(terms)
	rarity := m.rarities(wanted)
	// A hit is one number, so that all of them sort quickly: the higher the
	// score the smaller, then by place, which is by ID.
	n := len(m.product)
	found := make([]int, 0, n)
	for i := range m.shop.Products {
		p := &m.shop.Products[i]
		if !satisfies(p, filters) {
			continue
		}
		relevance := m.relevance(m.product[i], rarity)
		if hasWords && relevance == 0 {
			continue
		}
		found = append(found, i-n*(100*relevance+p.Popularity))
	}
	slices.Sort(found)
	if limit == 0 {
		limit = defaultLimit
	}
	hits := []searchHit{}
	for _, hit := range found[:min(limit, len(found))] {
		at := (hit%n + n) % n
		p := m.shop.Products[at]
		hits = append(hits, searchHit{p.ID, p.Title, p.Brand, p.PriceCents, (at - hit) / n})
	}
	return searchResult{Query: query, Total: len(found), Hits: hits}
}

// filter is a term other than a word; low and high are a price's, in cents.
type filter struct {
	kind, value string
	low, high   int
}

// understand splits lower-case terms into filters and the different words
// that products have; hasWords counts words that none has, too.
func (m *searchModel) understand(terms []string) (filters []filter, wanted []int, hasWords bool) {
	for _, term := range terms {
		kind, value, isFilter := strings.Cut(term, ":")
		if !isFilter {
			hasWords = true
			if id, known := m.words[term]; known && !slices.Contains(wanted, id) {
				wanted = append(wanted, id)
			}
			continue
		}
		f := filter{kind: kind, value: value}
		if low, high, isRange := strings.Cut(value, ".."); isRange {
			f.low, f.high = cents(low), cents(high)
		}
		filters = append(filters, f)
	}
	return filters, wanted, hasWords
}

// relevance adds up every word of a product, by what the query gives for it.
func (m *searchModel) relevance(all []occurrence, rarity []int) int {
	relevance := 0
	for _, o := range all {
		relevance += rarity[o.word] * o.weight
	}
	return relevance
}

// rarities has the rarity of the wanted words, by word, and 0 for all others.
func (m *searchModel) rarities(wanted []int) []int {
	rarity := make([]int, len(m.names))
	for _, word := range wanted {
		rarity[word] = bits.Len(uint(len(m.product) / m.have[word]))
	}
	return rarity
}

func satisfies(p *shop.Product, filters []filter) bool {
	for _, f := range filters {
		ok := false
		switch f.kind {
		case "brand":
			ok = strings.EqualFold(p.Brand, f.value)
		case "sku":
			ok = strings.EqualFold(p.SKU, f.value)
		case "price":
			ok = f.low <= p.PriceCents && p.PriceCents <= f.high
		}
		if !ok {
			return false
		}
	}
	return true
}

// cents reads "5" or "4.99".
func cents(euros string) int {
	whole, part, _ := strings.Cut(euros, ".")
	if part == "" {
		part = "00"
	}
	n, err := strconv.Atoi(whole + part)
	if err != nil {
		panic(err) // the model is asked valid queries only
	}
	return n
}
