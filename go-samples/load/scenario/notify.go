package scenario

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"

	"bazaar/internal/shop"
)

// Sizes of an alert in watchers for the shapes that compare sizes.
const (
	smallAudience = 8
	largeAudience = 4 * smallAudience
)

// Pools of notify are smaller than others: an answer has a message for each of dozens of watchers. Of the
// failing alerts none is asked for twice in a thousand.
const (
	notifyHeldout = 1500
	notifyFailing = 1500
)

// leastFailing is how many watchers an alert of the shape Failing has at least.
const leastFailing = 12

// notifyPlan is traffic for the notify service.
type notifyPlan struct {
	options Options
	model   *notifyModel
	classes []*class

	alerts, failures, refused *class

	delivered []*Request
	failing   []*Request
	refusals  []*Request
}

func newNotify(o Options) Plan {
	p := &notifyPlan{
		options:  o,
		model:    newNotifyModel(shop.New(o.ShopSeed)),
		alerts:   &class{id: "notify-alerts", title: "Every alert has the reference's message for each watcher, in their order"},
		failures: &class{id: "notify-failures", title: "Every alert that can't be delivered names a watcher whom it failed for"},
		refused:  &class{id: "notify-refusals", title: "Every bad request is refused: 400 bad-alert or bad-message, 404"},
	}
	p.classes = classes(p.alerts, p.failures, p.refused)
	r := source(o.Seed, "notify/"+o.Shape)
	if o.Shape == Failing {
		for range notifyFailing {
			p.failing = append(p.failing, p.drawFailing(r))
		}
		return p
	}
	size := poolSize
	switch {
	case o.Shape == Heldout:
		size = notifyHeldout
	case o.Thorough:
		size = thoroughSize
	}
	for i := range size {
		p.delivered = append(p.delivered, p.drawDelivered(r, o.Thorough && i%4 == 0))
	}
	for range size / 4 {
		p.failing = append(p.failing, p.drawFailing(r))
	}
	p.refusals = p.badRequests(r)
	return p
}

func (p *notifyPlan) Stream() Stream {
	switch {
	case p.options.Shape == Failing:
		return newRound(p.options.Seed, p.failing)
	case p.options.Thorough:
		return newRound(p.options.Seed, slices.Concat(p.delivered, p.failing, p.refusals))
	case p.options.Shape == Heldout:
		return newRound(p.options.Seed, slices.Concat(p.delivered, p.failing))
	case p.options.Shape == Small || p.options.Shape == Large:
		return newMix(p.options.Seed, []part{{share: 1, pool: p.delivered}})
	}
	return newMix(p.options.Seed, []part{
		{share: 89, pool: p.delivered, skewed: true},
		{share: 6, pool: p.failing, skewed: true},
		{share: 5, pool: p.refusals},
	})
}

func (p *notifyPlan) Judge(context.Context, Access) (Judge, error) {
	return newStateless(p.classes), nil
}

// alertAsk is an alert; limit 0 stands for not given.
type alertAsk struct {
	event, sku, note string
	limit            int
}

var alertEvents = []string{"back-in-stock", "price-drop", "last-pieces"}

// drawDelivered makes an alert that reaches everybody.
func (p *notifyPlan) drawDelivered(r *rand.Rand, edge bool) *Request {
	for {
		ask := p.drawAlert(r, edge)
		if result := p.model.notify(ask); len(result.failed) == 0 {
			return p.request(r, ask, result)
		}
	}
}

func (p *notifyPlan) drawAlert(r *rand.Rand, edge bool) alertAsk {
	ask := alertAsk{event: pick(r, alertEvents), sku: pick(r, p.model.shop.Products).SKU}
	switch shape := p.options.Shape; {
	case shape == Small || shape == Large:
		ask.sku = pick(r, p.model.popular)
		ask.limit = smallAudience
		if shape == Large {
			ask.limit = largeAudience
		}
		return ask
	case edge:
		return p.edgeAlert(r, ask)
	case shape == Heldout:
		ask.limit = 10 + r.IntN(41)
		ask.note = drawNote(r, 120)
		return ask
	}
	if chance(r, 25) {
		ask.limit = 1 + r.IntN(50)
	}
	if chance(r, 40) {
		ask.note = drawNote(r, 60)
	}
	return ask
}

