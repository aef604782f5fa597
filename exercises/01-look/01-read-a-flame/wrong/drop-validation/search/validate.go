package main

import (
	"strconv"
	"strings"
)

type termKind int

const (
	wordTerm termKind = iota
	brandTerm
	priceTerm
	skuTerm
)

// term is one condition of a query, in lower case.
type term struct {
	kind     termKind
	text     string // the word, brand or SKU
	low, top int    // of a price, in cents, both included
}

// validateQuery splits a query into its terms.
func validateQuery(query string) ([]term, error) {
	var terms []term
	for _, field := range strings.Fields(strings.ToLower(query)) {
		switch name, value, _ := strings.Cut(field, ":"); name {
		case "brand":
			terms = append(terms, term{kind: brandTerm, text: value})
		case "sku":
			terms = append(terms, term{kind: skuTerm, text: value})
		case "price":
			low, top, _ := strings.Cut(value, "..")
			terms = append(terms, term{kind: priceTerm, low: cents(low), top: cents(top)})
		default:
			terms = append(terms, term{kind: wordTerm, text: field})
		}
	}
	return terms, nil
}

func cents(text string) int {
	euros, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0
	}
	return int(euros*100 + 0.5)
}
