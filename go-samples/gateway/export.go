package main

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"sync"

	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

const (
	maxBrand    = 24
	maxCategory = 16
	maxBelow    = 999_999
)

// exports gives price comparison sites and search engines the offers of the shop.
type exports struct {
	shop       *shop.Shop
	brands     map[string]bool
	categories map[string]bool
}

func newExports(s *shop.Shop) *exports {
	e := &exports{shop: s, brands: map[string]bool{}, categories: map[string]bool{}}
	for _, brand := range s.Brands {
		e.brands[brand] = true
	}
	for i := range s.Products {
		e.categories[s.Products[i].Category] = true
	}
	return e
}

func (e *exports) routes() []serve.Route {
	return []serve.Route{{Pattern: "GET /export", Handle: e.handleExport}}
}

// exportBuffers spares each export the eight or more steps in which a new buffer grows.
var exportBuffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func (e *exports) handleExport(w http.ResponseWriter, r *http.Request) {
	choice, err := parseSelection(r.URL.RawQuery)
	if err != nil {
		serve.WriteError(w, http.StatusBadRequest, "bad-export", err.Error())
		return
	}
	if choice.brand != "" && !e.brands[choice.brand] {
		serve.WriteError(w, http.StatusNotFound, "unknown-brand", fmt.Sprintf("the shop has no brand %q", choice.brand))
		return
	}
	if choice.category != "" && !e.categories[choice.category] {
		serve.WriteError(w, http.StatusNotFound, "unknown-category", fmt.Sprintf("the shop has no category %q", choice.category))
		return
	}

	buffer := exportBuffers.Get().(*bytes.Buffer)
	defer exportBuffers.Put(buffer)
	buffer.Reset()
	e.write(buffer, choice)
	w.Header().Set("Content-Type", "application/xml; charset=utf-8")
	w.Write(buffer.Bytes())
}

// selection says which offers are asked for. Zero values choose all.
type selection struct {
	brand    string
	category string
	below    int // cents
	limit    int
}

// parseSelection reads a query. Each parameter may be left out, and is given once.
func parseSelection(rawQuery string) (selection, error) {
	query, err := url.ParseQuery(rawQuery)
	if err != nil {
		return selection{}, errors.New("the query can't be read")
	}
	var s selection
	for name, values := range query {
		if len(values) > 1 {
			return selection{}, fmt.Errorf("%s is given %d times", name, len(values))
		}
		if err := s.set(name, values[0]); err != nil {
			return selection{}, err
		}
	}
	return s, nil
}

func (s *selection) set(name, value string) (err error) {
	switch name {
	case "brand":
		s.brand = value
		if !isWord(value, maxBrand) {
			err = fmt.Errorf("brand %q is not 1 to %d letters", value, maxBrand)
		}
	case "category":
		s.category = value
		if !isWord(value, maxCategory) {
			err = fmt.Errorf("category %q is not 1 to %d letters", value, maxCategory)
		}
	case "below":
		s.below, err = parseNumber(name, value, maxBelow)
	case "limit":
		s.limit, err = parseNumber(name, value, shop.ProductCount)
	default:
		err = fmt.Errorf("there is no parameter %q", name)
	}
	return err
}

// includes says whether a product is one of those that are asked for, the limit apart.
func (s *selection) includes(p *shop.Product) bool {
	return (s.brand == "" || p.Brand == s.brand) &&
		(s.category == "" || p.Category == s.category) &&
		(s.below == 0 || p.PriceCents < s.below)
}

func parseNumber(name, text string, most int) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || !isDigits(text) || n < 1 || n > most {
		return 0, fmt.Errorf("%s %q is not a number from 1 to %d", name, text, most)
	}
	return n, nil
}

// isWord says whether text is 1 to most ASCII letters.
func isWord(text string, most int) bool {
	if len(text) < 1 || len(text) > most {
		return false
	}
	for _, c := range []byte(text) {
		if c|0x20 < 'a' || c|0x20 > 'z' {
			return false
		}
	}
	return true
}
