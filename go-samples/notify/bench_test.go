package main

import (
	"fmt"
	"testing"
)

func BenchmarkAlert(b *testing.B) {
	for _, count := range []int{8, 32} {
		b.Run(fmt.Sprintf("watchers=%d", count), func(b *testing.B) {
			var watchers []watcher
			for i := range count {
				watchers = append(watchers, everyChannel[i%len(everyChannel)])
			}
			handler := newServer(b, watchers...)
			body := alertOf("price-drop", "today only")
			b.ReportAllocs()
			for b.Loop() {
				if recorder := ask(handler, "POST", "/alerts", body); recorder.Code != 200 {
					b.Fatalf("%d %s", recorder.Code, recorder.Body)
				}
			}
		})
	}
}
