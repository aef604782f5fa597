package main

import (
	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

func main() {
	serve.Main("notify", func(seed uint64) ([]serve.Route, error) {
		return newService(shop.New(seed)).routes(), nil
	})
}
