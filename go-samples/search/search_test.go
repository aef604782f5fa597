package main

import (
	"encoding/json"
	"fmt"
	"math/bits"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"regexp"
	"sort"
	"strings"
	"testing"

	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

func newServer(products []shop.Product) http.Handler {
	return serve.NewHandler(newService(products).routes())
}

func ask(handler http.Handler, rawQuery string) *httptest.ResponseRecorder {
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, httptest.NewRequest("GET", "http://127.0.0.1/search?"+rawQuery, nil))
	return recorder
}

func search(t *testing.T, handler http.Handler, q string, limit int) answerJSON {
	t.Helper()
	recorder := ask(handler, url.Values{"q": {q}, "limit": {fmt.Sprint(limit)}}.Encode())
	var got answerJSON
	if err := json.Unmarshal(recorder.Body.Bytes(), &got); err != nil || recorder.Code != 200 {
		t.Fatalf("%q: %d %s", q, recorder.Code, recorder.Body)
	}
	return got
}

var few = []shop.Product{
	{ID: 1, SKU: "OF-0001", Title: "Slim oak desk", Brand: "Nordhem", Category: "office", Description: "A desk.", PriceCents: 9999, Popularity: 10},
	{ID: 2, SKU: "OF-0002", Title: `Heavy-duty desk 12", set of 2`, Brand: "Oak", Category: "office", Description: "For oak fans.", PriceCents: 500, Popularity: 700},
	{ID: 3, SKU: "KT-0001", Title: "Oak bowl", Brand: "Nordhem", Category: "kitchen", Description: "A bowl.", PriceCents: 1250, Popularity: 20},
	{ID: 4, SKU: "KT-0002", Title: "Oak bowl", Brand: "Nordhem", Category: "kitchen", Description: "A bowl.", PriceCents: 1251, Popularity: 20},
}

func ids(a answerJSON) []int {
	ids := []int{}
	for _, h := range a.Hits {
		ids = append(ids, h.ID)
	}
	return ids
}

func TestHitsAreTheBestFirst(t *testing.T) {
	handler := newServer(few)
	for q, want := range map[string][]int{
		"desk":                        {2, 1}, // 100*2*8 + 700 against 100*2*9 + 10
		"oak":                         {2, 3, 4, 1},
		"bowl":                        {3, 4},
		"OAK Bowl":                    {3, 4, 2, 1},
		"heavy-duty":                  {2},
		"heavy":                       {},
		"12":                          {2},
		"kitchen":                     {3, 4},
		"brand:nordhem":               {3, 4, 1},
		"brand:NORDHEM desk":          {1},
		"sku:kt-0002":                 {4},
		"sku:zz-9999":                 {},
		"price:12.50..12.50":          {3},
		"price:5..13 brand:nordhem":   {3, 4},
		"price:0..999999":             {2, 3, 4, 1},
		"brand:oak brand:nordhem":     {},
		"unheard-of":                  {},
		"unheard-of bowl price:0..12": {},
	} {
		got := search(t, handler, q, 10)
		if !reflect.DeepEqual(ids(got), want) || got.Total != len(want) || got.Query != q {
			t.Errorf("%q: %+v, want ids %v", q, got, want)
		}
	}
}

func TestScoreFollowsTheRule(t *testing.T) {
	// desk: in 2 of 4 products, rarity 2; in product 1 once in the title, once in the description.
	got := search(t, newServer(few), "desk brand:nordhem", 10)
	want := []hitJSON{{ID: 1, Title: "Slim oak desk", Brand: "Nordhem", PriceCents: 9999, Score: 100*2*(8+1) + 10}}
	if !reflect.DeepEqual(got.Hits, want) {
		t.Errorf("%+v, want %+v", got.Hits, want)
	}
	once, twice := search(t, newServer(few), "bowl", 10), search(t, newServer(few), "bowl BOWL", 10)
	if !reflect.DeepEqual(once.Hits, twice.Hits) {
		t.Errorf("a repeated word changes the score: %+v, %+v", once.Hits, twice.Hits)
	}
}

