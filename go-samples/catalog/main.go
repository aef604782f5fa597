package main

import (
	"slices"

	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

func main() {
	limitMemory()
	serve.Main("catalog", func(seed uint64) ([]serve.Route, error) {
		s := shop.New(seed)
		lists := newService(loadCollections(s.Partners(), s.Feeds()))
		return slices.Concat(lists.routes(), newSheets(s.Documents()).routes()), nil
	})
}
