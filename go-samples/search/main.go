package main

import (
	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

func main() {
	serve.Main("search", func(seed uint64) ([]serve.Route, error) {
		return routes(newIndex(shop.New(seed).Products)), nil
	})
}
