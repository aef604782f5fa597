package main

import (
	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

func main() {
	serve.Main("gateway", func(seed uint64) ([]serve.Route, error) {
		s := shop.New(seed)
		routes := append(newService(s).routes(), newLobby(s).routes()...)
		return append(routes, newExports(s).routes()...), nil
	})
}
