package serve

import (
	"net/http"
	"testing"
)

func TestWhatIsPublishedCanBeRead(t *testing.T) {
	calls := 0
	Publish("calls", func() any { calls++; return map[string]int{"made": calls} })
	url := startServer(t).URL + "/debug/flamelab/vars/"
	get(t, url+"calls")
	if status, body := get(t, url+"calls"); status != http.StatusOK || body != "{\"made\":2}\n" {
		t.Errorf("%d %s", status, body)
	}
	if status, _ := get(t, url+"others"); status != http.StatusNotFound {
		t.Errorf("a name that nobody published: %d", status)
	}
	defer func() {
		if recover() == nil {
			t.Error("a name was published twice")
		}
	}()
	Publish("calls", func() any { return nil })
}