// edgeAlert is delivered, and only just; sometimes it isn't.
func (p *notifyPlan) edgeAlert(r *rand.Rand, ask alertAsk) alertAsk {
	switch r.IntN(5) {
	case 0:
		ask.limit = pick(r, []int{1, 2, 50})
	case 1: // all before the first who can't be told
		ask.sku = pick(r, p.model.stale)
		if ask.limit = p.model.firstStale(ask.sku); ask.limit == 0 {
			ask.limit = 1
		}
	case 2: // the longest push that there can be
		ask.note = p.noteForPush(r, ask, maxPushBytes)
	case 3:
		ask.note = pick(r, []string{`<b>&"\`, " ", "%s%d%n", "'; --", "{{.Name}}", `\r\n.\r\n`, "~", strings.Repeat(`"`, 60)})
	case 4:
		ask.note = drawNote(r, 150)
	}
	return ask
}

// drawFailing makes an alert that can't be delivered: most often since somebody's address
// is of no use, else since the push services don't take it.
func (p *notifyPlan) drawFailing(r *rand.Rand) *Request {
	for {
		ask := alertAsk{event: pick(r, alertEvents), sku: pick(r, p.model.stale), note: drawNote(r, 60)}
		switch {
		case chance(r, 30):
			ask.sku = pick(r, p.model.shop.Products).SKU
			ask.note = drawNote(r, 20)
			ask.note += p.noteForPush(r, ask, maxPushBytes+1+r.IntN(12))
		case p.options.Shape != Failing && chance(r, 25):
			ask.limit = min(50, p.model.firstStale(ask.sku)+1+r.IntN(3))
		}
		result := p.model.notify(ask)
		small := p.options.Shape == Failing && len(p.model.watchers[ask.sku]) < leastFailing
		if len(ask.note) <= 240 && len(result.failed) > 0 && !small {
			return p.request(r, ask, result)
		}
	}
}

const letters = "abcdefghijklmnopqrstuvwxyz "

// noteForPush makes the rest of a note with which a push has so many bytes.
func (p *notifyPlan) noteForPush(r *rand.Rand, ask alertAsk, bytes int) string {
	if ask.note == "" {
		ask.note = "n" // the space before it
		bytes++
	}
	product, _ := p.model.shop.Product(ask.sku)
	note := make([]byte, max(0, bytes-len(p.model.push(ask, product, strings.Repeat("0", 32)))))
	for i := range note {
		note[i] = letters[r.IntN(len(letters))]
	}
	return string(note)
}

// drawNote is about as long as most, and hardly ever the same.
func drawNote(r *rand.Rand, most int) string {
	words := []string{fmt.Sprintf("offer %d", r.IntN(1_000_000))}
	for length := len(words[0]); length < most-12 && chance(r, 80); {
		word := pick(r, []string{"today only", "while it lasts", "5 & more: -10 %", "pick-up", `"as new"`, "A < B", "ask us"})
		words, length = append(words, word), length+len(word)+2
	}
	return strings.Join(words, ", ")
}

type alertBody struct {
	Event string `json:"event"`
	SKU   string `json:"sku"`
	Limit int    `json:"limit,omitempty"`
	Note  string `json:"note,omitempty"`
}

func (p *notifyPlan) request(r *rand.Rand, ask alertAsk, result alertResult) *Request {
	body := string(mustJSON(alertBody{ask.event, ask.sku, ask.limit, ask.note}))
	if len(result.failed) > 0 {
		return jsonPost(r, "/alerts", body, p.failures, &failedAlert{result.failed})
	}
	answer := alertAnswer{Event: ask.event, SKU: ask.sku, Messages: result.messages}
	return jsonPost(r, "/alerts", body, p.alerts, &jsonAnswer{body: mustJSON(answer), explain: explainAlert})
}

func messageRequest(r *rand.Rand, id string, c *class, e expectation) *Request {
	return &Request{Method: http.MethodGet, Path: "/messages/" + id, Tenant: pick(r, tenants), class: c, expect: e}
}
