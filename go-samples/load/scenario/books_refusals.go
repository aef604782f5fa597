package scenario

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"strings"

	"bazaar/internal/shop"
)

const (
	codeBadPosting     = "bad-posting"
	codeUnknownAccount = "unknown-account"
)

// badPostings has requests that break one rule each. None may leave a trace.
func (p *booksPlan) badPostings(r *rand.Rand) []*Request {
	var all []*Request
	post := func(account, body string, status int, code string) {
		all = append(all, jsonPost(r, "/accounts/"+account+"/postings", body, p.refused, refusal{status, code}))
	}
	good := shop.Posting{Day: "2026-01-05", Cents: 1250, Text: "cash"}
	unknown := []string{"4000", "4121", "9999", "04001", "4001.0", "-4001", "4001%20", "x", "4001%2F", strings.Repeat("4", 300)}
	for _, body := range badPostingBodies(r, good) {
		post(pick(r, p.accounts), body, http.StatusBadRequest, codeBadPosting)
		post(pick(r, unknown), body, http.StatusBadRequest, codeBadPosting)
	}
	for _, account := range unknown {
		post(account, string(postingBody(good)), http.StatusNotFound, codeUnknownAccount)
		all = append(all, &Request{
			Method: http.MethodGet, Path: "/accounts/" + account, Tenant: pick(r, tenants),
			class: p.refused, expect: refusal{http.StatusNotFound, codeUnknownAccount},
		})
	}
	return all
}

func badPostingBodies(r *rand.Rand, good shop.Posting) []string {
	right := string(postingBody(good))
	bodies := []string{``, `{`, `[]`, `null`, `{}`, `17`, `"cash"`, `day=2026-01-05`, right + right, right + `]`, strings.Repeat(" ", 1100) + right}
	change := func(name string, values ...any) {
		for _, value := range values {
			fields := map[string]any{}
			if err := json.Unmarshal([]byte(right), &fields); err != nil {
				panic(err) // it was marshalled just before
			}
			fields[name] = value
			if value == absent {
				delete(fields, name)
			}
			bodies = append(bodies, string(mustJSON(fields)))
		}
	}
	change("day", absent, "", "2026-02-30", "2026-13-01", "2026-1-5", "05.01.2026", "2026-01-05T00:00:00Z", "20260105", "today", 20260105)
	change("cents", absent, 0, 1.5, "1250", 100_000_001, -100_000_001, json.Number("99999999999999999999"), true)
	change("text", absent, "", strings.Repeat("x", 61), "two\nlines", "tab\t", "caf\u00e9", "\x7f", 7, []string{"cash"})
	change("posting", 1)
	change("balanceCents", r.IntN(1000))
	return bodies
}
