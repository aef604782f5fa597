package main

import (
	"slices"

	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

func main() {
	serve.Main("notify", func(seed uint64) ([]serve.Route, error) {
		s := shop.New(seed)
		return slices.Concat(newService(s).routes(), newAnnouncer(s).routes()), nil
	})
}
