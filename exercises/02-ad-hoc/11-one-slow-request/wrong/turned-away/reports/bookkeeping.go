package main

import (
	"fmt"
	"net/http"
	"sync"
	"time"

	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

const (
	maxPosting = 1 << 10 // bytes of a body
	maxCents   = 100_000_000
	maxText    = 60
)

// bookkeeping is the books' HTTP side.
type bookkeeping struct {
	books func() *books // opened when first asked for
}

func newBookkeeping(s *shop.Shop) *bookkeeping {
	return &bookkeeping{books: sync.OnceValue(func() *books { return newBooks(s.Accounts(), s.Postings) })}
}

func (k *bookkeeping) routes() []serve.Route {
	return []serve.Route{
		{Pattern: "GET /accounts/{account}", Handle: k.handleAccount},
		{Pattern: "POST /accounts/{account}/postings", Handle: k.handlePosting},
		{Pattern: "POST /closings", Handle: k.handleClosing},
	}
}

type accountJSON struct {
	Account      string `json:"account"`
	Postings     int    `json:"postings"`
	BalanceCents int    `json:"balanceCents"`
}

func (k *bookkeeping) handleAccount(w http.ResponseWriter, r *http.Request) {
	if a, known := k.find(w, r); known {
		postings, balance, err := a.state()
		if err != nil {
			serve.WriteError(w, http.StatusServiceUnavailable, "busy", err.Error())
			return
		}
		serve.WriteJSON(w, http.StatusOK, accountJSON{a.number, postings, balance})
	}
}

// postingJSON is a posting as it comes in.
type postingJSON struct {
	Day   string `json:"day"`
	Cents int    `json:"cents"`
	Text  string `json:"text"`
}

type postedJSON struct {
	Account      string `json:"account"`
	Posting      int    `json:"posting"` // its number in the account
	BalanceCents int    `json:"balanceCents"`
}

func (k *bookkeeping) handlePosting(w http.ResponseWriter, r *http.Request) {
	var p postingJSON
	err := serve.ReadJSON(w, r, maxPosting, &p)
	if err == nil {
		err = p.validate()
	}
	if err != nil {
		serve.WriteError(w, http.StatusBadRequest, "bad-posting", err.Error())
		return
	}
	if a, known := k.find(w, r); known {
		number, balance, err := a.post(posting{p.Day, p.Cents, p.Text})
		if err != nil {
			serve.WriteError(w, http.StatusServiceUnavailable, "busy", err.Error())
			return
		}
		serve.WriteJSON(w, http.StatusCreated, postedJSON{a.number, number, balance})
	}
}

func (k *bookkeeping) handleClosing(w http.ResponseWriter, _ *http.Request) {
	serve.WriteJSON(w, http.StatusCreated, k.books().closeBooks())
}

// find answers the request if there is no such account.
func (k *bookkeeping) find(w http.ResponseWriter, r *http.Request) (*account, bool) {
	number := r.PathValue("account")
	a, known := k.books().byNumber[number]
	if !known {
		serve.WriteError(w, http.StatusNotFound, "unknown-account", fmt.Sprintf("there is no account %q", number))
	}
	return a, known
}

func (p *postingJSON) validate() error {
	if _, err := time.Parse(time.DateOnly, p.Day); err != nil {
		return fmt.Errorf("day %q is not a day like %s", p.Day, shop.FirstDay)
	}
	if p.Cents == 0 || p.Cents < -maxCents || p.Cents > maxCents {
		return fmt.Errorf("cents %d is 0, or more than %d either way", p.Cents, maxCents)
	}
	good := len(p.Text) >= 1 && len(p.Text) <= maxText
	for _, c := range []byte(p.Text) {
		good = good && ' ' <= c && c <= '~'
	}
	if !good {
		return fmt.Errorf("text %q is not 1 to %d printable ASCII characters", p.Text, maxText)
	}
	return nil
}