func TestLimitCutsHitsButNotTheTotal(t *testing.T) {
	handler := newServer(few)
	if got := search(t, handler, "oak", 2); got.Total != 4 || !reflect.DeepEqual(ids(got), []int{2, 3}) {
		t.Errorf("%+v", got)
	}
	if recorder := ask(handler, "q=unheard-of"); strings.TrimSpace(recorder.Body.String()) != `{"query":"unheard-of","total":0,"hits":[]}` {
		t.Errorf("no hits: %s", recorder.Body)
	}
}

func TestBadQueriesAreRefused(t *testing.T) {
	handler := newServer(few)
	bad := []string{
		"", " ", "caf\u00e9", "a\tb", "a\nb", "semi;colon", "under_score", "star*",
		"-dash", "dash-", "double--dash", "a b c d e f g h i", strings.Repeat("a", 201),
		"brand:", "brand:two-words", "brand:a:b", "colour:red", "sku:A-0001", "sku:AA-001", "sku:AA-00001", "sku:AA0001",
		"price:5", "price:5..", "price:..5", "price:5.0..6", "price:5.000..6", "price:6..5", "price:5..4.99",
		"price:1234567..1234568", "price:5...6", "price:99999999999999999999..99999999999999999999", ".", "..", ":",
	}
	for _, q := range bad {
		recorder := ask(handler, url.Values{"q": {q}}.Encode())
		if recorder.Code != 400 || !strings.Contains(recorder.Body.String(), `{"error":{"code":"bad-query","message":"`) {
			t.Errorf("%q: %d %s", q, recorder.Code, recorder.Body)
		}
	}
	for _, limit := range []string{"0", "51", "-1", "x", "1.5", "99999999999999999999"} {
		if recorder := ask(handler, "q=oak&limit="+limit); recorder.Code != 400 {
			t.Errorf("limit %s: %d", limit, recorder.Code)
		}
	}
	good := []string{"a b c d e f g h", strings.Repeat("a", 200), " oak  desk ", "price:5.00..5", "price:0..0", "PRICE:1..2 SKU:kt-0001 Brand:X"}
	for _, q := range good {
		if recorder := ask(handler, url.Values{"q": {q}}.Encode()); recorder.Code != 200 {
			t.Errorf("%q: %d %s", q, recorder.Code, recorder.Body)
		}
	}
}

// weigher weighs words in products as the package comment says, without an index.
type weigher []map[string]int // word → weight, beside the products

var textWord = regexp.MustCompile(`[a-z0-9-]+`)

func newWeigher(products []shop.Product) weigher {
	weights := make(weigher, len(products))
	for at, p := range products {
		weights[at] = map[string]int{}
		for text, weight := range map[string]int{p.Title: 8, p.Brand: 4, p.Category: 2, p.Description: 1} {
			for _, word := range textWord.FindAllString(strings.ToLower(text), -1) {
				weights[at][word] += weight
			}
		}
	}
	return weights
}

// scan answers a query of words.
func (weights weigher) scan(products []shop.Product, query string) []hitJSON {
	relevance := make([]int, len(products))
	for _, word := range strings.Fields(query) {
		having := 0
		for at := range products {
			having += min(weights[at][word], 1)
		}
		for at := range products {
			if weights[at][word] > 0 {
				relevance[at] += weights[at][word] * bits.Len(uint(len(products)/having))
			}
		}
	}
	hits := []hitJSON{}
	for at, p := range products {
		if relevance[at] > 0 {
			hits = append(hits, hitJSON{p.ID, p.Title, p.Brand, p.PriceCents, 100*relevance[at] + p.Popularity})
		}
	}
	sort.SliceStable(hits, func(i, j int) bool { return hits[i].Score > hits[j].Score })
	return hits
}

func TestIndexFindsWhatAScanFinds(t *testing.T) {
	products := shop.New(5).Products
	handler := newServer(products)
	weights := newWeigher(products)
	for _, query := range []string{
		"kettle", "oak desk", "non-stick pan steel", "a", "for and unheard-of",
		"nordhem kitchen 12 set", "unheard-of", "a in for and good of with made",
	} {
		want := weights.scan(products, query)
		got := search(t, handler, query, 50)
		if got.Total != len(want) || !reflect.DeepEqual(got.Hits, want[:min(50, len(want))]) {
			t.Errorf("%q: %d hits, want %d; %+v", query, got.Total, len(want), got.Hits)
		}
	}
}
