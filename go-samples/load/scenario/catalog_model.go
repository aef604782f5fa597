package scenario

import (
	"slices"
	"strings"

	"bazaar/internal/shop"
)

// defaultPage is how many items a page has when no limit is given.
const defaultPage = 20

// pageQuery is what a page of a list is asked for. In strings "" stands for not given, in
// numbers notGiven.
type pageQuery struct {
	collection              string
	feeds                   []string // none: not given
	brand                   string
	top, max, offset, limit int
}

const notGiven = -1

func (q pageQuery) isWhole() bool {
	return len(q.feeds) == 0 && q.brand == "" && q.top == notGiven && q.max == notGiven
}

type listItem struct {
	SKU        string `json:"sku"`
	Colour     string `json:"colour"`
	Title      string `json:"title"`
	Brand      string `json:"brand"`
	PriceCents int    `json:"priceCents"`
	Feed       string `json:"feed"`
}

// article names what an item is, in capitals.
func (i listItem) article() string { return strings.ToUpper(i.SKU + " " + i.Colour) }

type listPage struct {
	Collection string     `json:"collection"`
	Total      int        `json:"total"`
	Offset     int        `json:"offset"`
	Items      []listItem `json:"items"`
}

type catalogOverview struct {
	Collections []string `json:"collections"`
	Feeds       []string `json:"feeds"`
}

// line is an offer with its article in numbers, which makes merging quick enough to do for a
// whole pool.
type line struct {
	item              listItem
	article, spelling int
}

// catalogModel merges feeds in one pass that remembers, by number, what it has met.
type catalogModel struct {
	overview            catalogOverview
	brands              []string
	lines               map[string]map[string][]line // by collection and feed
	articles, spellings int
}

func newCatalogModel(s *shop.Shop) *catalogModel {
	m := &catalogModel{brands: s.Brands, lines: map[string]map[string][]line{}}
	m.overview.Feeds = s.Partners()
	articles, spellings := map[string]int{}, map[string]int{}
	number := func(in map[string]int, name string) int {
		if _, known := in[name]; !known {
			in[name] = len(in)
		}
		return in[name]
	}
	for _, feed := range s.Feeds() {
		if m.lines[feed.Category] == nil {
			m.overview.Collections = append(m.overview.Collections, feed.Category)
			m.lines[feed.Category] = map[string][]line{}
		}
		var lines []line
		for _, o := range feed.Offers {
			item := listItem{o.SKU, o.Colour, o.Title, o.Brand, o.PriceCents, feed.Partner}
			lines = append(lines, line{item, number(articles, item.article()), number(spellings, o.SKU+" "+o.Colour)})
		}
		m.lines[feed.Category][feed.Partner] = lines
	}
	m.articles, m.spellings = len(articles), len(spellings)
	return m
}

// merged is a list, and how long it would be if each spelling of an article counted.
type merged struct {
	items     []listItem
	spellings int
}

func (m *catalogModel) merge(q pageQuery) merged {
	feeds := q.feeds
	if len(feeds) == 0 {
		feeds = m.overview.Feeds
	}
	met, metSpelling := make([]bool, m.articles), make([]bool, m.spellings)
	var all merged
	for _, feed := range feeds {
		for at, l := range m.lines[q.collection][feed] {
			if at == q.top {
				break
			}
			if q.max != notGiven && l.item.PriceCents > q.max || q.brand != "" && !strings.EqualFold(l.item.Brand, q.brand) {
				continue
			}
			if !metSpelling[l.spelling] {
				metSpelling[l.spelling] = true
				all.spellings++
			}
			if !met[l.article] {
				met[l.article] = true
				all.items = append(all.items, l.item)
			}
		}
	}
	return all
}

// page answers a valid query.
func (m *catalogModel) page(q pageQuery) *jsonAnswer {
	list := m.merge(q)
	first, count := max(q.offset, 0), q.limit
	if count == notGiven {
		count = defaultPage
	}
	rest := list.items[min(first, len(list.items)):]
	want := listPage{Collection: q.collection, Total: len(list.items), Offset: first, Items: rest[:min(count, len(rest))]}
	if len(want.Items) == 0 {
		want.Items = []listItem{}
	}
	spellings := list.spellings
	return &jsonAnswer{body: mustJSON(want), explain: func(want, got []byte) string { return explainList(want, got, spellings) }}
}

// explainList names what is wrong with a page; spellings is how long the list is for those
// who take every spelling of an article for another one.
func explainList(want, got []byte, spellings int) string {
	var expected, seen listPage
	if !readPage(want, &expected) || !readPage(got, &seen) || seen.Collection != expected.Collection || seen.Offset != expected.Offset {
		return "catalog-fields"
	}
	switch {
	case seen.Total > spellings:
		return "catalog-duplicates"
	case seen.Total > expected.Total:
		return "catalog-spellings"
	case seen.Total < expected.Total && isPrefix(seen.Items, expected.Items):
		return "catalog-end"
	case seen.Total < expected.Total:
		return "catalog-missing"
	case slices.Equal(seen.Items, expected.Items):
		return "catalog-fields"
	case slices.EqualFunc(seen.Items, expected.Items, func(a, b listItem) bool { return a.article() == b.article() }):
		return "catalog-offers"
	}
	return "catalog-order"
}

func isPrefix(part, of []listItem) bool {
	return len(part) <= len(of) && slices.Equal(part, of[:len(part)])
}
