package main

import (
	"errors"
	"net/http"

	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

// maxBody bounds what a customer can send.
const maxBody = 64 << 10

// service is the gateway's HTTP side.
type service struct {
	shop *shop.Shop
	log  *accessLog
}

func newService(s *shop.Shop) *service { return &service{shop: s, log: newAccessLog()} }

func (s *service) routes() []serve.Route {
	return []serve.Route{
		{Pattern: "POST /carts", Handle: s.log.logged(s.handleCart)},
		{Pattern: "POST /orders", Handle: s.log.logged(s.handleOrder)},
		{Pattern: "GET /log", Handle: s.log.handleLines},
		{Pattern: "PUT /log/level", Handle: s.log.handleLevel},
	}
}

func (s *service) handleCart(w http.ResponseWriter, r *http.Request) {
	var c cart
	err := serve.ReadJSON(w, r, maxBody, &c)
	if err == nil {
		err = c.validate()
	}
	if err != nil {
		refuse(w, r, http.StatusBadRequest, "bad-cart", err)
		return
	}
	priced, err := priceCart(s.shop, &c)
	if err != nil {
		refuse(w, r, http.StatusNotFound, codeOf(err), err)
		return
	}
	entryOf(r).accept(&c, priced)
	serve.WriteJSON(w, http.StatusOK, priced)
}

func (s *service) handleOrder(w http.ResponseWriter, r *http.Request) {
	var o order
	err := serve.ReadJSON(w, r, maxBody, &o)
	if err == nil {
		err = o.validate()
	}
	if err != nil {
		refuse(w, r, http.StatusBadRequest, "bad-order", err)
		return
	}
	priced, err := priceCart(s.shop, &o.cart)
	if err != nil {
		refuse(w, r, http.StatusNotFound, codeOf(err), err)
		return
	}
	entryOf(r).accept(&o.cart, priced)
	serve.WriteJSON(w, http.StatusOK, pricedOrder{priced, maskCard(o.Card), o.Email})
}

// codeOf says what the shop doesn't know.
func codeOf(err error) string {
	if errors.Is(err, errUnknownCustomer) {
		return "unknown-customer"
	}
	return "unknown-sku"
}

func refuse(w http.ResponseWriter, r *http.Request, status int, code string, err error) {
	entryOf(r).Code = code
	serve.WriteError(w, status, code, err.Error())
}
