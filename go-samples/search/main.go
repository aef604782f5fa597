package main

import (
	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

func main() {
	serve.Main("search", func(seed uint64) ([]serve.Route, error) {
		return newService(shop.New(seed).Products).routes(), nil
	})
}
