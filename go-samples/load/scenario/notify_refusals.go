package scenario

import (
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
)

// badRequests has some requests for each rule that a body or an ID can break.
func (p *notifyPlan) badRequests(r *rand.Rand) []*Request {
	var all []*Request
	add := func(body string, status int, code string) {
		all = append(all, jsonPost(r, "/alerts", body, p.refused, refusal{status, code}))
	}
	valid := func() map[string]any {
		return map[string]any{"event": pick(r, alertEvents), "sku": pick(r, p.model.shop.Products).SKU, "limit": 1 + r.IntN(50), "note": drawNote(r, 60)}
	}
	good := string(mustJSON(valid()))
	for _, body := range []string{
		``, ` `, `{`, `[]`, `null`, `17`, `"price-drop"`, `{}`, `event=price-drop`, good[:len(good)-1], good + `{}`, good + `x`,
		good + strings.Repeat(" ", 4<<10), `[` + good + `]`, strings.Repeat(`{"event":`, 60),
	} {
		add(body, http.StatusBadRequest, "bad-alert")
	}
	change := func(name string, values ...any) {
		for _, value := range values {
			fields := valid()
			fields[name] = value
			if value == absent {
				delete(fields, name)
			}
			add(string(mustJSON(fields)), http.StatusBadRequest, "bad-alert")
			if name != "sku" {
				fields["sku"] = "ZZ-0001" // values are checked before the product is looked up
				add(string(mustJSON(fields)), http.StatusBadRequest, "bad-alert")
			}
		}
	}
	change("event", absent, "", "sale", "Price-Drop", " price-drop", "back-in-stock\n", 1, []string{"price-drop"})
	change("sku", absent, "", "kt-0042", "KT-042", "KT-00042", "KT0042", "KT_0042", " KT-0042", "K1-0042", "KT-004x", "KT-\u0663042", 42)
	change("limit", 0, -1, 51, 1_000_000, 1.5, "5", true, []int{5})
	change("note", strings.Repeat("n", 241), "two\nlines", "tab\t", "a\x00b", "caf\u00e9", "\u202e", "\x7f", 7, []string{"n"})
	change("to", "everybody")
	change("channel", "mail")
	for _, sku := range []string{"ZZ-0001", "QX-9999", "KT-0000", "AA-0000"} {
		fields := valid()
		fields["sku"] = sku
		add(string(mustJSON(fields)), http.StatusNotFound, "unknown-product")
	}
	for _, id := range []string{"1", "m-", "m-0123", "m-0123456789abcdef0", "m-0123456789ABCDEF", "M-0123456789abcdef", "0123456789abcdef", "m-0123456789abcdeg", "m_0123456789abcdef", "m-01234567 9abcdef", "%"} {
		all = append(all, messageRequest(r, url.PathEscape(id), p.refused, refusal{http.StatusBadRequest, "bad-message"}))
	}
	for _, id := range []string{"m-0000000000000000", "m-ffffffffffffffff"} {
		all = append(all, messageRequest(r, id, p.refused, refusal{http.StatusNotFound, "unknown-message"}))
	}
	return all
}
