package shop

import (
	"fmt"
	"strings"
)

// Channels are the ways in which a watcher can be reached. The list is the same for every
// seed.
func (s *Shop) Channels() []string { return []string{"mail", "push", "webhook"} }

// Watcher is a customer who wants to hear about a product. Addresses were never checked
// when they were written down, and about one of 150 is of no use.
type Watcher struct {
	SKU        string // of a Product
	CustomerID string // of a Customer; watches a product once
	Channel    string // as in Channels
	Address    string // mailbox, token of a device, or URL
}

// Most products have few watchers.
const (
	leastWatchers = 6
	mostWatchers  = 48
	stalePerMille = 7
)

// Watchers generates who watches what, by product and then by who has waited longest. Each
// call makes a new list; keep it if it is needed again.
func (s *Shop) Watchers() []Watcher {
	d := newDice(s.seed, "watchers")
	var watchers []Watcher
	for i := range s.Products {
		count := leastWatchers + d.lowest(mostWatchers-leastWatchers+1, 2)
		first, step := d.below(len(s.Customers)), 1+2*d.below(20)
		for n := range count {
			at := (first + n*step) % len(s.Customers)
			channel := pick(d, s.Channels())
			watchers = append(watchers, Watcher{
				SKU:        s.Products[i].SKU,
				CustomerID: s.Customers[at].ID,
				Channel:    channel,
				Address:    watcherAddress(d, channel, at+1),
			})
		}
	}
	return watchers
}

// watcherAddress is where the nth customer wants to be reached.
func watcherAddress(d *dice, channel string, n int) string {
	if d.below(1000) < stalePerMille {
		return pick(d, staleAddresses[channel])
	}
	switch channel {
	case "mail":
		name := strings.ReplaceAll(strings.ToLower(pick(d, firstNames)), "'", "")
		return fmt.Sprintf("%s.%d@%s", name, n, pick(d, mailHosts))
	case "push":
		return fmt.Sprintf("%016x%016x", d.source.Uint64(), d.source.Uint64())
	}
	return fmt.Sprintf("https://%s/hooks/%d", pick(d, hookHosts), n)
}

var (
	mailHosts = []string{"example.org", "mail.example.com", "post.example.net"}
	hookHosts = []string{"hooks.example.org", "api.example.com", "shop.example.net"}

	// staleAddresses are what forms of earlier years let through.
	staleAddresses = map[string][]string{
		"mail":    {"none", "ada at example.org", "bruno@", "@example.org", "greta@localhost", "ivo@@example.org", "two words@example.org"},
		"push":    {"0", "unregistered", "0123456789abcdef", "0123456789abcdef0123456789abcdeg", "0123456789ABCDEF0123456789ABCDEF"},
		"webhook": {"http://hooks.example.org/1", "hooks.example.org/2", "https:///3", "ftp://hooks.example.org/4", "https://user:secret@hooks.example.org/5"},
	}
)
