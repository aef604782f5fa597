package event

import (
	"bytes"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

func TestTextsAreCutBetweenCharactersWithinTheLimit(t *testing.T) {
	for limit := 3; limit < 30; limit++ {
		text := strings.Repeat("aé€", 10)
		cut := Trim(text, limit)
		if len(cut) > limit || !utf8.ValidString(cut) || !strings.HasSuffix(cut, "…") {
			t.Errorf("cut to %d: %q", limit, cut)
		}
	}
	if got := Trim("short", 5); got != "short" {
		t.Errorf("a text that fits became %q", got)
	}
}

func TestEventsOfManyGoroutinesAreWholeLines(t *testing.T) {
	var out bytes.Buffer
	writer := NewWriter(&out)
	var writing sync.WaitGroup
	for range 8 {
		writing.Add(1)
		go func() {
			defer writing.Done()
			for range 50 {
				writer.Write(Progress{Event: "progress", Requests: 7})
			}
		}()
	}
	writing.Wait()
	if want := strings.Repeat(`{"event":"progress","requests":7}`+"\n", 400); out.String() != want {
		t.Error("lines are torn")
	}
}
