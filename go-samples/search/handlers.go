package main

import (
	"fmt"
	"net/http"
	"strconv"

	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

const (
	defaultLimit = 10
	maxLimit     = 50
)

type answerJSON struct {
	Query string    `json:"query"`
	Total int       `json:"total"`
	Hits  []hitJSON `json:"hits"`
}

type hitJSON struct {
	ID         int    `json:"id"`
	Title      string `json:"title"`
	Brand      string `json:"brand"`
	PriceCents int    `json:"priceCents"`
	Score      int    `json:"score"`
}

// service answers searches in one catalogue.
type service struct {
	index *index
}

func newService(products []shop.Product) *service {
	return &service{index: newIndex(products)}
}

func (s *service) routes() []serve.Route {
	return []serve.Route{{Pattern: "GET /search", Handle: s.handleSearch}}
}

func (s *service) handleSearch(w http.ResponseWriter, r *http.Request) {
	params := r.URL.Query()
	limit, err := parseLimit(params.Get("limit"))
	if err != nil {
		badQuery(w, err)
		return
	}
	text := params.Get("q")
	terms, err := validateQuery(text)
	if err != nil {
		badQuery(w, err)
		return
	}
	serve.WriteJSON(w, http.StatusOK, s.answer(text, terms, limit))
}

func badQuery(w http.ResponseWriter, err error) {
	serve.WriteError(w, http.StatusBadRequest, "bad-query", err.Error())
}

func parseLimit(text string) (int, error) {
	if text == "" {
		return defaultLimit, nil
	}
	limit, err := strconv.Atoi(text)
	if err != nil || limit < 1 || limit > maxLimit {
		return 0, fmt.Errorf("limit %q is not a number from 1 to %d", text, maxLimit)
	}
	return limit, nil
}

func (s *service) answer(text string, terms []term, limit int) answerJSON {
	found := s.index.find(terms, limit)
	hits := make([]hitJSON, len(found.best))
	for i, m := range found.best {
		p := &s.index.products[m.at]
		hits[i] = hitJSON{ID: p.ID, Title: p.Title, Brand: p.Brand, PriceCents: p.PriceCents, Score: m.score}
	}
	return answerJSON{Query: text, Total: found.total, Hits: hits}
}
