package main

import (
	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

func main() {
	serve.Main("reports", func(seed uint64) ([]serve.Route, error) {
		return newService(loadHistory(shop.New(seed))).routes(), nil
	})
}
