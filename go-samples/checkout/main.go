package main

import (
	"flag"

	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

func main() {
	url := flag.String("payments", "", "base `URL` of payments, like http://127.0.0.1:8090")
	serve.Main("checkout", func(seed uint64) ([]serve.Route, error) {
		payments, err := newPayments(*url)
		if err != nil {
			return nil, err
		}
		return newService(shop.New(seed), payments).routes(), nil
	})
}
