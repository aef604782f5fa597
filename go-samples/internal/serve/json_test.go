package serve

import (
	"net/http/httptest"
	"strings"
	"testing"
)

func TestReadJSONTakesOneKnownValue(t *testing.T) {
	for body, good := range map[string]bool{
		`{"n":1}`:           true,
		" {\"n\":1}\n":      true,
		`{"n":1}{"n":2}`:    false,
		`{"n":1} trailing`:  false,
		`{"n":1,"extra":2}`: false,
		`{"n":"1"}`:         false,
		`{"n":1`:            false,
		``:                  false,
		`{"n":` + strings.Repeat(" ", 200) + `1}`: false,
	} {
		var v struct{ N int }
		request := httptest.NewRequest("POST", "/", strings.NewReader(body))
		err := ReadJSON(httptest.NewRecorder(), request, 100, &v)
		if (err == nil) != good {
			t.Errorf("%q: %v", body, err)
		}
	}
}
