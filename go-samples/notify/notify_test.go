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

// A shop with few products, so that a test can say who watches them.
var (
	kettle = shop.Product{ID: 1, SKU: "KT-0001", Title: `Quiet steel kettle 12"`, PriceCents: 1905}

	mailTo       = watcher{customer: "C-00001", name: `"Ivo" Ada O'Neil`, channel: "mail", address: "ada.1@example.org"}
	pushTo       = watcher{customer: "C-00002", name: "Bruno Weber", channel: "push", address: "0123456789abcdef0123456789abcdef"}
	hookTo       = watcher{customer: "C-00003", name: "Silva, Hana", channel: "webhook", address: "https://hooks.example.org/3"}
	stale        = watcher{customer: "C-00004", name: "Tove Jensen", channel: "mail", address: "tove at example.org"}
	everyChannel = []watcher{mailTo, pushTo, hookTo}
)

func newServer(t testing.TB, watchers ...watcher) http.Handler {
	t.Helper()
	s := newService(shop.New(1))
	product := s.shop.Products[0]
	s.watchers = map[string][]watcher{product.SKU: watchers}
	return serve.NewHandler(s.routes())
}

// sku is the product that newServer's watchers wait for.
var sku = shop.New(1).Products[0].SKU

func ask(handler http.Handler, method, path, body string) *httptest.ResponseRecorder {
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, httptest.NewRequest(method, "http://127.0.0.1"+path, strings.NewReader(body)))
	return recorder
}

// must asks and decodes an answer with the status.
func must[T any](t *testing.T, handler http.Handler, status int, method, path, body string) (answer T) {
	t.Helper()
	recorder := ask(handler, method, path, body)
	if recorder.Code != status {
		t.Fatalf("%s %s %s: %d %s", method, path, body, recorder.Code, recorder.Body)
	}
	if err := json.Unmarshal(recorder.Body.Bytes(), &answer); err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	return answer
}

func alertOf(event, note string) string {
	return fmt.Sprintf(`{"event":%q,"sku":%q,"note":%q}`, event, sku, note)
}

func TestEveryChannelHasItsPayload(t *testing.T) {
	for _, c := range []struct {
		to          watcher
		event, note string
		want        string
	}{
		{mailTo, "back-in-stock", "", "To: ada.1@example.org\r\nSubject: Quiet steel kettle 12\" is back in stock\r\n\r\n" +
			"Dear \"Ivo\" Ada O'Neil,\r\n\r\nQuiet steel kettle 12\" is back in stock\r\n\r\nYour Bazaar\r\n"},
		{mailTo, "last-pieces", "be quick", "To: ada.1@example.org\r\nSubject: Last pieces of Quiet steel kettle 12\"\r\n\r\n" +
			"Dear \"Ivo\" Ada O'Neil,\r\n\r\nLast pieces of Quiet steel kettle 12\"\r\nbe quick\r\n\r\nYour Bazaar\r\n"},
		{pushTo, "price-drop", "<today>", `{"token":"0123456789abcdef0123456789abcdef","title":"Quiet steel kettle 12\"",` +
			`"body":"Quiet steel kettle 12\" now costs EUR 19.05 \u003ctoday\u003e"}`},
		{hookTo, "price-drop", "", "05d5235488959edb60362b8f3017933d293ce3cf2787332570efdb71fffde394\n" +
			`{"customer":"C-00003","event":"price-drop","sku":"KT-0001","priceCents":1905,"note":""}`},
	} {
		m, err := compose(&news{&alert{Event: c.event, SKU: kettle.SKU, Note: c.note}, &kettle}, &c.to)
		if err != nil || string(m.payload) != c.want {
			t.Errorf("%s %s: %v\n%s\nwant\n%s", c.to.channel, c.event, err, m.payload, c.want)
		}
	}
}

func TestAnAlertHasAMessageForEachWatcherInTheirOrder(t *testing.T) {
	var watchers []watcher
	for i := range 30 {
		w := everyChannel[i%3]
		w.customer = fmt.Sprintf("C-%05d", 900-i)
		watchers = append(watchers, w)
	}
	handler := newServer(t, watchers...)
	for range 20 {
		got := must[alertJSON](t, handler, 200, "POST", "/alerts", alertOf("price-drop", "today only"))
		if got.Event != "price-drop" || got.SKU != sku || len(got.Messages) != len(watchers) {
			t.Fatalf("%+v", got)
		}
		for i, m := range got.Messages {
			spooled := must[spooledJSON](t, handler, 200, "GET", "/messages/"+m.ID, "")
			if m.Customer != watchers[i].customer || m.Channel != watchers[i].channel || m.Bytes != len(spooled.Payload) {
				t.Fatalf("message %d: %+v, spooled %+v", i, m, spooled)
			}
			if spooled.ID != m.ID || spooled.Address != watchers[i].address || spooled.Channel != m.Channel {
				t.Fatalf("message %d: spooled %+v", i, spooled)
			}
		}
	}
}

func TestALimitTellsThoseWhoHaveWaitedLongest(t *testing.T) {
	handler := newServer(t, hookTo, pushTo, stale, mailTo)
	body := func(limit int) string { return fmt.Sprintf(`{"event":"last-pieces","sku":%q,"limit":%d}`, sku, limit) }
	got := must[alertJSON](t, handler, 200, "POST", "/alerts", body(2))
	if len(got.Messages) != 2 || got.Messages[0].Customer != hookTo.customer || got.Messages[1].Customer != pushTo.customer {
		t.Errorf("%+v", got)
	}
	must[notDeliveredJSON](t, handler, 422, "POST", "/alerts", body(3))
}

