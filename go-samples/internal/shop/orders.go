package shop

import (
	"fmt"
	"strings"
	"time"
)

// Orders span the days FirstDay to LastDay, both included.
const (
	FirstDay = "2025-01-01"
	LastDay  = "2025-12-31"
	dayCount = 365
)

// Order is one line of the sales history.
type Order struct {
	ID         string // "B000001", ascending with time
	Date       string // "2025-03-09"; sorts as text
	Region     string // the customer's region
	CustomerID string
	ProductID  int
	Quantity   int // 1..9
	PriceCents int // for one piece, at the time of the order
	Note       string
}

// Orders generates the sales history: OrderCount orders, by date and then by ID.
// Each call makes a new list; keep it if it is needed again.
func (s *Shop) Orders() []Order {
	d := newDice(s.seed, "orders")
	first, err := time.Parse(time.DateOnly, FirstDay)
	if err != nil {
		panic(err) // FirstDay is a constant
	}
	orders := make([]Order, 0, OrderCount)
	for i := range OrderCount {
		customer := s.Customers[d.lowest(len(s.Customers), 2)]
		product := s.Products[d.lowest(len(s.Products), 2)]
		orders = append(orders, Order{
			ID:         fmt.Sprintf("B%06d", i+1),
			Date:       first.AddDate(0, 0, i*dayCount/OrderCount).Format(time.DateOnly),
			Region:     customer.Region,
			CustomerID: customer.ID,
			ProductID:  product.ID,
			Quantity:   1 + d.lowest(9, 2),
			PriceCents: product.PriceCents * (85 + d.below(31)) / 100,
			Note:       orderNote(d),
		})
	}
	return orders
}

func orderNote(d *dice) string {
	parts := make([]string, d.below(4))
	for i := range parts {
		parts[i] = pick(d, noteParts)
	}
	return strings.Join(parts, "; ")
}

func generateCustomers(d *dice, regions []Region) []Customer {
	customers := make([]Customer, 0, CustomerCount)
	for i := range CustomerCount {
		name := pick(d, firstNames) + " " + pick(d, lastNames)
		if d.often(10) {
			name = pick(d, lastNames) + ", " + pick(d, firstNames)
		}
		if d.often(5) {
			name = `"` + pick(d, firstNames) + `" ` + name
		}
		customers = append(customers, Customer{
			ID:     fmt.Sprintf("C-%05d", i+1),
			Name:   name,
			Region: pick(d, regions).Code,
		})
	}
	return customers
}
