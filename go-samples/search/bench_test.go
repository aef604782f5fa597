package main

import (
	"net/http/httptest"
	"net/url"
	"testing"

	"bazaar/internal/shop"
)

var queries = []string{
	"kettle", "oak desk", "non-stick pan brand:nordhem", "cotton blanket price:10..250", "sku:KT-0007",
	"water-proof jacket large families", "brand:lumora price:5..99.99", "compact steel grinder daily use",
}

func BenchmarkSearch(b *testing.B) {
	handler := newServer(shop.New(1).Products)
	requests := make([]string, len(queries))
	for i, q := range queries {
		requests[i] = "http://127.0.0.1/search?" + url.Values{"q": {q}}.Encode()
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		recorder := httptest.NewRecorder()
		handler.ServeHTTP(recorder, httptest.NewRequest("GET", requests[i%len(requests)], nil))
		if recorder.Code != 200 {
			b.Fatalf("%d %s", recorder.Code, recorder.Body)
		}
	}
}
