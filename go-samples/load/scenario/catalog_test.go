package scenario

import (
	"slices"
	"testing"

	"bazaar/internal/shop"
)

func TestTheModelMergesAsTheContractSays(t *testing.T) {
	offer := func(feed string, article, spelling, cents int) line {
		return line{item: listItem{PriceCents: cents, Brand: "Brio", Feed: feed}, article: article, spelling: spelling}
	}
	m := &catalogModel{articles: 4, lines: map[string]map[string][]line{"kitchen": {
		"own": {offer("own", 0, 0, 500), offer("own", 1, 1, 400), offer("own", 0, 2, 300)},
		"far": {offer("far", 2, 3, 200), offer("far", 0, 4, 100), offer("far", 3, 5, 50)},
	}}}
	m.overview.Feeds = []string{"own", "far"}
	for _, c := range []struct {
		q    pageQuery
		want []int
	}{
		{pageQuery{top: notGiven, max: notGiven}, []int{500, 400, 200, 50}},
		{pageQuery{top: notGiven, max: notGiven, feeds: []string{"far", "own"}}, []int{200, 100, 50, 400}},
		{pageQuery{top: 1, max: notGiven}, []int{500, 200}},
		{pageQuery{top: notGiven, max: 300}, []int{300, 200, 50}},
		{pageQuery{top: notGiven, max: notGiven, brand: "bRIO"}, []int{500, 400, 200, 50}},
		{pageQuery{top: notGiven, max: notGiven, brand: "Quill"}, nil},
	} {
		c.q.collection = "kitchen"
		var got []int
		for _, item := range m.merge(c.q) {
			got = append(got, item.PriceCents)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v, want %v", c.q, got, c.want)
		}
	}
}

func TestFourTimesTheOffersAreFourTimesTheList(t *testing.T) {
	model := newCatalogModel(shop.New(1))
	for _, collection := range model.overview.Collections {
		length := func(top int) int {
			return len(model.merge(pageQuery{collection: collection, top: top, max: notGiven}))
		}
		small, large := length(smallTop), length(largeTop)
		if large < 7*small/2 || large > 9*small/2 {
			t.Errorf("%s: %d and %d articles", collection, small, large)
		}
	}
}

func TestAWrongPageIsNamedByWhatIsWrongWithIt(t *testing.T) {
	item := func(sku, colour string, cents int) listItem {
		return listItem{SKU: sku, Colour: colour, PriceCents: cents}
	}
	pan, lid, mug, dearLid := item("KT-0001", "red", 5), item("KT-0002", "red", 6), item("KT-0003", "red", 7), item("kt-0002", "RED", 9)
	offered := []line{{pan, 0, 0}, {lid, 1, 1}, {mug, 2, 2}, {dearLid, 1, 3}, {mug, 2, 2}}
	want := mustJSON(listPage{Collection: "kitchen", Total: 3, Items: []listItem{pan, lid}})
	for rule, seen := range map[string]listPage{
		"catalog-filter":     {Collection: "kitchen", Total: 3, Items: []listItem{pan, item("KT-0004", "red", 1)}},
		"catalog-duplicates": {Collection: "kitchen", Total: 5, Items: []listItem{pan, lid}},
		"catalog-spellings":  {Collection: "kitchen", Total: 4, Items: []listItem{pan, lid}},
		"catalog-total":      {Collection: "kitchen", Total: 2, Items: []listItem{pan, lid}},
		"catalog-end":        {Collection: "kitchen", Total: 1, Items: []listItem{pan}},
		"catalog-missing":    {Collection: "kitchen", Total: 2, Items: []listItem{pan, mug}},
		"catalog-offers":     {Collection: "kitchen", Total: 3, Items: []listItem{pan, dearLid}},
		"catalog-order":      {Collection: "kitchen", Total: 3, Items: []listItem{lid, pan}},
		"catalog-fields":     {Collection: "office", Total: 3, Items: []listItem{pan, lid}},
	} {
		if got := explainPage(want, mustJSON(seen), offered); got != rule {
			t.Errorf("%s is called %s", rule, got)
		}
	}
}
