// Package shop is the data of Bazaar: what it sells, to whom, and what was ordered.
//
// Everything follows from one seed, so two processes with the same seed see
// byte for byte the same shop. That is how the services and the reference models
// that check their answers agree without talking to each other.
//
//	s := shop.New(1)
//	p := s.Products[0]              // ID 1; Products[i].ID == i+1
//	stock := s.InitialStock()       // a fresh map, SKU → pieces
//	orders := s.Orders()            // 48,000 orders, oldest first
//	feeds := s.Feeds()              // what partners offer, by partner and category
//
// The package knows nothing about HTTP, search or stock keeping. All texts are ASCII.
package shop

// Sizes of the shop. They don't depend on the seed.
const (
	ProductCount  = 3000
	CustomerCount = 2000
	OrderCount    = 48000
)

// Region is a sales region. The list is the same for every seed.
type Region struct {
	Code string // as in requests, e.g. "north"
	Name string
}

// Product is one article of the catalogue.
type Product struct {
	ID          int    // 1..ProductCount, dense
	SKU         string // two capital letters, a dash, four digits: "KT-0042"; unique
	Title       string // e.g. `Foldable oak desk 12", set of 2`
	Brand       string // one word without a dash, capitalised: "Nordhem"
	Category    string // one lower-case word: "kitchen"
	Description string
	PriceCents  int // 99..199,999
	Popularity  int // 0..999, most products near 0
}

// Customer is someone who may order.
type Customer struct {
	ID     string // "C-00001"
	Name   string // may hold commas, quotes and apostrophes
	Region string // a Region's Code
}

// Shop is the generated data. Read only: it is shared by concurrent requests.
type Shop struct {
	Regions   []Region
	Brands    []string
	Products  []Product  // by ID
	Customers []Customer // by ID

	seed      uint64
	bySKU     map[string]int // index into Products
	customers map[string]int // index into Customers
}

// New generates the shop of a seed.
func New(seed uint64) *Shop {
	s := &Shop{
		Regions:   regions(),
		Brands:    brands(),
		seed:      seed,
		bySKU:     make(map[string]int, ProductCount),
		customers: make(map[string]int, CustomerCount),
	}
	s.Products = generateProducts(newDice(seed, "products"), s.Brands)
	s.Customers = generateCustomers(newDice(seed, "customers"), s.Regions)
	for i, p := range s.Products {
		s.bySKU[p.SKU] = i
	}
	for i, c := range s.Customers {
		s.customers[c.ID] = i
	}
	return s
}

// Product finds a product by its SKU, which is case-sensitive.
func (s *Shop) Product(sku string) (Product, bool) {
	i, ok := s.bySKU[sku]
	if !ok {
		return Product{}, false
	}
	return s.Products[i], true
}

// Customer finds a customer by ID.
func (s *Shop) Customer(id string) (Customer, bool) {
	i, ok := s.customers[id]
	if !ok {
		return Customer{}, false
	}
	return s.Customers[i], true
}

// HasRegion says whether code is a region's code.
func (s *Shop) HasRegion(code string) bool {
	for _, r := range s.Regions {
		if r.Code == code {
			return true
		}
	}
	return false
}

// InitialStock is what lies in the warehouse when checkout starts: SKU → pieces,
// for every product. Most have 200 to 600 pieces, every twentieth only 1 to 12.
// The map is the caller's own.
func (s *Shop) InitialStock() map[string]int {
	d := newDice(s.seed, "stock")
	stock := make(map[string]int, len(s.Products))
	for i, p := range s.Products {
		pieces := 200 + d.below(401)
		if i%20 == 19 {
			pieces = 1 + d.below(12)
		}
		stock[p.SKU] = pieces
	}
	return stock
}
