package main

import (
	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

func main() {
	serve.Main("reports", func(seed uint64) ([]serve.Route, error) {
		s := shop.New(seed)
		return append(newService(loadHistory(s)).routes(), newBookkeeping(s).routes()...), nil
	})
}
