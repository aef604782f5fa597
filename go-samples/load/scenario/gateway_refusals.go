package scenario

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"strings"
)

const codeUnknownCustomer = "unknown-customer"

// badCode is the code of a body that can't be right, by path.
var badCode = map[string]string{"/carts": "bad-cart", "/orders": codeBadOrder}

// badRequests has requests that break one rule each.
func (p *gatewayPlan) badRequests(r *rand.Rand) []*Request {
	var all []*Request
	add := func(path, body string, status int, code string) {
		ask := &gatewayAsk{
			expectation: refusal{status, code}, kind: refusedLine,
			line: logFields{Method: http.MethodPost, Path: path, Status: status, Code: code},
		}
		all = append(all, gatewayRequest(r, body, p.refused, ask))
	}
	for _, path := range []string{"/carts", "/orders"} {
		for _, body := range p.badBodies(r, path) {
			add(path, body, http.StatusBadRequest, badCode[path])
		}
		for range 4 {
			unknown := p.validBody(r, path)
			unknown["customer"] = pick(r, []string{"C-99999", "C-00000", "C-02001"})
			add(path, string(mustJSON(unknown)), http.StatusNotFound, codeUnknownCustomer)
			unknown["items"] = []cartItem{{SKU: "ZZ-0001", Quantity: 1}} // the customer is looked up first
			add(path, string(mustJSON(unknown)), http.StatusNotFound, codeUnknownCustomer)
			unknown = p.validBody(r, path)
			unknown["items"] = []cartItem{{SKU: pick(r, []string{"ZZ-0001", "qx-9999", " KT-0000"}), Quantity: 1}}
			add(path, string(mustJSON(unknown)), http.StatusNotFound, codeUnknownSKU)
		}
	}
	return append(all, p.badLogRequests(r)...)
}

func (p *gatewayPlan) badLogRequests(r *rand.Rand) []*Request {
	var all []*Request
	for _, last := range []string{"0", "-1", "2049", "all", "1.5", "99999999999999999999"} {
		all = append(all, &Request{
			Method: http.MethodGet, Path: "/log?last=" + last, Tenant: pick(r, tenants),
			class: p.refused, expect: refusal{http.StatusBadRequest, "bad-log"},
		})
	}
	for _, body := range []string{``, `{`, `{}`, `[]`, `{"level":"trace"}`, `{"level":"DEBUG"}`, `{"level":0}`, `{"level":"info","for":1}`} {
		all = append(all, &Request{
			Method: http.MethodPut, Path: "/log/level", Body: []byte(body), Tenant: pick(r, tenants),
			class: p.refused, expect: refusal{http.StatusBadRequest, "bad-level"},
		})
	}
	return all
}

// validBody is a body of few items as its fields.
func (p *gatewayPlan) validBody(r *rand.Rand, path string) map[string]any {
	c := p.model.draw(r, 1+r.IntN(5), plainLine)
	if path == "/orders" {
		c.Card, c.Email = drawCard(r, false), "buyer@example.org"
	}
	fields := map[string]any{}
	if err := json.Unmarshal(mustJSON(c), &fields); err != nil {
		panic(err) // it was marshalled just before
	}
	return fields
}

func (p *gatewayPlan) badBodies(r *rand.Rand, path string) []string {
	good := string(mustJSON(p.validBody(r, path)))
	bodies := []string{
		``, `{`, `[]`, `"cart"`, `17`, `null`, `{}`, `customer=C-00001`, good[:len(good)-1], good + `{}`, good + `x`,
		good + strings.Repeat(" ", 64<<10), strings.Repeat(`{"items":[`, 50),
	}
	change := func(name string, values ...any) {
		for _, value := range values {
			fields := p.validBody(r, path)
			fields[name] = value
			if value == absent {
				delete(fields, name)
			}
			bodies = append(bodies, string(mustJSON(fields)))
		}
	}
	change("customer", absent, "", "C-1", "c-00001", "C-000001", "C-0000a", " C-00001", "Ada", 1)
	change("reference", strings.Repeat("r", 81), 5, []string{"r"})
	change("items", absent, []cartItem{}, "none", p.model.draw(r, maxItems+1, plainLine).Items)
	for _, item := range p.badItems() {
		change("items", []any{p.validBody(r, path)["items"].([]any)[0], item})
	}
	change("coupon", "FREE")
	change("totalCents", 1)
	if path == "/carts" {
		change("card", "TEST-00000018")
		change("email", "buyer@example.org")
		return bodies
	}
	change("card", absent, "", "TEST-1", "TEST-000000012", "TEST-0000001a", "test-00000018", "TEST 00000018", 18)
	change("email", absent, "", "buyer", "@", "@example.org", "buyer@", strings.Repeat("b", 120)+"@example.org", 1)
	return bodies
}

// badItems are items of which none may be in a cart.
func (p *gatewayPlan) badItems() []any {
	sku := p.model.shop.Products[0].SKU
	item := func(sku, quantity, reference any) map[string]any {
		return map[string]any{"sku": sku, "quantity": quantity, "reference": reference}
	}
	return []any{
		item(sku, 0, ""), item(sku, -1, ""), item(sku, 100, ""), item(sku, 1.5, ""), item(sku, "1", ""), item(sku, 1_000_000, ""),
		item("", 1, ""), item("KT-42", 1, ""), item("KT0042", 1, ""), item("KTX-0042", 1, ""), item("K T-0042", 1, ""), item(42, 1, ""),
		item(sku, 1, strings.Repeat("r", 81)), item(sku, 1, 7), map[string]any{"sku": sku, "quantity": 1, "note": "n"},
		map[string]any{}, "KT-0042", []any{},
	}
}
