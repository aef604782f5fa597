package shop

import "fmt"

// Lists are what announcements go to. Their number and size don't depend on the seed.
const (
	ListCount = 200
	ListSize  = 50
)

// List is a mailing list, longest subscribed first.
type List struct {
	ID          string // "L-001"
	Subscribers []Subscriber
}

// Subscriber is a customer's device. About one of a hundred is not registered any more.
type Subscriber struct {
	CustomerID string // of a Customer; once on a list
	Token      string // 32 hexadecimal digits, unless the device is gone
}

// gonePercent of the devices are not registered any more.
const gonePercent = 1

// Lists generates all lists, by ID. Each call makes new ones; keep them if they are needed
// again.
func (s *Shop) Lists() []List {
	d := newDice(s.seed, "lists")
	lists := make([]List, ListCount)
	for i := range lists {
		lists[i] = List{ID: fmt.Sprintf("L-%03d", i+1), Subscribers: make([]Subscriber, ListSize)}
		first, step := d.below(len(s.Customers)), 1+2*d.below(20)
		for n := range lists[i].Subscribers {
			token := fmt.Sprintf("%016x%016x", d.source.Uint64(), d.source.Uint64())
			if d.often(gonePercent) {
				token = pick(d, staleAddresses["push"])
			}
			at := (first + n*step) % len(s.Customers)
			lists[i].Subscribers[n] = Subscriber{CustomerID: s.Customers[at].ID, Token: token}
		}
	}
	return lists
}
