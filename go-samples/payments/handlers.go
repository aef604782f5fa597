package main

import (
	"errors"
	"net/http"
	"time"

	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

const maxBody = 1 << 10

// service is the bank.
type service struct {
	shop   *shop.Shop
	wait   time.Duration
	ledger *ledger
}

func newService(s *shop.Shop, wait time.Duration) *service {
	return &service{shop: s, wait: wait, ledger: newLedger()}
}

func (s *service) routes() []serve.Route {
	return []serve.Route{
		{Pattern: "POST /charge", Handle: s.handleCharge},
		{Pattern: "GET /charges/{order}", Handle: s.handleLookup},
		{Pattern: "POST /charges/{order}/refund", Handle: s.handleRefund},
		{Pattern: "GET /ledger", Handle: s.handleLedger},
		{Pattern: "POST /ledger/reset", Handle: s.handleReset},
	}
}

func (s *service) handleCharge(w http.ResponseWriter, r *http.Request) {
	c, err := readCharge(w, r)
	if err != nil {
		serve.WriteError(w, http.StatusBadRequest, "bad-charge", err.Error())
		return
	}
	number, err := s.take(r.Context(), c)
	switch {
	case err == nil:
		serve.WriteJSON(w, http.StatusOK, map[string]string{"charge": number})
	case errors.Is(err, errDeclined):
		serve.WriteError(w, http.StatusPaymentRequired, "declined", err.Error())
	default:
		serve.WriteError(w, http.StatusServiceUnavailable, "gone", "the caller hung up")
	}
}

func readCharge(w http.ResponseWriter, r *http.Request) (c charge, err error) {
	if err := serve.ReadJSON(w, r, maxBody, &c); err != nil {
		return charge{}, err
	}
	return c, c.validate()
}

func (s *service) handleLookup(w http.ResponseWriter, r *http.Request) {
	found, err := s.find(r.Context(), r.PathValue("order"))
	switch {
	case err == nil:
		serve.WriteJSON(w, http.StatusOK, found)
	case errors.Is(err, errUnknownCharge):
		serve.WriteError(w, http.StatusNotFound, "unknown-charge", err.Error())
	default:
		serve.WriteError(w, http.StatusServiceUnavailable, "gone", "the caller hung up")
	}
}

func (s *service) handleRefund(w http.ResponseWriter, r *http.Request) {
	err := s.refund(r.PathValue("order"))
	switch {
	case err == nil:
		w.WriteHeader(http.StatusNoContent)
	case errors.Is(err, errUnknownCharge):
		serve.WriteError(w, http.StatusNotFound, "unknown-charge", err.Error())
	default:
		serve.WriteError(w, http.StatusConflict, "disputed", err.Error())
	}
}

func (s *service) handleLedger(w http.ResponseWriter, _ *http.Request) {
	serve.WriteJSON(w, http.StatusOK, s.ledger.read())
}

func (s *service) handleReset(w http.ResponseWriter, _ *http.Request) {
	s.ledger.reset()
	w.WriteHeader(http.StatusNoContent)
}
