package shop

import (
	"fmt"
	"strings"
)

// generateProducts fills the shelves in turn. The number in a SKU counts per
// shelf, with gaps, as numbers of a real catalogue have.
func generateProducts(d *dice, brands []string) []Product {
	products := make([]Product, 0, ProductCount)
	last := make([]int, len(shelves))
	for id := 1; id <= ProductCount; id++ {
		at := d.below(len(shelves))
		last[at] += 1 + d.below(12)
		on := shelves[at]
		thing := pick(d, on.things)
		products = append(products, Product{
			ID:          id,
			SKU:         fmt.Sprintf("%s-%04d", on.prefix, last[at]),
			Title:       productTitle(d, thing),
			Brand:       pick(d, brands),
			Category:    on.category,
			Description: productDescription(d, thing),
			PriceCents:  99 + d.lowest(199_901, 3),
			Popularity:  d.lowest(1000, 3),
		})
	}
	return products
}

func productTitle(d *dice, thing string) string {
	quality := pick(d, qualities)
	title := strings.ToUpper(quality[:1]) + quality[1:] + " " + pick(d, materials) + " " + thing
	if d.often(20) {
		title += fmt.Sprintf(` %d"`, 8+d.below(25))
	}
	if d.often(15) {
		title += fmt.Sprintf(", set of %d", 2+d.below(5))
	}
	return title
}

func productDescription(d *dice, thing string) string {
	return fmt.Sprintf("A %s %s in %s, %s. Good for %s and %s.",
		pick(d, qualities), thing, pick(d, colours), pick(d, promises), pick(d, uses), pick(d, uses))
}
