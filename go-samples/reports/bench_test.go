package main

import (
	"fmt"
	"testing"

	"bazaar/internal/shop"
)

func BenchmarkSales(b *testing.B) {
	handler := newServer(shop.New(1))
	for _, rows := range []int{100, 400, 1600} {
		b.Run(fmt.Sprintf("rows=%d", rows), func(b *testing.B) {
			path := fmt.Sprintf("/reports/sales.csv?region=north&from=2025-02-01&rows=%d", rows)
			b.ReportAllocs()
			for b.Loop() {
				if recorder := ask(handler, path); recorder.Code != 200 {
					b.Fatalf("%d %s", recorder.Code, recorder.Body)
				}
			}
		})
	}
}

func BenchmarkSummary(b *testing.B) {
	handler := newServer(shop.New(1))
	b.ReportAllocs()
	for b.Loop() {
		if recorder := ask(handler, "/reports/summary?region=north"); recorder.Code != 200 {
			b.Fatalf("%d %s", recorder.Code, recorder.Body)
		}
	}
}
