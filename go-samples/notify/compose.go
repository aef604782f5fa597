package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"bazaar/internal/shop"
)

// maxPush is what the push services take.
const maxPush = 320

// news is what the watchers of a product are told.
type news struct {
	*alert
	product *shop.Product
}

// watcher is a customer who waits for news.
type watcher struct {
	customer string // ID
	name     string
	channel  string
	address  string
}

// message is ready for the relay of its channel.
type message struct {
	id       string
	customer string
	channel  string
	address  string
	payload  []byte
}

// deliveryError says who can't be told, and why.
type deliveryError struct {
	customer, channel, reason string
}

func (e *deliveryError) Error() string {
	return fmt.Sprintf("%s can't be told by %s: %s", e.customer, e.channel, e.reason)
}

// compose makes the message for one watcher.
func compose(n *news, w *watcher) (*message, error) {
	if !isAddress(w.channel, w.address) {
		return nil, &deliveryError{w.customer, w.channel, "address-refused"}
	}
	payload, err := render(n, w)
	if err != nil {
		return nil, fmt.Errorf("compose %s: %w", w.channel, err)
	}
	if w.channel == "push" && len(payload) > maxPush {
		return nil, &deliveryError{w.customer, w.channel, "message-too-long"}
	}
	sum := sha256.Sum256(payload)
	return &message{
		id:       "m-" + hex.EncodeToString(sum[:8]),
		customer: w.customer,
		channel:  w.channel,
		address:  w.address,
		payload:  payload,
	}, nil
}

func render(n *news, w *watcher) ([]byte, error) {
	switch w.channel {
	case "mail":
		return renderMail(n, w), nil
	case "push":
		return renderPush(n, w)
	case "webhook":
		return renderWebhook(n, w)
	}
	return nil, fmt.Errorf("unknown channel %q", w.channel)
}

func (n *news) sentence() string {
	switch n.Event {
	case "price-drop":
		return fmt.Sprintf("%s now costs EUR %d.%02d", n.product.Title, n.product.PriceCents/100, n.product.PriceCents%100)
	case "last-pieces":
		return "Last pieces of " + n.product.Title
	}
	return n.product.Title + " is back in stock"
}

func renderMail(n *news, w *watcher) []byte {
	sentence := n.sentence()
	mail := fmt.Appendf(nil, "To: %s\r\nSubject: %s\r\n\r\nDear %s,\r\n\r\n%s\r\n", w.address, sentence, w.name, sentence)
	if n.Note != "" {
		mail = fmt.Appendf(mail, "%s\r\n", n.Note)
	}
	return append(mail, "\r\nYour Bazaar\r\n"...)
}

type pushJSON struct {
	Token string `json:"token"`
	Title string `json:"title"`
	Body  string `json:"body"`
}

func renderPush(n *news, w *watcher) ([]byte, error) {
	push := pushJSON{Token: w.address, Title: n.product.Title, Body: n.sentence()}
	if n.Note != "" {
		push.Body += " " + n.Note
	}
	return json.Marshal(push)
}

type hookJSON struct {
	Customer   string `json:"customer"`
	Event      string `json:"event"`
	SKU        string `json:"sku"`
	PriceCents int    `json:"priceCents"`
	Note       string `json:"note"`
}

func renderWebhook(n *news, w *watcher) ([]byte, error) {
	body, err := json.Marshal(hookJSON{w.customer, n.Event, n.SKU, n.product.PriceCents, n.Note})
	if err != nil {
		return nil, err
	}
	mac := hmac.New(sha256.New, []byte(w.address))
	mac.Write(body)
	signed := hex.AppendEncode(nil, mac.Sum(nil))
	return append(append(signed, '\n'), body...), nil
}
