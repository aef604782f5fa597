package scenario

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"bazaar/internal/shop"
)

const maxPushBytes = 320

// notifyModel makes all messages of an alert one after the other.
type notifyModel struct {
	shop     *shop.Shop
	watchers map[string][]shop.Watcher // by SKU
	stale    []string                  // SKUs of which a watcher can't be told
	popular  []string                  // SKUs with as many watchers as the shape Large wants, and all can be told
}

func newNotifyModel(s *shop.Shop) *notifyModel {
	m := &notifyModel{shop: s, watchers: map[string][]shop.Watcher{}}
	for _, w := range s.Watchers() {
		m.watchers[w.SKU] = append(m.watchers[w.SKU], w)
	}
	for _, p := range s.Products {
		switch {
		case m.firstStale(p.SKU) < len(m.watchers[p.SKU]):
			m.stale = append(m.stale, p.SKU)
		case len(m.watchers[p.SKU]) >= largeAudience:
			m.popular = append(m.popular, p.SKU)
		}
	}
	return m
}

// alertMessage is what the answer says of one watcher's message.
type alertMessage struct {
	Customer string `json:"customer"`
	Channel  string `json:"channel"`
	ID       string `json:"id"`
	Bytes    int    `json:"bytes"`
}

type alertAnswer struct {
	Event    string         `json:"event"`
	SKU      string         `json:"sku"`
	Messages []alertMessage `json:"messages"`
}

// notTold is a watcher who can't be told.
type notTold struct {
	Customer string `json:"customer"`
	Channel  string `json:"channel"`
	Reason   string `json:"reason"`
}

// alertResult has all who can't be told; if there are none, the messages.
type alertResult struct {
	messages []alertMessage
	failed   []notTold
}

func (m *notifyModel) notify(ask alertAsk) alertResult {
	told := m.watchers[ask.sku]
	if ask.limit > 0 && ask.limit < len(told) {
		told = told[:ask.limit]
	}
	result := alertResult{messages: []alertMessage{}}
	product, _ := m.shop.Product(ask.sku)
	for _, w := range told[:min(50, len(told))] {
		payload := m.payload(ask, product, w)
		switch {
		case !goodAddress[w.Channel].MatchString(w.Address):
			result.failed = append(result.failed, notTold{w.CustomerID, w.Channel, "address-refused"})
		case w.Channel == "push" && len(payload) > maxPushBytes:
			result.failed = append(result.failed, notTold{w.CustomerID, w.Channel, "message-too-long"})
		default:
			id := fmt.Sprintf("m-%x", sha256.Sum256(payload))[:18]
			result.messages = append(result.messages, alertMessage{w.CustomerID, w.Channel, id, len(payload)})
		}
	}
	return result
}

// firstStale is the place of the first watcher with an address of no use; if there is
// none, their number.
func (m *notifyModel) firstStale(sku string) int {
	for i, w := range m.watchers[sku] {
		if !goodAddress[w.Channel].MatchString(w.Address) {
			return i
		}
	}
	return len(m.watchers[sku])
}

var goodAddress = map[string]*regexp.Regexp{
	"mail":    regexp.MustCompile(`^[^@ ]+@[^@]*\.[^@]*$`),
	"push":    regexp.MustCompile(`^[0-9a-f]{32}$`),
	"webhook": regexp.MustCompile(`^https://[^/@]+/`),
}

func (m *notifyModel) payload(ask alertAsk, product shop.Product, w shop.Watcher) []byte {
	switch w.Channel {
	case "mail":
		customer, _ := m.shop.Customer(w.CustomerID)
		lines := []string{
			"To: " + w.Address, "Subject: " + sentence(ask.event, product), "",
			"Dear " + customer.Name + ",", "", sentence(ask.event, product), ask.note, "", "Your Bazaar", "",
		}
		if ask.note == "" {
			lines = append(lines[:6], lines[7:]...)
		}
		return []byte(strings.Join(lines, "\r\n"))
	case "push":
		return m.push(ask, product, w.Address)
	}
	body := mustJSON(struct {
		Customer   string `json:"customer"`
		Event      string `json:"event"`
		SKU        string `json:"sku"`
		PriceCents int    `json:"priceCents"`
		Note       string `json:"note"`
	}{w.CustomerID, ask.event, ask.sku, product.PriceCents, ask.note})
	mac := hmac.New(sha256.New, []byte(w.Address))
	mac.Write(body)
	return fmt.Appendf(nil, "%x\n%s", mac.Sum(nil), body)
}

func (m *notifyModel) push(ask alertAsk, product shop.Product, token string) []byte {
	text := sentence(ask.event, product)
	if ask.note != "" {
		text += " " + ask.note
	}
	return mustJSON(struct {
		Token string `json:"token"`
		Title string `json:"title"`
		Body  string `json:"body"`
	}{token, product.Title, text})
}

func sentence(event string, p shop.Product) string {
	return map[string]string{
		"back-in-stock": p.Title + " is back in stock",
		"price-drop":    p.Title + fmt.Sprintf(" now costs EUR %.2f", float64(p.PriceCents)/100),
		"last-pieces":   "Last pieces of " + p.Title,
	}[event]
}

// failedAlert expects the refusal of an alert that can't be delivered, with any of those
// whom it can't be delivered to.
type failedAlert struct{ failed []notTold }

func (f *failedAlert) check(a Answer) *Fault {
	if fault := (refusal{422, "not-delivered"}).check(a); fault != nil {
		return &Fault{Rule: fault.Rule, Expected: f.String()}
	}
	var got notTold
	if json.Unmarshal(a.Body, &got) != nil {
		return &Fault{Rule: ruleNotJSON, Expected: f.String()}
	}
	for _, one := range f.failed {
		if got == one {
			return nil
		}
	}
	return &Fault{Rule: "alert-failed-for", Expected: f.String()}
}

func (f *failedAlert) example() Answer {
	one := f.failed[0]
	body := fmt.Sprintf(`{"error":{"code":"not-delivered","message":"refused"},"customer":%q,"channel":%q,"reason":%q}`,
		one.Customer, one.Channel, one.Reason)
	return Answer{Status: 422, ContentType: mediaJSON, Body: []byte(body)}
}

func (f *failedAlert) String() string {
	one := f.failed[0]
	others := ""
	if len(f.failed) > 1 {
		others = fmt.Sprintf(", or one of %d others", len(f.failed)-1)
	}
	return fmt.Sprintf(`422 {"error":{"code":"not-delivered",…},"customer":%q,"channel":%q,"reason":%q}%s`,
		one.Customer, one.Channel, one.Reason, others)
}

// explainAlert names what is wrong with an answer that isn't the expected one.
func explainAlert(want, got []byte) string {
	var expected, seen alertAnswer
	if json.Unmarshal(want, &expected) != nil || json.Unmarshal(got, &seen) != nil {
		return "alert-fields"
	}
	if len(seen.Messages) != len(expected.Messages) {
		return "alert-count"
	}
	places := map[alertMessage]int{}
	for _, m := range expected.Messages {
		places[m]++
	}
	inPlace := true
	for i, m := range seen.Messages {
		if places[m]--; places[m] < 0 {
			return "alert-messages"
		}
		inPlace = inPlace && m == expected.Messages[i]
	}
	if !inPlace {
		return "alert-order"
	}
	return "alert-fields"
}
