package main

import (
	"testing"

	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

func BenchmarkCharge(b *testing.B) {
	handler := serve.NewHandler(newService(0).routes())
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		card := shop.CardNumber(i % 1000)
		if recorder := post(handler, "/charge", chargeBody("ord-1", card, 1)); recorder.Code != 200 && recorder.Code != 402 {
			b.Fatalf("%d %s", recorder.Code, recorder.Body)
		}
	}
}
