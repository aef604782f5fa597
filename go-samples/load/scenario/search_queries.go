package scenario

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"bazaar/internal/shop"
)

// Sizes of a query in terms for the shapes that compare sizes.
const (
	smallTerms = 2
	largeTerms = 4 * smallTerms
)

// query makes a valid query around some product; with edge, one at the border
// of what is allowed.
func (m *searchModel) query(r *rand.Rand, shape string, edge bool) string {
	at := r.IntN(len(m.product))
	switch {
	case shape == Small:
		return m.wordsOf(r, at, smallTerms)
	case shape == Large:
		return m.wordsOf(r, at, largeTerms)
	case edge:
		return m.edgeQuery(r, at)
	case shape == Heldout:
		return m.mixed(r, at, 2+r.IntN(4), 45)
	}
	return m.mixed(r, at, 1+r.IntN(4), 25)
}

// mixed has n words of a product, at most five, and, each in so many percent,
// filters and a word that nothing has: eight terms at the most.
func (m *searchModel) mixed(r *rand.Rand, at, n, percent int) string {
	p := m.shop.Products[at]
	if chance(r, 4) {
		return pick(r, []string{"sku:", "SKU:"}) + p.SKU
	}
	terms := strings.Fields(m.wordsOf(r, at, n))
	if chance(r, percent) {
		terms = append(terms, "brand:"+p.Brand)
	}
	if chance(r, percent) {
		terms = append(terms, priceAround(r, p))
	}
	if chance(r, percent/4) {
		terms = terms[n:]
		terms = append(terms, "brand:"+pick(r, m.shop.Brands))
	}
	if chance(r, 10) {
		terms = append(terms, fmt.Sprintf("zq%04d", r.IntN(10_000)))
	}
	r.Shuffle(len(terms), func(i, j int) { terms[i], terms[j] = terms[j], terms[i] })
	query := strings.Join(terms, " ")
	if chance(r, 15) {
		return strings.ToUpper(query)
	}
	return query
}

func (m *searchModel) wordsOf(r *rand.Rand, at, n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = m.names[pick(r, m.product[at]).word]
	}
	return strings.Join(words, " ")
}

func priceAround(r *rand.Rand, p shop.Product) string {
	low := p.PriceCents * r.IntN(100) / 100
	high := p.PriceCents + r.IntN(5_000)
	if chance(r, 30) {
		return fmt.Sprintf("price:%d..%d", low/100, high/100+1)
	}
	return fmt.Sprintf("price:%d.%02d..%d.%02d", low/100, low%100, high/100, high%100)
}

// edgeQuery is valid, and only just.
func (m *searchModel) edgeQuery(r *rand.Rand, at int) string {
	p := m.shop.Products[at]
	exact := fmt.Sprintf("%d.%02d", p.PriceCents/100, p.PriceCents%100)
	word := m.names[pick(r, m.product[at]).word]
	switch r.IntN(10) {
	case 0:
		return m.wordsOf(r, at, maxTerms)
	case 1:
		return m.filled(r, at, maxQuery)
	case 2:
		return fmt.Sprintf("price:%s..%s", exact, exact)
	case 3:
		return word + " " + strings.ToUpper(word) + " " + word
	case 4:
		return "sKu:" + strings.ToLower(p.SKU)
	case 5:
		return "bRaNd:" + strings.ToUpper(p.Brand)
	case 6:
		return word + " price:0..999999"
	case 7:
		return fmt.Sprintf("brand:%s brand:%s %s", p.Brand, pick(r, m.shop.Brands), word)
	case 8:
		return fmt.Sprintf("%s price:0..%s price:%s..999999.99", word, exact, exact)
	}
	return fmt.Sprintf("zq%04d", r.IntN(10_000))
}

// filled has words of a product and one more word, together length bytes.
func (m *searchModel) filled(r *rand.Rand, at, length int) string {
	query := m.wordsOf(r, at, 3) + " "
	return query + strings.Repeat("z", length-len(query))
}
