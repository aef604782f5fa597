package main

import (
	"errors"
	"fmt"
	"net/http"
	"unicode"
	"unicode/utf8"

	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

const maxPage = 1200

// home is what a visitor's home page is made of.
type home struct {
	Visitor string   `json:"visitor"`
	Region  string   `json:"region"`
	Views   int      `json:"views"`
	Trail   []string `json:"trail"` // newest first
	Offers  []offer  `json:"offers"`
}

type offer struct {
	SKU        string `json:"sku"`
	Title      string `json:"title"`
	PriceCents int    `json:"priceCents"`
}

// lobby is where visitors arrive.
type lobby struct {
	shop     *shop.Shop
	sessions *sessions
}

func newLobby(s *shop.Shop) *lobby { return &lobby{shop: s, sessions: newSessions(newOffers(s))} }

func (l *lobby) routes() []serve.Route {
	return []serve.Route{{Pattern: "GET /home", Handle: l.handleHome}}
}

func (l *lobby) handleHome(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	v, err := readToken(l.shop, query.Get("session"), l.sessions.knows)
	if err != nil {
		serve.WriteError(w, http.StatusUnauthorized, "bad-session", err.Error())
		return
	}
	page := query.Get("page")
	if err := checkPage(page); err != nil {
		serve.WriteError(w, http.StatusBadRequest, "bad-page", err.Error())
		return
	}
	serve.WriteJSON(w, http.StatusOK, l.sessions.visit(v, page))
}

// checkPage says what is wrong with the address of the page that a visitor comes from.
func checkPage(page string) error {
	if len(page) < 1 || len(page) > maxPage {
		return fmt.Errorf("page has %d bytes, must be 1 to %d", len(page), maxPage)
	}
	if !utf8.ValidString(page) {
		return errors.New("page is not UTF-8")
	}
	for _, c := range page {
		if unicode.IsControl(c) {
			return fmt.Errorf("page has a control character, %U", c)
		}
	}
	return nil
}
