package behave

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"bazaar/internal/shop"
	"bazaar/load/scenario"
)

// replay answers every request of a plan rightly; change may spoil answers.
func replay(t *testing.T, plan scenario.Plan, change func(r *http.Request, a *scenario.Answer)) string {
	answers := map[string]scenario.Answer{}
	stream := plan.Stream()
	for range 6000 {
		request := stream.Next()
		if a, ok := request.Example(); ok {
			answers[request.Path+" "+string(request.Body)] = a
		}
	}
	return serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		a := answers[r.URL.RequestURI()+" "+string(body)]
		if change != nil {
			change(r, &a)
		}
		w.Header().Set("Content-Type", a.ContentType)
		w.WriteHeader(a.Status)
		_, _ = w.Write(a.Body)
	})
}

func serve(t *testing.T, handler http.HandlerFunc) string {
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

// faults are the ways in which the checkout of these tests can be wrong.
type faults struct {
	oversell, keepDeclined, skipCharge, chargeTwice, chargeFirst, wrongAmount    bool
	trustCards, alwaysSoldOut, anyQuantity, anyCustomer, sameNumber, forgetStock bool
}

// checkout is a plain right checkout, except for its faults.
type checkout struct {
	faults
	shop *shop.Shop
	bank *bank

	mu     sync.Mutex
	stock  map[string]int
	orders int
}

// bank is a payments instance that doesn't wait.
type bank struct {
	mu            sync.Mutex
	approved      map[string]int
	count, cents  int
	declinedCount int
}

func newCheckout(t *testing.T, f faults) (url, payments string) {
	s := shop.New(1)
	c := &checkout{faults: f, shop: s, stock: s.InitialStock(), bank: &bank{approved: map[string]int{}}}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /orders", c.order)
	mux.HandleFunc("GET /stock/{sku}", c.level)
	mux.HandleFunc("POST /stock/{sku}", c.restock)
	return serve(t, mux.ServeHTTP), serve(t, c.bank.ledger)
}

type orderForm struct {
	SKU      string `json:"sku"`
	Quantity int    `json:"quantity"`
	Card     string `json:"card"`
	Customer string `json:"customer"`
}

func (c *checkout) order(w http.ResponseWriter, r *http.Request) {
	var form orderForm
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	malformed := decoder.Decode(&form) != nil
	_, knownCustomer := c.shop.Customer(form.Customer)
	switch {
	case malformed, !shop.IsCard(form.Card), !isSKU(form.SKU),
		!c.anyCustomer && !knownCustomer,
		!c.anyQuantity && (form.Quantity < 1 || form.Quantity > 20):
		refuse(w, 400, "bad-order")
		return
	}
	product, known := c.shop.Product(form.SKU)
	if !known {
		refuse(w, 404, "unknown-sku")
		return
	}
	c.place(w, form, form.Quantity*product.PriceCents)
}

func (c *checkout) place(w http.ResponseWriter, form orderForm, cents int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	id := fmt.Sprintf("ord-%06d", c.orders+1)
	if c.chargeFirst {
		c.bank.charge(id, form.Card, cents)
	}
	if c.stock[form.SKU] < form.Quantity && !c.oversell || c.alwaysSoldOut {
		refuse(w, 409, "out-of-stock")
		return
	}
	if !c.pay(id, form.Card, cents) {
		if c.keepDeclined {
			c.stock[form.SKU] -= form.Quantity
		}
		refuse(w, 402, "declined")
		return
	}
	if !c.sameNumber {
		c.orders++
	}
	if !c.forgetStock {
		c.stock[form.SKU] -= form.Quantity
	}
	answer(w, 201, map[string]any{"order": id, "sku": form.SKU, "quantity": form.Quantity, "amountCents": cents})
}

func (c *checkout) pay(id, card string, cents int) bool {
	switch {
	case c.skipCharge && c.orders%7 == 3:
		return !shop.IsDeclined(card)
	case c.trustCards:
		c.bank.charge(id, shop.CardNumber(1), cents)
		return true
	case c.wrongAmount:
		return c.bank.charge(id, card, cents-1)
	case c.chargeTwice && c.orders%50 == 3:
		c.bank.charge(id, card, cents)
	case c.chargeFirst:
		return !shop.IsDeclined(card)
	}
	return c.bank.charge(id, card, cents)
}

func (c *checkout) level(w http.ResponseWriter, r *http.Request) { c.add(w, r.PathValue("sku"), 0) }

func (c *checkout) restock(w http.ResponseWriter, r *http.Request) {
	var form struct {
		Add int `json:"add"`
	}
	if json.NewDecoder(r.Body).Decode(&form) != nil || form.Add < 1 || form.Add > 1_000_000 {
		refuse(w, 400, "bad-stock")
		return
	}
	c.add(w, r.PathValue("sku"), form.Add)
}

func (c *checkout) add(w http.ResponseWriter, sku string, pieces int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, known := c.stock[sku]; !known {
		refuse(w, 404, "unknown-sku")
		return
	}
	c.stock[sku] += pieces
	answer(w, 200, map[string]any{"sku": sku, "available": c.stock[sku]})
}

func (b *bank) charge(order, card string, cents int) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if shop.IsDeclined(card) {
		b.declinedCount++
		return false
	}
	b.approved[order] += cents
	b.count++
	b.cents += cents
	return true
}

func (b *bank) ledger(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if r.Method == http.MethodPost {
		b.approved, b.count, b.cents, b.declinedCount = map[string]int{}, 0, 0, 0
		w.WriteHeader(http.StatusNoContent)
		return
	}
	answer(w, 200, map[string]any{
		"approved": b.approved, "approvedCount": b.count, "approvedCents": b.cents, "declinedCount": b.declinedCount,
	})
}

func isSKU(text string) bool {
	return len(text) == 7 && text[2] == '-' && strings.Trim(text[:2], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" &&
		strings.Trim(text[3:], "0123456789") == ""
}

func refuse(w http.ResponseWriter, status int, code string) {
	answer(w, status, map[string]any{"error": map[string]string{"code": code, "message": "no"}})
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
