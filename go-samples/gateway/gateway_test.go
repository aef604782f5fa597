package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

// testShop is shared by the tests: nothing changes it.
var testShop = shop.New(4)

func newServer() http.Handler { return serve.NewHandler(newService(testShop).routes()) }

func ask(handler http.Handler, method, path, body string) *httptest.ResponseRecorder {
	request := httptest.NewRequest(method, "http://127.0.0.1"+path, strings.NewReader(body))
	request.Header.Set("X-Tenant", "atlas")
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	return recorder
}

// must asks and decodes an answer of 200.
func must[T any](t *testing.T, handler http.Handler, method, path, body string) (answer T) {
	t.Helper()
	recorder := ask(handler, method, path, body)
	if recorder.Code != http.StatusOK {
		t.Fatalf("%s %s: %d %s", method, path, recorder.Code, recorder.Body)
	}
	if err := json.Unmarshal(recorder.Body.Bytes(), &answer); err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	return answer
}

// lastEntries reads the newest lines of the log.
func lastEntries(t *testing.T, handler http.Handler, n int) []entry {
	t.Helper()
	return must[map[string][]entry](t, handler, "GET", fmt.Sprintf("/log?last=%d", n), "")["lines"]
}

func sku(i int) string { return testShop.Products[i].SKU }

func item1(sku string, quantity int) string {
	return fmt.Sprintf(`{"sku":%q,"quantity":%d,"reference":"row %s"}`, sku, quantity, sku)
}

func cartOf(items ...string) string {
	return `{"customer":"C-00007","reference":"say \"hi\" \u00e9","items":[` + strings.Join(items, ",") + `]}`
}

func orderOf(items ...string) string {
	return `{"card":"TEST-00120018","email":"ada@example.org",` + cartOf(items...)[1:]
}

func TestItemsOfOneProductBecomeOneLine(t *testing.T) {
	got := must[priced](t, newServer(), "POST", "/carts",
		cartOf(item1(sku(3), 4), item1(sku(9), 1), item1(" "+strings.ToLower(sku(3))+" ", 6)))
	three, nine := testShop.Products[3], testShop.Products[9]
	if len(got.Lines) != 2 || got.Units != 11 || got.Reference != `say "hi" é` || got.Customer != "C-00007" {
		t.Fatalf("%+v", got)
	}
	first, second := got.Lines[0], got.Lines[1]
	if first.SKU != three.SKU || first.Quantity != 10 || first.Reference != "row "+three.SKU || first.Title != three.Title {
		t.Errorf("%+v", first)
	}
	if first.TotalCents != 10*three.PriceCents*95/100 || second.TotalCents != nine.PriceCents {
		t.Errorf("%+v %+v", first, second)
	}
}

func TestShippingIsFreeForExpensiveGoods(t *testing.T) {
	handler := newServer()
	for i := range 300 {
		got := must[priced](t, handler, "POST", "/carts", cartOf(item1(sku(i), 1)))
		want := 0
		if testShop.Products[i].PriceCents < 5000 {
			want = 490
		}
		if got.ShippingCents != want || got.TotalCents != got.GoodsCents+want {
			t.Fatalf("%+v, want shipping %d", got, want)
		}
	}
}

func TestAnOrderShowsTheEndOfItsCard(t *testing.T) {
	got := must[map[string]any](t, newServer(), "POST", "/orders", orderOf(item1(sku(1), 2)))
	if got["card"] != "TEST-****0018" || got["email"] != "ada@example.org" || got["units"] != 2.0 {
		t.Errorf("%v", got)
	}
}

func TestBadBodiesAreRefused(t *testing.T) {
	handler := newServer()
	good := item1(sku(1), 1)
	for _, c := range []struct {
		path, body string
		status     int
		code       string
	}{
		{"/carts", ``, 400, "bad-cart"},
		{"/carts", `[]`, 400, "bad-cart"},
		{"/carts", cartOf(good) + `{}`, 400, "bad-cart"},
		{"/carts", cartOf(), 400, "bad-cart"},
		{"/carts", cartOf(item1(sku(1), 0)), 400, "bad-cart"},
		{"/carts", cartOf(item1(sku(1), 100)), 400, "bad-cart"},
		{"/carts", cartOf(item1("KT-42", 1)), 400, "bad-cart"},
		{"/carts", cartOf(strings.Split(strings.Repeat(good+";", 201), ";")[:201]...), 400, "bad-cart"},
		{"/carts", cartOf(good) + strings.Repeat(" ", maxBody), 400, "bad-cart"},
		{"/carts", orderOf(good), 400, "bad-cart"},
		{"/carts", strings.Replace(cartOf(good), "C-00007", "C-7", 1), 400, "bad-cart"},
		{"/carts", strings.Replace(cartOf(good), "C-00007", "C-99999", 1), 404, "unknown-customer"},
		{"/carts", cartOf(item1("ZZ-0001", 1)), 404, "unknown-sku"},
		{"/orders", cartOf(good), 400, "bad-order"},
		{"/orders", strings.Replace(orderOf(good), "TEST-0012", "TEST-12", 1), 400, "bad-order"},
		{"/orders", strings.Replace(orderOf(good), "@", " at ", 1), 400, "bad-order"},
		{"/orders", orderOf(item1("ZZ-0001", 1)), 404, "unknown-sku"},
	} {
		recorder := ask(handler, "POST", c.path, c.body)
		if recorder.Code != c.status || !strings.Contains(recorder.Body.String(), `{"error":{"code":"`+c.code+`","message":"`) {
			t.Errorf("%s %.80s: %d %s", c.path, c.body, recorder.Code, recorder.Body)
		}
		last := lastEntries(t, handler, 1)[0]
		want := entry{Number: last.Number, Method: "POST", Path: c.path, Tenant: "atlas", Status: c.status, Code: c.code}
		if fmt.Sprint(last) != fmt.Sprint(want) {
			t.Errorf("%s %.80s: logged %+v", c.path, c.body, last)
		}
	}
}

