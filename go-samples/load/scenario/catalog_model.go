package scenario

import (
	"encoding/json"
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

// line is an offer with its article and the way of writing it as numbers, which makes merging
// quick enough to do for a whole pool.
type line struct {
	item              listItem
	article, spelling int
}

// catalogModel merges feeds in one pass that remembers, by number, what it has met.
type catalogModel struct {
	overview catalogOverview
	brands   []string
	lines    map[string]map[string][]line // by collection and feed
	articles int                          // how many
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
	m.articles = len(articles)
	return m
}

// offered are the offers that a query asks for, repeated ones included.
func (m *catalogModel) offered(q pageQuery) []line {
	feeds := q.feeds
	if len(feeds) == 0 {
		feeds = m.overview.Feeds
	}
	var all []line
	for _, feed := range feeds {
		for at, l := range m.lines[q.collection][feed] {
			if at == q.top {
				break
			}
			dear := q.max != notGiven && l.item.PriceCents > q.max
			if !dear && (q.brand == "" || strings.EqualFold(l.item.Brand, q.brand)) {
				all = append(all, l)
			}
		}
	}
	return all
}

func (m *catalogModel) merge(q pageQuery) []listItem {
	met := make([]bool, m.articles)
	list := []listItem{}
	for _, l := range m.offered(q) {
		if !met[l.article] {
			met[l.article] = true
			list = append(list, l.item)
		}
	}
	return list
}

// page answers a valid query.
func (m *catalogModel) page(q pageQuery) *jsonAnswer {
	list := m.merge(q)
	first, count := max(q.offset, 0), q.limit
	if count == notGiven {
		count = defaultPage
	}
	rest := list[min(first, len(list)):]
	want := listPage{Collection: q.collection, Total: len(list), Offset: first, Items: rest[:min(count, len(rest))]}
	explain := func(want, got []byte) string { return explainPage(want, got, m.offered(q)) }
	return &jsonAnswer{body: mustJSON(want), explain: explain}
}

// explainPage names what is wrong with a page of what was offered.
func explainPage(want, got []byte, offered []line) string {
	var expected, seen listPage
	if json.Unmarshal(want, &expected) != nil || json.Unmarshal(got, &seen) != nil ||
		seen.Collection != expected.Collection || seen.Offset != expected.Offset {
		return "catalog-fields"
	}
	items, spellings := map[listItem]bool{}, map[int]bool{}
	for _, l := range offered {
		items[l.item], spellings[l.spelling] = true, true
	}
	switch {
	case slices.ContainsFunc(seen.Items, func(i listItem) bool { return !items[i] }):
		return "catalog-filter"
	case seen.Total > len(spellings):
		return "catalog-duplicates"
	case seen.Total > expected.Total:
		return "catalog-spellings" // some articles count once for each way of writing them
	case seen.Total == expected.Total:
		return explainItems(expected.Items, seen.Items)
	case slices.Equal(seen.Items, expected.Items):
		return "catalog-total"
	case len(seen.Items) < len(expected.Items) && slices.Equal(seen.Items, expected.Items[:len(seen.Items)]):
		return "catalog-end"
	}
	return "catalog-missing"
}

// explainItems names what is wrong with the items of a list of the right length.
func explainItems(expected, seen []listItem) string {
	switch {
	case slices.Equal(seen, expected):
		return "catalog-fields"
	case slices.EqualFunc(seen, expected, func(a, b listItem) bool { return a.article() == b.article() }):
		return "catalog-offers"
	}
	return "catalog-order"
}
