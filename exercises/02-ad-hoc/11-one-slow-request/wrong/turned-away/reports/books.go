package main

import (
	"errors"
	"sync"

	"bazaar/internal/shop"
)

// posting is one line of an account.
type posting struct {
	day   string // 2025-03-09
	cents int    // money that goes out is negative
	text  string
}

// account has its postings in the order in which they were made; none is ever changed.
type account struct {
	number string

	mu       sync.Mutex
	postings []posting
	balance  int // cents, of all postings
	closed   int // how many postings the last closing had
}

// books are all accounts. Each has a lock of its own, so that tills don't wait for each other.
type books struct {
	byNumber map[string]*account
	accounts []*account // by number

	closing  sync.Mutex // one closing at a time
	closings int        // made so far
}

// newBooks opens the books with the postings of the year before, which is closed.
func newBooks(accounts []string, year func(account string) []shop.Posting) *books {
	b := &books{byNumber: make(map[string]*account, len(accounts))}
	for _, number := range accounts {
		a := &account{number: number}
		for _, p := range year(number) {
			a.add(posting{p.Day, p.Cents, p.Text})
		}
		a.closed = len(a.postings)
		b.byNumber[number], b.accounts = a, append(b.accounts, a)
	}
	return b
}

// errBusy says that the account is in use.
var errBusy = errors.New("the account is in use, try again")

// post adds a posting and returns its number, from 1, and the balance after it.
func (a *account) post(p posting) (number, balance int, err error) {
	if !a.mu.TryLock() {
		return 0, 0, errBusy
	}
	defer a.mu.Unlock()
	a.add(p)
	return len(a.postings), a.balance, nil
}

func (a *account) add(p posting) {
	a.postings = append(a.postings, p)
	a.balance += p.cents
}

// state is how many postings the account has, and their sum.
func (a *account) state() (postings, balance int, err error) {
	if !a.mu.TryLock() {
		return 0, 0, errBusy
	}
	defer a.mu.Unlock()
	return len(a.postings), a.balance, nil
}
