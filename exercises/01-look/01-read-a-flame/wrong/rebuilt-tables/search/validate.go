package main

import (
	"errors"
	"fmt"
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

// validateQuery splits a query into its terms, or says what is wrong with it.
func validateQuery(query string) ([]term, error) {
	if len(query) > maxQueryBytes {
		return nil, fmt.Errorf("the query is longer than %d bytes", maxQueryBytes)
	}
	if query == "" || strings.ContainsFunc(query, notAllowed) {
		return nil, errors.New("the query is empty or has characters other than letters, digits, space and : . -")
	}
	fields := strings.Fields(strings.ToLower(query))
	if len(fields) == 0 || len(fields) > maxTerms {
		return nil, fmt.Errorf("the query has %d terms, must be 1 to %d", len(fields), maxTerms)
	}
	terms := make([]term, 0, len(fields))
	for _, field := range fields {
		t, err := parseTerm(field)
		if err != nil {
			return nil, err
		}
		terms = append(terms, t)
	}
	return terms, nil
}

func notAllowed(r rune) bool {
	return !isLower(r) && !isDigit(r) && !(r >= 'A' && r <= 'Z') && !strings.ContainsRune(" :.-", r)
}

func parseTerm(field string) (term, error) {
	name, value, filtered := strings.Cut(field, ":")
	switch {
	case !filtered && isWord(field):
		return term{kind: wordTerm, text: field}, nil
	case filtered && name == "brand" && isRun(value, isAlphanumeric):
		return term{kind: brandTerm, text: value}, nil
	case filtered && name == "sku" && isSKU(value):
		return term{kind: skuTerm, text: value}, nil
	case filtered && name == "price":
		return parsePrice(field, value)
	}
	return term{}, unknownTerm(field)
}

func unknownTerm(field string) error {
	return fmt.Errorf("the term %q is neither a word nor a brand:, price: or sku: filter", field)
}

// isWord reports letters and digits, joined by single hyphens.
func isWord(text string) bool {
	for part := range strings.SplitSeq(text, "-") {
		if !isRun(part, isAlphanumeric) {
			return false
		}
	}
	return true
}

func isSKU(text string) bool {
	letters, digits, found := strings.Cut(text, "-")
	return found && len(letters) == 2 && len(digits) == 4 && isRun(letters, isLower) && isRun(digits, isDigit)
}

func parsePrice(field, value string) (term, error) {
	lowText, topText, found := strings.Cut(value, "..")
	if !found {
		return term{}, unknownTerm(field)
	}
	low, lowOK, lowErr := parseEuros(lowText)
	top, topOK, topErr := parseEuros(topText)
	if !lowOK || !topOK {
		return term{}, unknownTerm(field)
	}
	if err := errors.Join(lowErr, topErr); err != nil {
		return term{}, err
	}
	if low > top {
		return term{}, fmt.Errorf("the price range %q is upside down", field)
	}
	return term{kind: priceTerm, low: low, top: top}, nil
}

// parseEuros reads digits and an optional ".dd" as cents; ok is false for other forms.
func parseEuros(text string) (cents int, ok bool, err error) {
	whole, fraction, dotted := strings.Cut(text, ".")
	if !isRun(whole, isDigit) || dotted && (len(fraction) != 2 || !isRun(fraction, isDigit)) {
		return 0, false, nil
	}
	if len(whole) > 6 {
		return 0, true, fmt.Errorf("the price %s has more than six digits", whole)
	}
	if !dotted {
		fraction = "00"
	}
	cents, err = strconv.Atoi(whole + fraction)
	return cents, true, err
}

// isRun reports whether text is not empty and all of its characters satisfy is.
func isRun(text string, is func(rune) bool) bool {
	known := alphabet(letters, digits)
	for _, c := range strings.Split(text, "") {
		if !known[c] || !is(rune(c[0])) {
			return false
		}
	}
	return text != ""
}

// alphabet lists the characters of a class, to be looked up.
func alphabet(classes ...string) map[string]bool {
	known := make(map[string]bool)
	for _, class := range classes {
		for _, c := range strings.Split(class, "") {
			known[c] = true
		}
	}
	return known
}

const (
	letters = "abcdefghijklmnopqrstuvwxyz"
	digits  = "0123456789"
)

func isLower(r rune) bool { return r >= 'a' && r <= 'z' }
func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isAlphanumeric(r rune) bool { return isLower(r) || isDigit(r) }
