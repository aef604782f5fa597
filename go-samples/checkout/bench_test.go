package main

import (
	"fmt"
	"net/http"
	"runtime"
	"testing"
	"time"
)

func BenchmarkOrder(b *testing.B) {
	c := newCheckout(b)
	sku := c.shop.Products[0].SKU
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if i%100 == 0 {
			c.do("POST", "/stock/"+sku, fmt.Sprintf(`{"add":%d}`, 100))
		}
		if recorder := c.order(sku, 1, goodCard); recorder.Code != 201 {
			b.Fatalf("%d %s", recorder.Code, recorder.Body)
		}
	}
}

// BenchmarkOrdersAtOnce has 16 buyers and a bank that takes its time, as banks do.
func BenchmarkOrdersAtOnce(b *testing.B) {
	c := newCheckout(b)
	c.bank.wait = 2 * time.Millisecond
	sku := c.shop.Products[0].SKU
	c.do("POST", "/stock/"+sku, fmt.Sprintf(`{"add":%d}`, maxAdd))
	b.SetParallelism(max(1, 16/runtime.GOMAXPROCS(0)))
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if recorder := c.order(sku, 1, goodCard); recorder.Code != 201 {
				b.Errorf("%d %s", recorder.Code, recorder.Body)
			}
		}
	})
}

func BenchmarkStock(b *testing.B) {
	c := newCheckout(b)
	sku := c.shop.Products[0].SKU
	b.ReportAllocs()
	for b.Loop() {
		c.available(b, sku)
	}
}

// BenchmarkStatement has a bank that takes its time: look at what a statement takes, and at
// how much of that is work.
func BenchmarkStatement(b *testing.B) {
	c := newStatements(b, func(w http.ResponseWriter, _ *http.Request, order string) {
		time.Sleep(8 * time.Millisecond)
		filed(w, order, "settled")
	})
	customer, _ := c.newest(b, defaultLines)
	b.ReportAllocs()
	for b.Loop() {
		c.statement(b, customer, "")
	}
}
