package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

// The tests share a shop and its feeds, which take a while to generate.
var (
	testShop  = shop.New(4)
	testFeeds = testShop.Feeds()
)

func newServer(partners []string, feeds []shop.Feed) http.Handler {
	return serve.NewHandler(newService(loadCollections(partners, feeds)).routes())
}

func ask(handler http.Handler, path string) *httptest.ResponseRecorder {
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, httptest.NewRequest("GET", "http://127.0.0.1"+path, nil))
	return recorder
}

// list asks for every page of a list; query has neither offset nor limit.
func list(t *testing.T, handler http.Handler, collection, query string) []itemJSON {
	t.Helper()
	all := []itemJSON{}
	for {
		var got listJSON
		recorder := ask(handler, fmt.Sprintf("/collections/%s?limit=50&offset=%d&%s", collection, len(all), query))
		if err := json.Unmarshal(recorder.Body.Bytes(), &got); err != nil || recorder.Code != 200 {
			t.Fatalf("%s %s: %d %s", collection, query, recorder.Code, recorder.Body)
		}
		if got.Collection != collection || got.Offset != len(all) || got.Items == nil {
			t.Fatalf("%s %s: %+v", collection, query, got)
		}
		all = append(all, got.Items...)
		if len(got.Items) == 0 || len(all) > got.Total {
			if got.Total != len(all) {
				t.Fatalf("%s %s: total %d, but there are %d items", collection, query, got.Total, len(all))
			}
			return all
		}
	}
}

// want merges feeds of the test shop with a map.
func want(collection string, feeds []string, top int, accept func(o shop.Offer) bool) []itemJSON {
	offered, items := map[string]bool{}, []itemJSON{}
	for _, partner := range feeds {
		for _, feed := range testFeeds {
			if feed.Partner != partner || feed.Category != collection {
				continue
			}
			for _, o := range feed.Offers[:min(top, len(feed.Offers))] {
				article := strings.ToLower(o.SKU + " " + o.Colour)
				if accept(o) && !offered[article] {
					offered[article] = true
					items = append(items, itemJSON{o.SKU, o.Colour, o.Title, o.Brand, o.PriceCents, partner})
				}
			}
		}
	}
	return items
}

func TestListsHaveEveryArticleOnceInTheOrderOfTheFeeds(t *testing.T) {
	handler := newServer(testShop.Partners(), testFeeds)
	all := func(shop.Offer) bool { return true }
	brand := testShop.Brands[3]
	for _, c := range []struct {
		collection, query string
		feeds             []string
		top               int
		accept            func(o shop.Offer) bool
	}{
		{"kitchen", "", testShop.Partners(), 1000, all},
		{"garden", "top=1", testShop.Partners(), 1, all},
		{"office", "top=120", testShop.Partners(), 120, all},
		{"nursery", "feeds=weber,moretti&top=80", []string{"weber", "moretti"}, 80, all},
		{"nursery", "feeds=novak", []string{"novak"}, 1000, all},
		{"bedroom", "max=15000", testShop.Partners(), 1000, func(o shop.Offer) bool { return o.PriceCents <= 15000 }},
		{"bedroom", "max=0", testShop.Partners(), 1000, func(o shop.Offer) bool { return o.PriceCents <= 0 }},
		{"workshop", "brand=" + strings.ToUpper(brand), testShop.Partners(), 1000, func(o shop.Offer) bool { return o.Brand == brand }},
		{"workshop", "brand=nobody", testShop.Partners(), 1000, func(shop.Offer) bool { return false }},
	} {
		expected := want(c.collection, c.feeds, c.top, c.accept)
		if got := list(t, handler, c.collection, c.query); !slices.Equal(got, expected) {
			t.Errorf("%s?%s: %d items, want %d", c.collection, c.query, len(got), len(expected))
		}
	}
}

