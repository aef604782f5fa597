package main

import (
	"fmt"
	"testing"
)

func BenchmarkList(b *testing.B) {
	handler := newServer(testShop.Partners(), testFeeds)
	for _, top := range []int{75, 300, 1000} {
		b.Run(fmt.Sprintf("top=%d", top), func(b *testing.B) {
			path := fmt.Sprintf("/collections/kitchen?top=%d", top)
			b.ReportAllocs()
			for b.Loop() {
				if recorder := ask(handler, path); recorder.Code != 200 {
					b.Fatalf("%d %s", recorder.Code, recorder.Body)
				}
			}
		})
	}
}
