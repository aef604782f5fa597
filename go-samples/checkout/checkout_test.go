package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

const (
	goodCard = "TEST-00000018"
	badCard  = "TEST-00000019"
	customer = "C-00001"
)

// bank is payments as far as checkout sees it.
type bank struct {
	wait time.Duration // before every answer

	mu      sync.Mutex
	charged map[string]int // order → cents
	broken  bool           // answers 500 to everything
}

func (b *bank) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	time.Sleep(b.wait)
	b.mu.Lock()
	defer b.mu.Unlock()
	var c charge
	switch err := serve.ReadJSON(w, r, 1000, &c); {
	case err != nil || r.URL.Path != "/charge" || b.charged[c.Order] != 0:
		serve.WriteError(w, 400, "bad-charge", "")
	case b.broken:
		serve.WriteError(w, 500, "internal", "")
	case shop.IsDeclined(c.Card):
		serve.WriteError(w, 402, "declined", "")
	default:
		b.charged[c.Order] = c.AmountCents
		serve.WriteJSON(w, 200, map[string]string{"charge": "ch-" + c.Order})
	}
}

// testShop is the shop of all tests. Nobody changes it, and it takes a while to make.
var testShop = sync.OnceValue(func() *shop.Shop { return shop.New(2) })

// checkout is a running checkout with its bank.
type checkout struct {
	http.Handler
	shop *shop.Shop
	bank *bank
}

func newCheckout(t testing.TB) *checkout {
	t.Helper()
	b := &bank{charged: map[string]int{}}
	server := httptest.NewServer(b)
	p, err := newPayments(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.client.CloseIdleConnections(); server.Close() })
	s := testShop()
	return &checkout{serve.NewHandler(newService(s, p).routes()), s, b}
}

func (c *checkout) do(method, path, body string) *httptest.ResponseRecorder {
	recorder := httptest.NewRecorder()
	c.ServeHTTP(recorder, httptest.NewRequest(method, "http://127.0.0.1"+path, strings.NewReader(body)))
	return recorder
}

func (c *checkout) order(sku string, quantity int, card string) *httptest.ResponseRecorder {
	return c.do("POST", "/orders", orderBody(sku, quantity, card))
}

func orderBody(sku string, quantity int, card string) string {
	return fmt.Sprintf(`{"sku":%q,"quantity":%d,"card":%q,"customer":%q}`, sku, quantity, card, customer)
}

func (c *checkout) available(t testing.TB, sku string) int {
	t.Helper()
	recorder := c.do("GET", "/stock/"+sku, "")
	var stock stockJSON
	if err := json.Unmarshal(recorder.Body.Bytes(), &stock); err != nil || recorder.Code != 200 || stock.SKU != sku {
		t.Fatalf("stock of %s: %d %s", sku, recorder.Code, recorder.Body)
	}
	return stock.Available
}

func expect(t *testing.T, recorder *httptest.ResponseRecorder, status int, code string) {
	t.Helper()
	if recorder.Code != status || !strings.Contains(recorder.Body.String(), `"error":{"code":"`+code+`"`) {
		t.Errorf("%d %s, want %d %s", recorder.Code, recorder.Body, status, code)
	}
}

func TestOrderIsChargedAndTakenFromStock(t *testing.T) {
	c := newCheckout(t)
	product := c.shop.Products[0]
	before := c.available(t, product.SKU)
	recorder := c.order(product.SKU, 3, goodCard)
	var got receipt
	if err := json.Unmarshal(recorder.Body.Bytes(), &got); err != nil || recorder.Code != 201 {
		t.Fatalf("%d %s", recorder.Code, recorder.Body)
	}
	if got.SKU != product.SKU || got.Quantity != 3 || got.AmountCents != 3*product.PriceCents {
		t.Errorf("%+v for 3 of %+v", got, product)
	}
	if len(c.bank.charged) != 1 || c.bank.charged[got.Order] != got.AmountCents {
		t.Errorf("charged %v for %+v", c.bank.charged, got)
	}
	if after := c.available(t, product.SKU); before != c.shop.InitialStock()[product.SKU] || after != before-3 {
		t.Errorf("stock %d → %d", before, after)
	}
}

func TestOrderThatFailsChangesNothing(t *testing.T) {
	c := newCheckout(t)
	sku := c.shop.Products[0].SKU
	before := c.available(t, sku)
	expect(t, c.order(sku, 3, badCard), 402, "declined")
	c.bank.broken = true
	expect(t, c.order(sku, 3, goodCard), 502, "payment-failed")
	if after := c.available(t, sku); after != before || len(c.bank.charged) != 0 {
		t.Errorf("stock %d → %d, charged %v", before, after, c.bank.charged)
	}
}

