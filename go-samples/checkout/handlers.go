package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

const (
	maxBody = 1 << 10
	maxAdd  = 1_000_000
)

// service is the checkout's HTTP side.
type service struct {
	shop     *shop.Shop
	desk     *desk
	accounts *accounts
}

func newService(s *shop.Shop, p *payments) *service {
	return &service{shop: s, desk: newDesk(s, p), accounts: newAccounts(s, p)}
}

func (s *service) routes() []serve.Route {
	return []serve.Route{
		{Pattern: "POST /orders", Handle: s.handleOrder},
		{Pattern: "GET /stock/{sku}", Handle: s.handleStock},
		{Pattern: "POST /stock/{sku}", Handle: s.handleRestock},
		{Pattern: "GET /customers/{customer}/statement", Handle: s.handleStatement},
	}
}

func (s *service) handleOrder(w http.ResponseWriter, r *http.Request) {
	var o order
	if err := serve.ReadJSON(w, r, maxBody, &o); err != nil {
		serve.WriteError(w, http.StatusBadRequest, "bad-order", err.Error())
		return
	}
	if err := o.validate(s.shop); err != nil {
		serve.WriteError(w, http.StatusBadRequest, "bad-order", err.Error())
		return
	}
	placed, err := s.desk.placeOrder(r.Context(), o)
	if err != nil {
		refuse(w, err)
		return
	}
	serve.WriteJSON(w, http.StatusCreated, placed)
}

type stockJSON struct {
	SKU       string `json:"sku"`
	Available int    `json:"available"`
}

func (s *service) handleStock(w http.ResponseWriter, r *http.Request) {
	sku := r.PathValue("sku")
	available, err := s.desk.available(sku)
	if err != nil {
		refuse(w, err)
		return
	}
	serve.WriteJSON(w, http.StatusOK, stockJSON{sku, available})
}

func (s *service) handleRestock(w http.ResponseWriter, r *http.Request) {
	var delivery struct {
		Add int `json:"add"`
	}
	err := serve.ReadJSON(w, r, maxBody, &delivery)
	if err == nil && (delivery.Add < 1 || delivery.Add > maxAdd) {
		err = fmt.Errorf("add %d is not 1 to %d", delivery.Add, maxAdd)
	}
	if err != nil {
		serve.WriteError(w, http.StatusBadRequest, "bad-stock", err.Error())
		return
	}
	sku := r.PathValue("sku")
	available, err := s.desk.restock(sku, delivery.Add)
	if err != nil {
		refuse(w, err)
		return
	}
	serve.WriteJSON(w, http.StatusOK, stockJSON{sku, available})
}

// refuse says why it wasn't done.
func refuse(w http.ResponseWriter, err error) {
	switch {
	case errors.Is(err, errUnknownSKU):
		serve.WriteError(w, http.StatusNotFound, "unknown-sku", err.Error())
	case errors.Is(err, errOutOfStock):
		serve.WriteError(w, http.StatusConflict, "out-of-stock", err.Error())
	case errors.Is(err, errDeclined):
		serve.WriteError(w, http.StatusPaymentRequired, "declined", err.Error())
	case errors.Is(err, errTooMany):
		serve.WriteError(w, http.StatusBadRequest, "bad-stock", err.Error())
	case errors.Is(err, errUnknownCustomer):
		serve.WriteError(w, http.StatusNotFound, "unknown-customer", err.Error())
	case errors.Is(err, errNoCharge):
		serve.WriteError(w, http.StatusConflict, "no-charge", err.Error())
	case errors.Is(err, errDisputed):
		serve.WriteError(w, http.StatusConflict, "disputed", err.Error())
	default:
		slog.Error("payments failed", "error", err)
		serve.WriteError(w, http.StatusBadGateway, "payment-failed", "payments can't be reached")
	}
}
