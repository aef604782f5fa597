package scenario

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
)

// badRequests has requests that break one rule each.
func (p *checkoutPlan) badRequests(r *rand.Rand) []*Request {
	var all []*Request
	add := func(path, body string, status int, code string) {
		all = append(all, jsonPost(r, path, body, p.refused, refusal{status, code}))
	}
	for range 4 {
		sku := p.shelves[p.drawShelf(r)].sku
		for _, body := range p.badOrders(r, sku) {
			add("/orders", body, http.StatusBadRequest, codeBadOrder)
		}
		for _, unknown := range []string{"ZZ-0001", "QX-9999", sku[:2] + "-0000"} {
			body := p.validOrder(r, unknown, 1)
			add("/orders", string(mustJSON(body)), http.StatusNotFound, codeUnknownSKU)
			body.Card = drawCard(r, true)
			add("/orders", string(mustJSON(body)), http.StatusNotFound, codeUnknownSKU)
			add("/stock/"+unknown, `{"add":1}`, http.StatusNotFound, codeUnknownSKU)
			all = append(all, &Request{
				Method: http.MethodGet, Path: "/stock/" + unknown, Tenant: pick(r, tenants),
				class: p.refused, expect: refusal{http.StatusNotFound, codeUnknownSKU},
			})
		}
		for _, body := range []string{`{"add":0}`, `{"add":-1}`, `{"add":1000001}`, `{"add":1.5}`, `{"add":"1"}`, `{}`, `{`, ``, `[1]`} {
			add("/stock/"+sku, body, http.StatusBadRequest, codeBadStock)
		}
	}
	return all
}

func (p *checkoutPlan) badOrders(r *rand.Rand, sku string) []string {
	bodies := []string{``, `{`, `[]`, `"order"`, `17`, `{}`, `sku=` + sku}
	change := func(name string, values ...any) {
		for _, value := range values {
			fields := map[string]any{}
			if err := json.Unmarshal(mustJSON(p.validOrder(r, sku, 1)), &fields); err != nil {
				panic(err) // it was marshalled just before
			}
			fields[name] = value
			if value == absent {
				delete(fields, name)
			}
			bodies = append(bodies, string(mustJSON(fields)))
		}
	}
	change("quantity", absent, 0, -1, maxQuantity+1, 1_000_000, 1.5, "1")
	change("card", absent, "", "TEST-1", "TEST-000000012", "TEST-0000001a", "test-00000018", "00000018", "TEST 00000018", 18)
	change("sku", absent, "", "KT-42", "kt-0042", "KT0042", "KTX-0042", "KT-00421", "../KT-0042", 42)
	change("customer", absent, "", "C-99999", "C-00000", "c-00001", "Ada", 1)
	change("coupon", "FREE")
	change("amountCents", 1)
	return bodies
}

// absent stands for a field that is left out.
const absent = "\x00"
