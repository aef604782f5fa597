package main

import (
	"fmt"
	"testing"
)

func BenchmarkOrder(b *testing.B) {
	for _, items := range []int{4, 16, 64} {
		b.Run(fmt.Sprintf("items=%d", items), func(b *testing.B) {
			handler := newServer()
			list := make([]string, items)
			for i := range list {
				list[i] = item1(sku(i), 1+i%9)
			}
			body := orderOf(list...)
			b.ReportAllocs()
			for b.Loop() {
				if recorder := ask(handler, "POST", "/orders", body); recorder.Code != 200 {
					b.Fatalf("%d %s", recorder.Code, recorder.Body)
				}
			}
		})
	}
}
