package main

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

const (
	maxQueryBytes = 200
	maxTerms      = 8
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

var allowed = regexp.MustCompile(`^[A-Za-z0-9 :.-]+$`)

// validateQuery splits a query into its terms, or says what is wrong with it.
func validateQuery(query string) ([]term, error) {
	word := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	brand := regexp.MustCompile(`^brand:([a-z0-9]+)$`)
	price := regexp.MustCompile(`^price:(\d+)(\.\d\d)?\.\.(\d+)(\.\d\d)?$`)
	sku := regexp.MustCompile(`^sku:([a-z]{2}-\d{4})$`)

	if len(query) > maxQueryBytes {
		return nil, fmt.Errorf("the query is longer than %d bytes", maxQueryBytes)
	}
	if !allowed.MatchString(query) {
		return nil, errors.New("the query is empty or has characters other than letters, digits, space and : . -")
	}
	fields := strings.Fields(strings.ToLower(query))
	if len(fields) == 0 || len(fields) > maxTerms {
		return nil, fmt.Errorf("the query has %d terms, must be 1 to %d", len(fields), maxTerms)
	}
	terms := make([]term, 0, len(fields))
	for _, field := range fields {
		switch {
		case word.MatchString(field):
			terms = append(terms, term{kind: wordTerm, text: field})
		case brand.MatchString(field):
			terms = append(terms, term{kind: brandTerm, text: brand.FindStringSubmatch(field)[1]})
		case sku.MatchString(field):
			terms = append(terms, term{kind: skuTerm, text: sku.FindStringSubmatch(field)[1]})
		case price.MatchString(field):
			parts := price.FindStringSubmatch(field)
			low, lowErr := parseEuros(parts[1], parts[2])
			top, topErr := parseEuros(parts[3], parts[4])
			if err := errors.Join(lowErr, topErr); err != nil {
				return nil, err
			}
			if low > top {
				return nil, fmt.Errorf("the price range %q is upside down", field)
			}
			terms = append(terms, term{kind: priceTerm, low: low, top: top})
		default:
			return nil, fmt.Errorf("the term %q is neither a word nor a brand:, price: or sku: filter", field)
		}
	}
	return terms, nil
}

// parseEuros reads digits and an optional ".dd" as cents.
func parseEuros(whole, fraction string) (int, error) {
	if len(whole) > 6 {
		return 0, fmt.Errorf("the price %s has more than six digits", whole)
	}
	if fraction == "" {
		fraction = ".00"
	}
	return strconv.Atoi(whole + fraction[1:])
}
