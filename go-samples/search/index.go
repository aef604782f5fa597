package main

import (
	"math/bits"
	"strings"

	"bazaar/internal/shop"
)

// Weights of the fields of a product in its relevance.
const (
	titleWeight       = 8
	brandWeight       = 4
	categoryWeight    = 2
	descriptionWeight = 1
)

// index knows for every word the products that have it.
type index struct {
	products []shop.Product
	brands   []string             // lower case, beside products
	bySKU    map[string]int       // lower case → place in products
	postings map[string][]posting // by ascending place
}

// posting is one product of one word. The weight is the sum over the product's fields
// of how often the word occurs times the field's weight.
type posting struct {
	at     int // place in products
	weight int
}

func newIndex(products []shop.Product) *index {
	ix := &index{
		products: products,
		brands:   make([]string, len(products)),
		bySKU:    make(map[string]int, len(products)),
		postings: map[string][]posting{},
	}
	for at := range products {
		p := &products[at]
		ix.brands[at] = strings.ToLower(p.Brand)
		ix.bySKU[strings.ToLower(p.SKU)] = at
		ix.add(at, p.Title, titleWeight)
		ix.add(at, p.Brand, brandWeight)
		ix.add(at, p.Category, categoryWeight)
		ix.add(at, p.Description, descriptionWeight)
	}
	return ix
}

func (ix *index) add(at int, text string, weight int) {
	for _, word := range tokenise(text) {
		list := ix.postings[word]
		if last := len(list) - 1; last >= 0 && list[last].at == at {
			list[last].weight += weight
		} else {
			ix.postings[word] = append(list, posting{at: at, weight: weight})
		}
	}
}

// rarity is how much a word tells: one more for every halving of the products that have it.
func (ix *index) rarity(list []posting) int {
	if len(list) == 0 {
		return 0
	}
	return bits.Len(uint(len(ix.products) / len(list)))
}

// tokenise splits a text into its words: letters, digits and dashes, in lower case.
func tokenise(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(c rune) bool {
		return c != '-' && (c < 'a' || c > 'z') && (c < '0' || c > '9')
	})
}
