package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

// maxBody bounds what a caller can send.
const maxBody = 4 << 10

// service answers for one shop and its watchers.
type service struct {
	shop     *shop.Shop
	watchers map[string][]watcher // by SKU, who has waited longest first
	spool    *spool
	failures sync.Map // SKU → when its last alert failed
}

// retryAfter is how long a product whose alert failed has to wait for the next one.
const retryAfter = 10 * time.Second

func newService(s *shop.Shop) *service {
	service := &service{shop: s, watchers: map[string][]watcher{}, spool: newSpool()}
	for _, w := range s.Watchers() {
		customer, _ := s.Customer(w.CustomerID)
		service.watchers[w.SKU] = append(service.watchers[w.SKU], watcher{
			customer: customer.ID, name: customer.Name, channel: w.Channel, address: w.Address,
		})
	}
	return service
}

func (s *service) routes() []serve.Route {
	return []serve.Route{
		{Pattern: "POST /alerts", Handle: s.handleAlert},
		{Pattern: "GET /messages/{id}", Handle: s.handleMessage},
	}
}

type alertJSON struct {
	Event    string        `json:"event"`
	SKU      string        `json:"sku"`
	Messages []messageJSON `json:"messages"`
}

type messageJSON struct {
	Customer string `json:"customer"`
	Channel  string `json:"channel"`
	ID       string `json:"id"`
	Bytes    int    `json:"bytes"`
}

func (s *service) handleAlert(w http.ResponseWriter, r *http.Request) {
	var a alert
	err := serve.ReadJSON(w, r, maxBody, &a)
	if err == nil {
		err = a.validate()
	}
	if err != nil {
		serve.WriteError(w, http.StatusBadRequest, "bad-alert", err.Error())
		return
	}
	product, known := s.shop.Product(a.SKU)
	if !known {
		serve.WriteError(w, http.StatusNotFound, "unknown-product", "there is no product "+a.SKU)
		return
	}
	if last, failed := s.failures.Load(a.SKU); failed && time.Since(last.(time.Time)) < retryAfter {
		serve.WriteError(w, http.StatusTooManyRequests, "too-many-failures", "the last alert for "+a.SKU+" failed")
		return
	}
	watchers := s.watchers[a.SKU]
	messages, err := s.notify(&news{alert: &a, product: &product}, watchers[:min(a.limit(), len(watchers))])
	if err != nil {
		s.failures.Store(a.SKU, time.Now())
		notDelivered(w, err)
		return
	}
	answer := alertJSON{Event: a.Event, SKU: a.SKU, Messages: make([]messageJSON, len(messages))}
	for i, m := range messages {
		answer.Messages[i] = messageJSON{Customer: m.customer, Channel: m.channel, ID: m.id, Bytes: len(m.payload)}
	}
	serve.WriteJSON(w, http.StatusOK, answer)
}

type notDeliveredJSON struct {
	Error struct {
		Code    string `json:"code"`
		Message string `json:"message"`
	} `json:"error"`
	Customer string `json:"customer"`
	Channel  string `json:"channel"`
	Reason   string `json:"reason"`
}

// notDelivered says who couldn't be told, and why.
func notDelivered(w http.ResponseWriter, err error) {
	var failed *deliveryError
	if !errors.As(err, &failed) {
		slog.Error("alert failed", "error", err)
		serve.WriteError(w, http.StatusInternalServerError, "internal", "the alert failed")
		return
	}
	answer := notDeliveredJSON{Customer: failed.customer, Channel: failed.channel, Reason: failed.reason}
	answer.Error.Code, answer.Error.Message = "not-delivered", failed.Error()
	serve.WriteJSON(w, http.StatusUnprocessableEntity, answer)
}

type spooledJSON struct {
	ID      string `json:"id"`
	Channel string `json:"channel"`
	Address string `json:"address"`
	Payload string `json:"payload"`
}

func (s *service) handleMessage(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	if !isMessageID(id) {
		serve.WriteError(w, http.StatusBadRequest, "bad-message", fmt.Sprintf("id %q is not m- and 16 digits", id))
		return
	}
	m, found := s.spool.find(id)
	if !found {
		serve.WriteError(w, http.StatusNotFound, "unknown-message", "there is no message "+id+" any more")
		return
	}
	serve.WriteJSON(w, http.StatusOK, spooledJSON{ID: m.id, Channel: m.channel, Address: m.address, Payload: string(m.payload)})
}