func TestTheFirstOfSeveralOffersOfAnArticleIsListed(t *testing.T) {
	handler := newServer([]string{"own", "far"}, []shop.Feed{
		{Partner: "own", Category: "kitchen", Offers: []shop.Offer{
			{SKU: "KT-0001", Colour: "red", PriceCents: 500},
			{SKU: "KT-0001", Colour: "blue", PriceCents: 400},
			{SKU: "kt-0001", Colour: "RED", PriceCents: 300},
		}},
		{Partner: "far", Category: "kitchen", Offers: []shop.Offer{
			{SKU: "KT-0002", Colour: "red", PriceCents: 200},
			{SKU: "kt-0001", Colour: "Red", PriceCents: 100},
			{SKU: "KT-0003", Colour: "red", PriceCents: 50},
		}},
	})
	for query, cents := range map[string][]int{
		"":                       {500, 400, 200, 50},
		"feeds=far,own":          {200, 100, 50, 400},
		"feeds=far":              {200, 100, 50},
		"top=1":                  {500, 200},
		"max=300":                {300, 200, 50}, // the cheaper offer, since the dear one is left out
		"feeds=own&top=2":        {500, 400},
		"feeds=far,own&max=100":  {100, 50},
		"feeds=own,far&max=1":    {},
		"feeds=own,far&brand=X1": {},
	} {
		got := []int{}
		for _, item := range list(t, handler, "kitchen", query) {
			got = append(got, item.PriceCents)
		}
		if !slices.Equal(got, cents) {
			t.Errorf("%q: %v, want %v", query, got, cents)
		}
	}
}

func TestAPageIsCutOutOfTheList(t *testing.T) {
	handler := newServer(testShop.Partners(), testFeeds)
	whole := list(t, handler, "outdoor", "top=40")
	for _, c := range []struct {
		query       string
		first, last int
	}{
		{"top=40", 0, 20},
		{"top=40&limit=1", 0, 1},
		{"top=40&offset=7&limit=9", 7, 16},
		{fmt.Sprintf("top=40&limit=50&offset=%d", len(whole)-3), len(whole) - 3, len(whole)},
		{"top=40&offset=10000", len(whole), len(whole)},
	} {
		var got listJSON
		recorder := ask(handler, "/collections/outdoor?"+c.query)
		if err := json.Unmarshal(recorder.Body.Bytes(), &got); err != nil || recorder.Code != 200 {
			t.Fatalf("%s: %d %s", c.query, recorder.Code, recorder.Body)
		}
		if got.Total != len(whole) || !slices.Equal(got.Items, whole[c.first:c.last]) || got.Items == nil {
			t.Errorf("%s: %+v", c.query, got)
		}
	}
}

func TestTheOverviewNamesCollectionsAndFeeds(t *testing.T) {
	var got overviewJSON
	recorder := ask(newServer(testShop.Partners(), testFeeds), "/collections")
	if err := json.Unmarshal(recorder.Body.Bytes(), &got); err != nil || recorder.Code != 200 {
		t.Fatalf("%d %s", recorder.Code, recorder.Body)
	}
	categories := []string{}
	for _, feed := range testFeeds {
		if !slices.Contains(categories, feed.Category) {
			categories = append(categories, feed.Category)
		}
	}
	if !slices.Equal(got.Collections, categories) || !slices.Equal(got.Feeds, testShop.Partners()) {
		t.Errorf("%+v", got)
	}
}

func TestBadListsAreRefused(t *testing.T) {
	handler := newServer(testShop.Partners(), testFeeds)
	for path, want := range map[string]int{
		"/collections/Kitchen":                     400,
		"/collections/kitchen1":                    400,
		"/collections/abcdefghijklmnopq":           400,
		"/collections/kit%2Fchen":                  400,
		"/collections/attic":                       404,
		"/collections/attic?top=0":                 400,
		"/collections/kitchen?feeds=":              400,
		"/collections/kitchen?feeds=bazaar,bazaar": 400,
		"/collections/kitchen?feeds=bazaar,":       400,
		"/collections/kitchen?feeds=Bazaar":        400,
		"/collections/kitchen?feeds=bazaar,nobody": 400,
		"/collections/kitchen?top=":                400,
		"/collections/kitchen?top=0":               400,
		"/collections/kitchen?top=1001":            400,
		"/collections/kitchen?top=ten":             400,
		"/collections/kitchen?max=-1":              400,
		"/collections/kitchen?max=10000001":        400,
		"/collections/kitchen?max=9.99":            400,
		"/collections/kitchen?brand=":              400,
		"/collections/kitchen?brand=a-b":           400,
		"/collections/kitchen?brand=%E2%84%AA":     400,
		"/collections/kitchen?offset=-1":           400,
		"/collections/kitchen?offset=10001":        400,
		"/collections/kitchen?limit=0":             400,
		"/collections/kitchen?limit=51":            400,
	} {
		recorder := ask(handler, path)
		code := map[int]string{400: "bad-list", 404: "unknown-collection"}[want]
		if recorder.Code != want || !strings.Contains(recorder.Body.String(), `{"error":{"code":"`+code+`","message":"`) {
			t.Errorf("%s: %d %s", path, recorder.Code, recorder.Body)
		}
	}
}
