package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

const wait = time.Millisecond

func newServer() http.Handler { return serve.NewHandler(newService(shop.New(1), wait).routes()) }

func post(handler http.Handler, path, body string) *httptest.ResponseRecorder {
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, httptest.NewRequest("POST", "http://127.0.0.1"+path, strings.NewReader(body)))
	return recorder
}

func chargeBody(order, card string, cents int) string {
	return fmt.Sprintf(`{"order":%q,"card":%q,"amountCents":%d}`, order, card, cents)
}

func readLedger(t *testing.T, handler http.Handler) ledgerJSON {
	t.Helper()
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, httptest.NewRequest("GET", "http://127.0.0.1/ledger", nil))
	var l ledgerJSON
	if err := json.Unmarshal(recorder.Body.Bytes(), &l); err != nil {
		t.Fatal(err)
	}
	return l
}

const (
	goodCard = "TEST-00000018"
	badCard  = "TEST-00000019"
)

func TestLedgerKnowsEveryCharge(t *testing.T) {
	handler := newServer()
	for _, c := range []struct {
		body string
		want int
	}{
		{chargeBody("ord-1", goodCard, 100), 200},
		{chargeBody("ord-2", badCard, 1000), 402},
		{chargeBody("ord-3", goodCard, 20), 200},
		{chargeBody("ord-3", goodCard, 3), 200},
	} {
		if recorder := post(handler, "/charge", c.body); recorder.Code != c.want {
			t.Errorf("%s: %d %s", c.body, recorder.Code, recorder.Body)
		}
	}
	l := readLedger(t, handler)
	if l.ApprovedCount != 3 || l.ApprovedCents != 123 || l.DeclinedCount != 1 || l.InFlight != 0 || l.MaxInFlight != 1 {
		t.Errorf("%+v", l)
	}
	if len(l.Approved) != 2 || l.Approved["ord-1"] != 100 || l.Approved["ord-3"] != 23 {
		t.Errorf("approved %v", l.Approved)
	}
	if recorder := post(handler, "/ledger/reset", ""); recorder.Code != 204 {
		t.Errorf("reset: %d", recorder.Code)
	}
	if l := readLedger(t, handler); l.ApprovedCount != 0 || len(l.Approved) != 0 || l.MaxInFlight != 0 {
		t.Errorf("after reset: %+v", l)
	}
}

func TestChargesHaveTheirOwnNumbers(t *testing.T) {
	handler := newServer()
	seen := map[string]bool{}
	for i := range 20 {
		if i == 10 {
			post(handler, "/ledger/reset", "")
		}
		body := post(handler, "/charge", chargeBody("ord-1", goodCard, 1)).Body.String()
		if seen[body] {
			t.Fatalf("charge %s again", body)
		}
		seen[body] = true
	}
}

func TestChargesRunBesideEachOther(t *testing.T) {
	const buyers = 20
	s := newService(shop.New(1), time.Minute)
	ctx, hangUp := context.WithCancel(context.Background())
	var all sync.WaitGroup
	for i := range buyers {
		all.Add(1)
		go func() {
			defer all.Done()
			if _, err := s.take(ctx, charge{fmt.Sprintf("ord-%d", i), goodCard, 1}); err != context.Canceled {
				t.Errorf("charge of a caller who hung up: %v", err)
			}
		}()
	}
	for s.ledger.read().InFlight < buyers {
		runtime.Gosched()
	}
	hangUp()
	all.Wait()
	if l := s.ledger.read(); l.MaxInFlight != buyers || l.InFlight != 0 || l.ApprovedCount != 0 || l.DeclinedCount != 0 {
		t.Errorf("%+v", l)
	}
}

func TestLedgerListIsBoundedAndCountsAreNot(t *testing.T) {
	l := newLedger()
	for i := range ledgerLimit + 10 {
		l.approve(fmt.Sprintf("ord-%d", i), 2)
	}
	l.approve("ord-0", 2)
	got := l.read()
	if len(got.Approved) != ledgerLimit || got.ApprovedOmitted != 10 || got.ApprovedCount != ledgerLimit+11 ||
		got.ApprovedCents != 2*(ledgerLimit+11) || got.Approved["ord-0"] != 4 {
		t.Errorf("%d listed, %d omitted, %d counted", len(got.Approved), got.ApprovedOmitted, got.ApprovedCount)
	}
}

