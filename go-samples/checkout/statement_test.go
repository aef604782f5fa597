package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

// newStatements is a checkout whose bank answers look-ups with archive.
func newStatements(t testing.TB, archive func(w http.ResponseWriter, r *http.Request, order string)) *checkout {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		order, ok := strings.CutPrefix(r.URL.Path, "/charges/")
		if !ok || r.Method != http.MethodGet {
			serve.WriteError(w, 400, "bad-charge", "")
			return
		}
		archive(w, r, order)
	}))
	p, err := newPayments(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.client.CloseIdleConnections(); server.Close() })
	s := testShop()
	return &checkout{Handler: serve.NewHandler(newService(s, p).routes()), shop: s}
}

// filed answers as if every order had been charged to card 0042.
func filed(w http.ResponseWriter, order, state string) {
	serve.WriteJSON(w, 200, charged{Charge: "ch-" + order, Card: "0042", State: state})
}

// history is the sales history of the shop of these tests.
var history = sync.OnceValue(func() []shop.Order { return testShop().Orders() })

// newest has a customer with n orders or more, and their orders, newest first.
func (c *checkout) newest(t testing.TB, n int) (string, []shop.Order) {
	t.Helper()
	byCustomer := map[string][]shop.Order{}
	for _, o := range slices.Backward(history()) {
		byCustomer[o.CustomerID] = append(byCustomer[o.CustomerID], o)
	}
	for _, customer := range c.shop.Customers {
		if list := byCustomer[customer.ID]; len(list) >= n {
			return customer.ID, list
		}
	}
	t.Fatalf("no customer has %d orders", n)
	return "", nil
}

func (c *checkout) statement(t testing.TB, customer, query string) statement {
	t.Helper()
	recorder := c.do("GET", "/customers/"+customer+"/statement"+query, "")
	var got statement
	if err := json.Unmarshal(recorder.Body.Bytes(), &got); err != nil || recorder.Code != 200 {
		t.Fatalf("%d %s", recorder.Code, recorder.Body)
	}
	return got
}

func TestStatementHasTheNewestOrdersInOrder(t *testing.T) {
	c := newStatements(t, func(w http.ResponseWriter, _ *http.Request, order string) { filed(w, order, "settled") })
	customer, orders := c.newest(t, maxLines)
	for query, lines := range map[string]int{"": 10, "?last=1": 1, "?last=7": 7, "?last=40": 40} {
		got, cents := c.statement(t, customer, query), 0
		for i, line := range got.Lines {
			o := orders[i]
			want := statementLine{o.ID, o.Date, o.Quantity * o.PriceCents, "ch-" + o.ID, "0042", "settled", line.Code}
			if line != want || len(line.Code) != 8 {
				t.Errorf("line %d of %s is %+v, want %+v", i, query, line, want)
			}
			cents += want.AmountCents
		}
		if len(got.Lines) != lines || got.SettledCents != cents || got.Customer != customer {
			t.Errorf("%s: %d lines, %d cents of %s, want %d, %d of %s", query, len(got.Lines), got.SettledCents, got.Customer, lines, cents, customer)
		}
	}
}

func TestRefundIsOnTheNextStatement(t *testing.T) {
	var mu sync.Mutex
	refunded := ""
	c := newStatements(t, func(w http.ResponseWriter, _ *http.Request, order string) {
		mu.Lock()
		defer mu.Unlock()
		if order == refunded {
			filed(w, order, "refunded")
			return
		}
		filed(w, order, "settled")
	})
	customer, orders := c.newest(t, 3)
	before := c.statement(t, customer, "?last=3")
	mu.Lock()
	refunded = orders[1].ID
	mu.Unlock()
	after := c.statement(t, customer, "?last=3")
	if line := after.Lines[1]; line.State != "refunded" || line.Code == before.Lines[1].Code {
		t.Errorf("%+v after the refund, %+v before", line, before.Lines[1])
	}
	if after.SettledCents != before.SettledCents-after.Lines[1].AmountCents || after.Lines[0] != before.Lines[0] || after.Lines[2] != before.Lines[2] {
		t.Errorf("%+v after the refund, %+v before", after, before)
	}
}

// The newer order's answer comes later than the older one's, if both are asked for at once.
func TestNewestContestedOrderDecidesWhateverCameFirst(t *testing.T) {
	contested := func(w http.ResponseWriter, code string) {
		switch code {
		case "disputed":
			serve.WriteJSON(w, 200, charged{Charge: "ch-1", Card: "0042", State: "disputed"})
		case "no-charge":
			serve.WriteError(w, 404, "unknown-charge", "")
		default:
			serve.WriteError(w, 500, "internal", "")
		}
	}
	var codes atomic.Pointer[[2]string]
	var newer, older string
	c := newStatements(t, func(w http.ResponseWriter, r *http.Request, order string) {
		switch order {
		case newer:
			select {
			case <-time.After(30 * time.Millisecond):
			case <-r.Context().Done():
			}
			contested(w, codes.Load()[0])
		case older:
			contested(w, codes.Load()[1])
		default:
			filed(w, order, "settled")
		}
	})
	customer, orders := c.newest(t, 10)
	newer, older = orders[1].ID, orders[2].ID
	for _, now := range [][2]string{
		{"disputed", "no-charge"}, {"no-charge", "disputed"}, {"payment-failed", "disputed"}, {"no-charge", "payment-failed"},
	} {
		codes.Store(&now)
		status := 409
		if now[0] == "payment-failed" {
			status = 502
		}
		expect(t, c.do("GET", "/customers/"+customer+"/statement", ""), status, now[0])
	}
}

func TestLookUpsEndWhenNobodyWaitsForTheStatement(t *testing.T) {
	asked, ended := make(chan struct{}, maxLines), make(chan struct{}, maxLines)
	c := newStatements(t, func(_ http.ResponseWriter, r *http.Request, _ string) {
		asked <- struct{}{}
		<-r.Context().Done()
		ended <- struct{}{}
	})
	customer, _ := c.newest(t, 10)
	ctx, hangUp := context.WithCancel(context.Background())
	returned := make(chan struct{})
	go func() {
		defer close(returned)
		request := httptest.NewRequest("GET", "http://127.0.0.1/customers/"+customer+"/statement", nil)
		c.ServeHTTP(httptest.NewRecorder(), request.WithContext(ctx))
	}()
	<-asked
	hangUp()
	<-returned
	<-ended
}

func TestBadStatementsAreRefused(t *testing.T) {
	c := newStatements(t, func(w http.ResponseWriter, _ *http.Request, _ string) { w.WriteHeader(500) })
	customer, _ := c.newest(t, 1)
	for _, last := range []string{"0", "-1", "41", "x", "", "1.5", "5&last=5", "99999999999999999999"} {
		expect(t, c.do("GET", fmt.Sprintf("/customers/%s/statement?last=%s", customer, last), ""), 400, "bad-last")
		expect(t, c.do("GET", "/customers/nobody/statement?last="+last, ""), 400, "bad-last")
	}
	for _, unknown := range []string{"C-99999", "c-00001", "C-1", "nobody"} {
		expect(t, c.do("GET", "/customers/"+unknown+"/statement", ""), 404, "unknown-customer")
	}
	expect(t, c.do("GET", "/customers/"+customer+"/statement", ""), 502, "payment-failed")
}
