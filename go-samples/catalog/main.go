package main

import (
	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

func main() {
	serve.Main("catalog", func(seed uint64) ([]serve.Route, error) {
		s := shop.New(seed)
		return newService(loadCollections(s.Partners(), s.Feeds())).routes(), nil
	})
}