func TestBadChargesAreRefused(t *testing.T) {
	handler := newServer()
	for _, body := range []string{
		"", "null", "[]", `{"order":"ord-1"}`, chargeBody("", goodCard, 1), chargeBody("ORD", goodCard, 1),
		chargeBody(strings.Repeat("a", 65), goodCard, 1), chargeBody("ord-1", "4111111111111111", 1),
		chargeBody("ord-1", goodCard, 0), chargeBody("ord-1", goodCard, -5), chargeBody("ord-1", goodCard, 100_000_001),
		`{"order":"ord-1","card":"` + goodCard + `","amountCents":1.5}`,
		`{"order":"ord-1","card":"` + goodCard + `","amountCents":1,"tip":1}`,
		chargeBody("ord-1", goodCard, 1) + strings.Repeat(" ", 2000) + "x",
	} {
		recorder := post(handler, "/charge", body)
		if recorder.Code != 400 || !strings.Contains(recorder.Body.String(), `"code":"bad-charge"`) {
			t.Errorf("%.80q: %d %s", body, recorder.Code, recorder.Body)
		}
	}
	if l := readLedger(t, handler); l.MaxInFlight != 0 || l.ApprovedCount != 0 {
		t.Errorf("refused charges reached the bank: %+v", l)
	}
}

func lookup(handler http.Handler, order string) *httptest.ResponseRecorder {
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, httptest.NewRequest("GET", "http://127.0.0.1/charges/"+order, nil))
	return recorder
}

func TestArchiveSaysWhatIsOnFileNow(t *testing.T) {
	handler, s := newServer(), shop.New(1)
	seen := map[string]int{}
	for _, order := range s.Orders()[:600] {
		filed, known := s.Settlement(order.ID)
		recorder := lookup(handler, order.ID)
		var e entry
		switch {
		case !known:
			seen["unknown"]++
			if recorder.Code != 404 || !strings.Contains(recorder.Body.String(), `"code":"unknown-charge"`) {
				t.Errorf("%s: %d %s", order.ID, recorder.Code, recorder.Body)
			}
			continue
		case json.Unmarshal(recorder.Body.Bytes(), &e) != nil || recorder.Code != 200:
			t.Fatalf("%s: %d %s", order.ID, recorder.Code, recorder.Body)
		}
		seen[e.State]++
		if e.Charge != filed.Charge || e.Card != filed.Card || filed.Disputed != (e.State == stateDisputed) {
			t.Errorf("%s: %+v, on file is %+v", order.ID, e, filed)
		}
	}
	if l := readLedger(t, handler); l.LookupCount != 600 || l.MaxInFlight != 1 || l.InFlight != 0 || l.ApprovedCount != 0 {
		t.Errorf("%+v", l)
	}
	if seen["unknown"] == 0 || seen[stateDisputed] == 0 || seen[stateRefunded] != 0 || seen[stateSettled] < 550 {
		t.Errorf("%v", seen)
	}
}

func TestRefundIsSeenUntilTheLedgerIsReset(t *testing.T) {
	handler, s := newServer(), shop.New(1)
	n := 0
	for _, order := range s.Orders()[:600] {
		filed, known := s.Settlement(order.ID)
		want, state := 204, stateRefunded
		switch {
		case !known:
			want = 404
		case filed.Disputed:
			want, state = 409, stateDisputed
		case n == 2:
			continue
		default:
			n++
		}
		if recorder := post(handler, "/charges/"+order.ID+"/refund", ""); recorder.Code != want {
			t.Errorf("refund of %s: %d %s", order.ID, recorder.Code, recorder.Body)
		}
		if body := lookup(handler, order.ID).Body.String(); known && !strings.Contains(body, `"state":"`+state+`"`) {
			t.Errorf("%s after the refund: %s, want %s", order.ID, body, state)
		}
		if want == 204 && n == 1 {
			post(handler, "/ledger/reset", "")
			if body := lookup(handler, order.ID).Body.String(); !strings.Contains(body, `"state":"settled"`) {
				t.Errorf("%s after the reset: %s", order.ID, body)
			}
		}
	}
}
