package scenario

import (
	"math/rand/v2"
	"strings"
)

const (
	maxTerms = 8
	maxQuery = 200

	// noQuery stands for a request without the parameter q.
	noQuery = "\x00"
)

// badQuery must be refused for its query or for its limit.
type badQuery struct{ query, limit string }

// badTerms break one rule each, wherever they stand in a query.
var badTerms = []string{
	"kettle!", "ket_tle", `"kettle"`, "kettle,pan", "kettle;", "(pan)", "pan*", "tête", "pan/lid", "a&b", "pan+lid", "100%",
	"-kettle", "kettle-", "non--stick", "12.5", "kettle.", ".", "-", ":", "..",
	"brand:", "brand:nord-hem", "brand:nord.hem", ":nordhem", "brand:a:b",
	"price:", "price:10", "price:10..", "price:..10", "price:5...10", "price:5.10", "price:20..5", "price:5.00..4.99",
	"price:1.5..20", "price:1..20.5", "price:1.555..20", "price:1234567..2345678", "price:-5..10", "price:a..b",
	"sku:", "sku:KT-42", "sku:KT-00421", "sku:KTX-0042", "sku:K-0042", "sku:KT0042", "sku:00-0042", "sku:KT-004a",
	"colour:red", "title:kettle", "brands:nordhem",
}

var badLimits = []string{"0", "51", "-1", "1000000", "abc", "5.5", "1e1", "0x10", "99999999999999999999"}

// badQueries makes at least n of them, with every bad term and limit in it.
func (m *searchModel) badQueries(r *rand.Rand, n int) []badQuery {
	bad := []badQuery{{query: noQuery}, {query: ""}, {query: " "}, {query: noQuery, limit: "5"}}
	for len(bad) < n {
		for _, term := range badTerms {
			bad = append(bad, badQuery{query: m.around(r, term)})
		}
		for _, limit := range badLimits {
			bad = append(bad, badQuery{query: m.around(r, "kettle"), limit: limit})
		}
		at := r.IntN(len(m.product))
		bad = append(bad,
			badQuery{query: m.wordsOf(r, at, maxTerms+1)},
			badQuery{query: m.filled(r, at, maxQuery+1)},
			badQuery{query: m.wordsOf(r, at, 3*maxTerms)},
		)
	}
	r.Shuffle(len(bad), func(i, j int) { bad[i], bad[j] = bad[j], bad[i] })
	return bad
}

// around puts a term among valid words.
func (m *searchModel) around(r *rand.Rand, term string) string {
	terms := strings.Fields(m.wordsOf(r, r.IntN(len(m.product)), r.IntN(4)))
	at := r.IntN(len(terms) + 1)
	terms = append(terms[:at], append([]string{term}, terms[at:]...)...)
	return strings.Join(terms, " ")
}