func TestAnAcceptedRequestIsLoggedWithItsFields(t *testing.T) {
	handler := newServer()
	for _, path := range []string{"/carts", "/orders"} {
		body := cartOf(item1(sku(1), 2), item1(sku(2), 3), item1(sku(1), 4))
		if path == "/orders" {
			body = orderOf(item1(sku(1), 2), item1(sku(2), 3), item1(sku(1), 4))
		}
		answer := must[priced](t, handler, "POST", path, body)
		last := lastEntries(t, handler, 1)[0]
		want := entry{
			Number: last.Number, Method: "POST", Path: path, Tenant: "atlas", Status: 200, Customer: "C-00007",
			Reference: `say "hi" é`, Items: 3, Units: 9, TotalCents: answer.TotalCents,
		}
		if fmt.Sprint(last) != fmt.Sprint(want) {
			t.Errorf("logged %+v, want %+v", last, want)
		}
	}
}

func TestBodiesAreLoggedAtLevelDebugOnly(t *testing.T) {
	handler := newServer()
	body := orderOf(item1(sku(1), 2))
	for _, level := range []string{"info", "debug", "info"} {
		must[levelJSON](t, handler, "PUT", "/log/level", `{"level":"`+level+`"}`)
		answer := ask(handler, "POST", "/orders", body).Body.String()
		last := lastEntries(t, handler, 1)[0]
		if level == "info" {
			if last.Request != nil || last.Response != nil {
				t.Errorf("at info: %+v", last)
			}
			continue
		}
		hidden := strings.NewReplacer("TEST-00120018", "***", "TEST-****0018", "***", "ada@example.org", "***")
		mustEqualJSON(t, last.Request, hidden.Replace(body))
		mustEqualJSON(t, last.Response, hidden.Replace(answer))
	}
	must[levelJSON](t, handler, "PUT", "/log/level", `{"level":"debug"}`)
	for _, body := range []string{``, `[1]`, `null`, `{`} {
		ask(handler, "POST", "/carts", body)
		if last := lastEntries(t, handler, 1)[0]; last.Request != nil || last.Response == nil {
			t.Errorf("%q: %+v", body, last)
		}
	}
}

func mustEqualJSON(t *testing.T, got json.RawMessage, want string) {
	t.Helper()
	var a, b any
	if json.Unmarshal(got, &a) != nil || json.Unmarshal([]byte(want), &b) != nil || fmt.Sprint(a) != fmt.Sprint(b) {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestTheLogKeepsItsLastLinesInOrder(t *testing.T) {
	handler := newServer()
	if lines := lastEntries(t, handler, 5); len(lines) != 0 {
		t.Errorf("at first: %+v", lines)
	}
	for range keptLines + 10 {
		ask(handler, "POST", "/carts", `{}`)
	}
	lines := lastEntries(t, handler, keptLines)
	if len(lines) != keptLines {
		t.Fatalf("%d lines, want %d", len(lines), keptLines)
	}
	for i, line := range lines {
		if line.Number != int64(i+11) {
			t.Fatalf("line %d has number %d", i, line.Number)
		}
	}
	if lines := must[map[string][]entry](t, handler, "GET", "/log", "")["lines"]; len(lines) != defaultLines {
		t.Errorf("%d lines without last, want %d", len(lines), defaultLines)
	}
}

func TestBadQuestionsAboutTheLogAreRefused(t *testing.T) {
	handler := newServer()
	for _, last := range []string{"0", "-1", "2049", "ten", "1.5"} {
		if r := ask(handler, "GET", "/log?last="+last, ""); r.Code != 400 || !strings.Contains(r.Body.String(), `"bad-log"`) {
			t.Errorf("last=%s: %d %s", last, r.Code, r.Body)
		}
	}
	for _, body := range []string{``, `{}`, `{"level":"trace"}`, `{"level":"DEBUG"}`, `{"level":0}`, `{"level":"info","x":1}`} {
		if r := ask(handler, "PUT", "/log/level", body); r.Code != 400 || !strings.Contains(r.Body.String(), `"bad-level"`) {
			t.Errorf("level %s: %d %s", body, r.Code, r.Body)
		}
	}
}