func TestAnAlertThatFailsSaysForWhom(t *testing.T) {
	handler := newServer(t, mailTo, hookTo, stale, pushTo, mailTo)
	for range 20 {
		got := must[notDeliveredJSON](t, handler, 422, "POST", "/alerts", alertOf("back-in-stock", ""))
		if got.Error.Code != "not-delivered" || got.Customer != stale.customer || got.Channel != "mail" || got.Reason != "address-refused" {
			t.Fatalf("%+v", got)
		}
	}
	handler = newServer(t, mailTo, hookTo, pushTo, mailTo)
	for range 20 {
		got := must[notDeliveredJSON](t, handler, 422, "POST", "/alerts", alertOf("back-in-stock", strings.Repeat("n", maxNote)))
		if got.Customer != pushTo.customer || got.Channel != "push" || got.Reason != "message-too-long" {
			t.Fatalf("%+v", got)
		}
	}
	handler = newServer(t, mailTo, hookTo)
	must[alertJSON](t, handler, 200, "POST", "/alerts", alertOf("back-in-stock", strings.Repeat("n", maxNote)))
}

func TestAddresses(t *testing.T) {
	for _, c := range []struct {
		channel, address string
		want             bool
	}{
		{"mail", "ada.1@example.org", true},
		{"mail", "ada@a.b", true},
		{"mail", "", false},
		{"mail", "@example.org", false},
		{"mail", "ada", false},
		{"mail", "ada@localhost", false},
		{"mail", "a da@example.org", false},
		{"mail", "ada@@example.org", false},
		{"push", strings.Repeat("0a", 16), true},
		{"push", strings.Repeat("0A", 16), false},
		{"push", strings.Repeat("0a", 15), false},
		{"push", strings.Repeat("0g", 16), false},
		{"webhook", "https://hooks.example.org/1", true},
		{"webhook", "http://hooks.example.org/1", false},
		{"webhook", "https:///1", false},
		{"webhook", "https://me@hooks.example.org/1", false},
		{"webhook", "https://hooks.example.org/%zz", false},
		{"pigeon", "ada@example.org", false},
	} {
		if got := isAddress(c.channel, c.address); got != c.want {
			t.Errorf("%s %q: %v", c.channel, c.address, got)
		}
	}
}

func TestBadRequestsAreRefused(t *testing.T) {
	handler := newServer(t, mailTo)
	with := func(fields string) string { return fmt.Sprintf(`{"event":"price-drop","sku":%q%s}`, sku, fields) }
	for _, c := range []struct {
		method, path, body string
		status             int
		code               string
	}{
		{"POST", "/alerts", ``, 400, "bad-alert"},
		{"POST", "/alerts", `[]`, 400, "bad-alert"},
		{"POST", "/alerts", `{}`, 400, "bad-alert"},
		{"POST", "/alerts", with(`,"limit":0`), 400, "bad-alert"},
		{"POST", "/alerts", with(`,"limit":51`), 400, "bad-alert"},
		{"POST", "/alerts", with(`,"limit":"5"`), 400, "bad-alert"},
		{"POST", "/alerts", with(`,"note":"` + strings.Repeat("n", maxNote+1) + `"`), 400, "bad-alert"},
		{"POST", "/alerts", with(`,"note":"two\r\nlines"`), 400, "bad-alert"},
		{"POST", "/alerts", with(`,"note":"\u00e9"`), 400, "bad-alert"},
		{"POST", "/alerts", with(`,"to":"all"`), 400, "bad-alert"},
		{"POST", "/alerts", with(``) + `{}`, 400, "bad-alert"},
		{"POST", "/alerts", with(``) + strings.Repeat(" ", maxBody), 400, "bad-alert"},
		{"POST", "/alerts", `{"event":"sale","sku":"KT-0001"}`, 400, "bad-alert"},
		{"POST", "/alerts", `{"event":"price-drop","sku":"kt-0001"}`, 400, "bad-alert"},
		{"POST", "/alerts", `{"event":"price-drop","sku":"ZZ-0001"}`, 404, "unknown-product"},
		{"GET", "/messages/1", ``, 400, "bad-message"},
		{"GET", "/messages/m-0123456789ABCDEF", ``, 400, "bad-message"},
		{"GET", "/messages/m-0123456789abcdef", ``, 404, "unknown-message"},
	} {
		recorder := ask(handler, c.method, c.path, c.body)
		if recorder.Code != c.status || !strings.Contains(recorder.Body.String(), `{"error":{"code":"`+c.code+`","message":"`) {
			t.Errorf("%s %s %.80s: %d %s", c.method, c.path, c.body, recorder.Code, recorder.Body)
		}
	}
}

func TestTheSpoolKeepsTheNewest(t *testing.T) {
	s := newSpool()
	for i := range spooled + 3 {
		s.add(&message{id: fmt.Sprintf("m-%016x", i)})
	}
	for i, want := range map[int]bool{0: false, 2: false, 3: true, spooled + 2: true, spooled + 3: false} {
		if _, found := s.find(fmt.Sprintf("m-%016x", i)); found != want {
			t.Errorf("message %d: %v", i, found)
		}
	}
}
