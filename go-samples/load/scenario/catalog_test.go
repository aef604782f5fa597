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
	m := &catalogModel{articles: 4, spellings: 6, lines: map[string]map[string][]line{"kitchen": {
		"own": {offer("own", 0, 0, 500), offer("own", 1, 1, 400), offer("own", 0, 2, 300)},
		"far": {offer("far", 2, 3, 200), offer("far", 0, 4, 100), offer("far", 3, 5, 50)},
	}}}
	m.overview.Feeds = []string{"own", "far"}
	for _, c := range []struct {
		q         pageQuery
		want      []int
		spellings int
	}{
		{pageQuery{top: notGiven, max: notGiven}, []int{500, 400, 200, 50}, 6},
		{pageQuery{top: notGiven, max: notGiven, feeds: []string{"far", "own"}}, []int{200, 100, 50, 400}, 6},
		{pageQuery{top: 1, max: notGiven}, []int{500, 200}, 2},
		{pageQuery{top: notGiven, max: 300}, []int{300, 200, 50}, 4},
		{pageQuery{top: notGiven, max: notGiven, brand: "bRIO"}, []int{500, 400, 200, 50}, 6},
		{pageQuery{top: notGiven, max: notGiven, brand: "Quill"}, nil, 0},
	} {
		c.q.collection = "kitchen"
		list := m.merge(c.q)
		var got []int
		for _, item := range list.items {
			got = append(got, item.PriceCents)
		}
		if !slices.Equal(got, c.want) || list.spellings != c.spellings {
			t.Errorf("%+v: %v of %d spellings, want %v of %d", c.q, got, list.spellings, c.want, c.spellings)
		}
	}
}

func TestFourTimesTheOffersAreFourTimesTheList(t *testing.T) {
	model := newCatalogModel(shop.New(1))
	for _, collection := range model.overview.Collections {
		length := func(top int) int {
			return len(model.merge(pageQuery{collection: collection, top: top, max: notGiven}).items)
		}
		small, large := length(smallTop), length(largeTop)
		if large < 7*small/2 || large > 9*small/2 {
			t.Errorf("%s: %d and %d articles", collection, small, large)
		}
	}
}

func TestAWrongPageIsNamedByWhatIsWrongWithIt(t *testing.T) {
	pan, lid := listItem{SKU: "KT-0001", Colour: "red", PriceCents: 5}, listItem{SKU: "KT-0002", Colour: "red", PriceCents: 6}
	mug, dear := listItem{SKU: "KT-0003", Colour: "red", PriceCents: 7}, listItem{SKU: "kt-0002", Colour: "RED", PriceCents: 9}
	want := mustJSON(listPage{Collection: "kitchen", Total: 3, Items: []listItem{pan, lid}})
	for rule, seen := range map[string]listPage{
		"catalog-duplicates": {Collection: "kitchen", Total: 6, Items: []listItem{pan, lid}},
		"catalog-spellings":  {Collection: "kitchen", Total: 5, Items: []listItem{pan, lid}},
		"catalog-end":        {Collection: "kitchen", Total: 2, Items: []listItem{pan}},
		"catalog-missing":    {Collection: "kitchen", Total: 2, Items: []listItem{pan, mug}},
		"catalog-offers":     {Collection: "kitchen", Total: 3, Items: []listItem{pan, dear}},
		"catalog-order":      {Collection: "kitchen", Total: 3, Items: []listItem{lid, pan}},
		"catalog-fields":     {Collection: "office", Total: 3, Items: []listItem{pan, lid}},
	} {
		if got := explainList(want, mustJSON(seen), 5); got != rule {
			t.Errorf("%s is called %s", rule, got)
		}
	}
}
