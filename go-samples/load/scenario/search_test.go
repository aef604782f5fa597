package scenario

import (
	"reflect"
	"regexp"
	"strings"
	"testing"

	"bazaar/internal/shop"
)

// Four products whose scores can be worked out by hand. Of 4 products, a word
// that 1, 2 or 4 of them have has rarity bits(4)=3, bits(2)=2, bits(1)=1.
var smallShop = &shop.Shop{Products: []shop.Product{
	{ID: 1, SKU: "KT-0001", Title: "Steel kettle", Brand: "Brio", Category: "kitchen", Description: "A kettle in red.", PriceCents: 1999, Popularity: 5},
	{ID: 2, SKU: "KT-0002", Title: "Steel pan", Brand: "Brio", Category: "kitchen", Description: "A non-stick pan in blue.", PriceCents: 2000, Popularity: 7},
	{ID: 3, SKU: "OF-0001", Title: "Oak desk", Brand: "Quill", Category: "office", Description: "A desk in red.", PriceCents: 9900, Popularity: 0},
	{ID: 4, SKU: "OF-0002", Title: "Oak chair", Brand: "Quill", Category: "office", Description: "A chair in red.", PriceCents: 9900, Popularity: 0},
}}

func TestTheModelScoresAsTheContractSays(t *testing.T) {
	model := newSearchModel(smallShop)
	cases := []struct {
		query string
		want  [][2]int // id, score
	}{
		{"kettle", [][2]int{{1, 100*3*(8+1) + 5}}},
		{"KETTLE kettle", [][2]int{{1, 2705}}},
		{"steel", [][2]int{{2, 100*2*8 + 7}, {1, 100*2*8 + 5}}},
		{"in", [][2]int{{2, 107}, {1, 105}, {3, 100}, {4, 100}}},
		{"red kitchen", [][2]int{{1, 100*(1+2*2) + 5}, {2, 100*4 + 7}, {3, 100}, {4, 100}}},
		{"red", [][2]int{{1, 105}, {3, 100}, {4, 100}}}, // 4/3 is 1 in integers
		{"brand:brio", [][2]int{{2, 7}, {1, 5}}},
		{"price:19.99..20", [][2]int{{2, 7}, {1, 5}}},
		{"price:20..99 oak", [][2]int{{3, 1600}, {4, 1600}}},
		{"price:99..99 brand:brio", nil},
		{"sku:kt-0002", [][2]int{{2, 7}}},
		{"non-stick", [][2]int{{2, 307}}},
		{"stick", nil},
		{"nothing", nil},
		{"nothing brand:brio", nil},
		{"nothing pan", [][2]int{{2, 100*3*9 + 7}}},
	}
	for _, c := range cases {
		result := model.search(c.query, 0)
		var got [][2]int
		for _, hit := range result.Hits {
			got = append(got, [2]int{hit.ID, hit.Score})
		}
		if !reflect.DeepEqual(got, c.want) || result.Total != len(c.want) {
			t.Errorf("%q: hits %v of %d, want %v", c.query, got, result.Total, c.want)
		}
	}
	if limited := model.search("in", 2); limited.Total != 4 || len(limited.Hits) != 2 {
		t.Errorf("limit 2: %d hits of %d", len(limited.Hits), limited.Total)
	}
}

var (
	validTerm = regexp.MustCompile(`^(?i:[a-z0-9]+(-[a-z0-9]+)*|brand:[a-z0-9]+|price:[0-9]{1,6}(\.[0-9]{2})?\.\.[0-9]{1,6}(\.[0-9]{2})?|sku:[a-z]{2}-[0-9]{4})$`)
	priceTerm = regexp.MustCompile(`^(?i:price):(.+)\.\.(\d+(?:\.\d\d)?)$`)
)

// isValid is the contract's grammar, in regular expressions.
func isValid(query string) bool {
	terms := strings.Fields(query)
	if len(terms) < 1 || len(terms) > 8 || len(query) > 200 {
		return false
	}
	for _, term := range terms {
		if !validTerm.MatchString(term) {
			return false
		}
		if p := priceTerm.FindStringSubmatch(term); p != nil && cents(p[1]) > cents(p[2]) {
			return false
		}
	}
	return true
}

func TestEveryQueryIsOnTheSideOfTheGrammarThatItIsMeantFor(t *testing.T) {
	model := newSearchModel(shop.New(1))
	r := source(1, "test")
	for i := range 3000 {
		shape := []string{Default, Heldout, Small, Large}[i%4]
		if query := model.query(r, shape, i%3 == 0); !isValid(query) {
			t.Fatalf("%s: %q is not a valid query", shape, query)
		}
	}
	goodLimit := regexp.MustCompile(`^([1-9]|[1-4][0-9]|50)?$`)
	for _, bad := range model.badQueries(r, 300) {
		if isValid(bad.query) && goodLimit.MatchString(bad.limit) {
			t.Errorf("query %q with limit %q is not bad", bad.query, bad.limit)
		}
	}
}

func TestAnAnswerMayBeSpelledDifferentlyButNotSayAnythingElse(t *testing.T) {
	answer := &jsonAnswer{body: []byte(`{"query":"pan","total":1,"hits":[{"id":2}]}`), explain: explainSearch}
	for body, right := range map[string]bool{
		`{"query":"pan","total":1,"hits":[{"id":2}]}`:                true,
		"{\"total\": 1, \"query\":\"pan\", \"hits\":[{\"id\":2}]}\n": true,
		`{"query":"pan","total":1,"hits":[{"id":2}],"took":3}`:       false,
		`{"query":"pan","total":1,"hits":[{"id":3}]}`:                false,
		`{"query":"pan","total":1,"hits":[{"id":2}]} {}`:             false,
		`{"query":"pan","total":1}`:                                  false,
		`<html>`:                                                     false,
	} {
		fault := answer.check(Answer{Status: 200, ContentType: "application/json; charset=utf-8", Body: []byte(body)})
		if (fault == nil) != right {
			t.Errorf("%s: fault %+v", body, fault)
		}
	}
}
