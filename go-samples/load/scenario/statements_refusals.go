package scenario

import (
	"math/rand/v2"
	"net/http"
)

var badCustomers = []string{"C-99999", "C-00000", "c-00001", "C-1", "C-000001", "C_00001", "ada", "1", "C-0000a", "C-00001%20", "%00", "%2e%2e%2fC-00001", "*"}

var badLasts = []string{"0", "-1", "41", "1000000", "abc", "5.0", "1e1", "0x5", "", "%205", "5%205", "99999999999999999999", "5&last=5", "5&last="}

// badStatements are for customers that don't exist, or for no number of lines.
func (p *statementsPlan) badStatements(r *rand.Rand) []*Request {
	var all []*Request
	add := func(customer, query string, status int, code string) {
		request := statementRequest(r, customer, "", p.refused, refusal{status, code})
		request.Path += query
		all = append(all, request)
	}
	for range 4 {
		known := pick(r, p.model.shop.Customers).ID
		for _, customer := range badCustomers {
			add(customer, "", http.StatusNotFound, codeUnknownCustomer)
			add(customer, "?last=3", http.StatusNotFound, codeUnknownCustomer)
		}
		for _, last := range badLasts {
			add(known, "?last="+last, http.StatusBadRequest, codeBadLast)
			add(pick(r, badCustomers), "?last="+last, http.StatusBadRequest, codeBadLast)
		}
	}
	return all
}
