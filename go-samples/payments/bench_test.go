package main

import (
	"testing"

	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

func BenchmarkCharge(b *testing.B) {
	handler := serve.NewHandler(newService(shop.New(1), 0).routes())
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		card := shop.CardNumber(i % 1000)
		if recorder := post(handler, "/charge", chargeBody("ord-1", card, 1)); recorder.Code != 200 && recorder.Code != 402 {
			b.Fatalf("%d %s", recorder.Code, recorder.Body)
		}
	}
}

func BenchmarkLookup(b *testing.B) {
	handler := serve.NewHandler(newService(shop.New(1), 0).routes())
	b.ReportAllocs()
	for b.Loop() {
		if recorder := lookup(handler, "B000002"); recorder.Code != 200 {
			b.Fatalf("%d %s", recorder.Code, recorder.Body)
		}
	}
}