func TestStockRunsOutAndIsRefilled(t *testing.T) {
	c := newCheckout(t)
	sku := c.shop.Products[19].SKU // one of those with few pieces
	for left := c.available(t, sku); left > 0; left-- {
		expect(t, c.order(sku, left+1, goodCard), 409, "out-of-stock")
		if recorder := c.order(sku, 1, goodCard); recorder.Code != 201 {
			t.Fatalf("%d left: %d %s", left, recorder.Code, recorder.Body)
		}
	}
	expect(t, c.order(sku, 1, goodCard), 409, "out-of-stock")
	expect(t, c.order(sku, 1, badCard), 409, "out-of-stock")
	recorder := c.do("POST", "/stock/"+sku, `{"add":7}`)
	if want := fmt.Sprintf(`{"sku":%q,"available":7}`, sku); strings.TrimSpace(recorder.Body.String()) != want {
		t.Errorf("%d %s, want %s", recorder.Code, recorder.Body, want)
	}
	if recorder := c.order(sku, 7, goodCard); recorder.Code != 201 {
		t.Errorf("%d %s", recorder.Code, recorder.Body)
	}
}

func TestNoMoreIsSoldThanThereIs(t *testing.T) {
	const pieces, buyers, tries = 50, 8, 16
	c := newCheckout(t)
	sku := c.shop.Products[19].SKU
	few := c.available(t, sku)
	c.do("POST", "/stock/"+sku, fmt.Sprintf(`{"add":%d}`, pieces-few))
	var mu sync.Mutex
	answers := map[int]int{}
	var all sync.WaitGroup
	for buyer := range buyers {
		all.Add(1)
		go func() {
			defer all.Done()
			for try := range tries {
				card := goodCard
				if (buyer+try)%4 == 0 {
					card = badCard
				}
				code := c.order(sku, 1, card).Code
				mu.Lock()
				answers[code]++
				mu.Unlock()
			}
		}()
	}
	all.Wait()
	if answers[201] != pieces || answers[201]+answers[402]+answers[409] != buyers*tries {
		t.Errorf("%d pieces, answers %v", pieces, answers)
	}
	if left := c.available(t, sku); left != 0 || len(c.bank.charged) != pieces {
		t.Errorf("%d left, %d charged", left, len(c.bank.charged))
	}
}

func TestBadOrdersAreRefused(t *testing.T) {
	c := newCheckout(t)
	sku := c.shop.Products[0].SKU
	for _, body := range []string{
		"", "null", "[]", "{", orderBody(sku, 0, goodCard), orderBody(sku, 21, goodCard), orderBody(sku, -1, goodCard),
		orderBody("", 1, goodCard), orderBody("kt-0001", 1, goodCard), orderBody("KT-00011", 1, goodCard), orderBody("KTX0001", 1, goodCard),
		orderBody(sku, 1, "4111111111111111"), orderBody(sku, 1, ""), strings.Replace(orderBody(sku, 1, goodCard), customer, "C-99999", 1),
		strings.Replace(orderBody(sku, 1, goodCard), "}", `,"discount":100}`, 1), orderBody(sku, 1, goodCard) + "{}",
		strings.Replace(orderBody(sku, 1, goodCard), ":1,", ":1.5,", 1), strings.Repeat(" ", 2000) + orderBody(sku, 1, goodCard),
	} {
		expect(t, c.do("POST", "/orders", body), 400, "bad-order")
	}
	expect(t, c.order("ZZ-9999", 1, goodCard), 404, "unknown-sku")
	for _, body := range []string{"", "{}", `{"add":0}`, `{"add":-3}`, `{"add":1000001}`, `{"add":"1"}`, `{"remove":1}`} {
		expect(t, c.do("POST", "/stock/"+sku, body), 400, "bad-stock")
	}
	expect(t, c.do("GET", "/stock/ZZ-9999", ""), 404, "unknown-sku")
	expect(t, c.do("POST", "/stock/ZZ-9999", `{"add":1}`), 404, "unknown-sku")
	if left := c.available(t, sku); left != c.shop.InitialStock()[sku] || len(c.bank.charged) != 0 {
		t.Errorf("stock %d, charged %v", left, c.bank.charged)
	}
}

func TestShelfIsBounded(t *testing.T) {
	c := newCheckout(t)
	sku := c.shop.Products[0].SKU
	for range maxPieces/maxAdd - 1 {
		if recorder := c.do("POST", "/stock/"+sku, fmt.Sprintf(`{"add":%d}`, maxAdd)); recorder.Code != 200 {
			t.Fatalf("%d %s", recorder.Code, recorder.Body)
		}
	}
	expect(t, c.do("POST", "/stock/"+sku, fmt.Sprintf(`{"add":%d}`, maxAdd)), 400, "bad-stock")
}

func TestPaymentsAddressIsChecked(t *testing.T) {
	for _, base := range []string{"", "127.0.0.1:80", "https://127.0.0.1", "http://", "http://[::1"} {
		if _, err := newPayments(base); err == nil {
			t.Errorf("%q was taken", base)
		}
	}
}
