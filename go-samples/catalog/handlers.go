package main

import (
	"net/http"

	"bazaar/internal/serve"
)

type overviewJSON struct {
	Collections []string `json:"collections"`
	Feeds       []string `json:"feeds"`
}

type listJSON struct {
	Collection string     `json:"collection"`
	Total      int        `json:"total"`
	Offset     int        `json:"offset"`
	Items      []itemJSON `json:"items"`
}

type itemJSON struct {
	SKU        string `json:"sku"`
	Colour     string `json:"colour"`
	Title      string `json:"title"`
	Brand      string `json:"brand"`
	PriceCents int    `json:"priceCents"`
	Feed       string `json:"feed"`
}

// service answers for one day's feeds.
type service struct {
	collections *collections
}

func newService(c *collections) *service { return &service{collections: c} }

func (s *service) routes() []serve.Route {
	return []serve.Route{
		{Pattern: "GET /collections", Handle: s.handleOverview},
		{Pattern: "GET /collections/{name}", Handle: s.handleList},
	}
}

func (s *service) handleOverview(w http.ResponseWriter, _ *http.Request) {
	serve.WriteJSON(w, http.StatusOK, overviewJSON{Collections: s.collections.names, Feeds: s.collections.feeds})
}

func (s *service) handleList(w http.ResponseWriter, r *http.Request) {
	request, err := parseList(r.PathValue("name"), r.URL.Query(), s.collections.feeds)
	if err != nil {
		serve.WriteError(w, http.StatusBadRequest, "bad-list", err.Error())
		return
	}
	if _, known := s.collections.offers[request.collection]; !known {
		serve.WriteError(w, http.StatusNotFound, "unknown-collection", "there is no collection "+request.collection)
		return
	}
	serve.WriteJSON(w, http.StatusOK, page(request, s.collections.merge(request)))
}

// page cuts the page that a request asks for out of its list.
func page(request listRequest, list []*offer) listJSON {
	rest := list[min(request.offset, len(list)):]
	items := make([]itemJSON, min(request.limit, len(rest)))
	for i := range items {
		o := rest[i]
		items[i] = itemJSON{
			SKU: o.sku, Colour: o.colour, Title: o.title, Brand: o.brand, PriceCents: o.priceCents, Feed: o.feed,
		}
	}
	return listJSON{Collection: request.collection, Total: len(list), Offset: request.offset, Items: items}
}
