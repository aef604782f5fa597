package main

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"

	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

// The tests share a shop and its orders, which take a while to generate.
var (
	testShop   = shop.New(4)
	testOrders = testShop.Orders()
)

// The tests only read: they share a server, too.
var testServer = sync.OnceValue(func() http.Handler { return newServer(testShop) })

func newServer(s *shop.Shop) http.Handler {
	return serve.NewHandler(newService(loadHistory(s)).routes())
}

func ask(handler http.Handler, path string) *httptest.ResponseRecorder {
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, httptest.NewRequest("GET", "http://127.0.0.1"+path, nil))
	return recorder
}

// wantCSV is the report as encoding/csv writes it.
func wantCSV(t *testing.T, region, from string, rows int) string {
	t.Helper()
	var out strings.Builder
	writer := csv.NewWriter(&out)
	records := [][]string{{"order", "date", "customer", "product", "quantity", "priceCents", "note"}}
	for _, o := range testOrders {
		if o.Region != region || o.Date < from || len(records) > rows {
			continue
		}
		customer, _ := testShop.Customer(o.CustomerID)
		records = append(records, []string{
			o.ID, o.Date, customer.Name, testShop.Products[o.ProductID-1].Title,
			strconv.Itoa(o.Quantity), strconv.Itoa(o.PriceCents), o.Note,
		})
	}
	if err := writer.WriteAll(records); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestReportIsWhatEncodingCSVWrites(t *testing.T) {
	handler := testServer()
	for _, c := range []struct {
		query, region, from string
		rows                int
	}{
		{"region=north&from=2025-03-09&rows=500", "north", "2025-03-09", 500},
		{"region=alps", "alps", "2025-01-01", 100},
		{"region=coast&rows=5000", "coast", "2025-01-01", 5000},
		{"region=west&from=2025-12-30&rows=5000", "west", "2025-12-30", 5000},
		{"region=east&from=2020-01-01&rows=1", "east", "2020-01-01", 1},
		{"region=south&from=2026-01-01", "south", "2026-01-01", 100},
	} {
		recorder := ask(handler, "/reports/sales.csv?"+c.query)
		if recorder.Code != 200 || recorder.Header().Get("Content-Type") != "text/csv; charset=utf-8" {
			t.Fatalf("%s: %d %v", c.query, recorder.Code, recorder.Header())
		}
		if want := wantCSV(t, c.region, c.from, c.rows); recorder.Body.String() != want {
			t.Errorf("%s: %d bytes, want %d", c.query, recorder.Body.Len(), len(want))
		}
	}
}

func TestFieldsAreQuotedWhenNeeded(t *testing.T) {
	for field, want := range map[string]string{
		"":           "",
		"plain text": "plain text",
		"O'Neil":     "O'Neil",
		"a,b":        `"a,b"`,
		`12" wide`:   `"12"" wide"`,
		`"`:          `""""`,
		"two\nlines": "\"two\nlines\"",
		" leading":   `" leading"`,
		"trailing ":  "trailing ",
		"semi;colon": "semi;colon",
	} {
		h := &history{names: map[string]string{"north": "North"}, sales: map[string][]sale{"north": {{
			order: "B1", date: "2025-01-02", customer: field, product: &shop.Product{Title: field}, quantity: 3, priceCents: 4, note: field,
		}}}}
		recorder := ask(serve.NewHandler(newService(h).routes()), "/reports/sales.csv?region=north")
		row := "B1,2025-01-02," + want + "," + want + ",3,4," + want + "\n"
		if _, got, _ := strings.Cut(recorder.Body.String(), "\n"); got != row {
			t.Errorf("%q: row %q, want %q", field, got, row)
		}
	}
}

func TestSummaryAddsUp(t *testing.T) {
	handler := testServer()
	for _, region := range testShop.Regions {
		var got summaryJSON
		recorder := ask(handler, "/reports/summary?region="+region.Code)
		if err := json.Unmarshal(recorder.Body.Bytes(), &got); err != nil || recorder.Code != 200 {
			t.Fatalf("%s: %d %s", region.Code, recorder.Code, recorder.Body)
		}
		orders, units, cents, bySKU := 0, 0, 0, map[string]int{}
		for _, o := range testOrders {
			if o.Region == region.Code {
				orders, units, cents = orders+1, units+o.Quantity, cents+o.Quantity*o.PriceCents
				bySKU[testShop.Products[o.ProductID-1].SKU] += o.Quantity * o.PriceCents
			}
		}
		if got.Orders != orders || got.Units != units || got.RevenueCents != cents || got.Name != region.Name {
			t.Errorf("%s: %+v, want %d orders, %d units, %d cents", region.Code, got, orders, units, cents)
		}
		if got.FirstDay != shop.FirstDay || got.LastDay != shop.LastDay || len(got.Top) != 5 {
			t.Errorf("%s: %+v", region.Code, got)
		}
		last := got.Top[len(got.Top)-1].RevenueCents
		for i, p := range got.Top {
			if p.RevenueCents != bySKU[p.SKU] || i > 0 && p.RevenueCents > got.Top[i-1].RevenueCents {
				t.Errorf("%s: top %+v", region.Code, got.Top)
			}
			delete(bySKU, p.SKU)
		}
		for sku, revenue := range bySKU {
			if revenue > last {
				t.Errorf("%s: %s with %d cents isn't among %+v", region.Code, sku, revenue, got.Top)
			}
		}
	}
}

func TestBadReportsAreRefused(t *testing.T) {
	handler := testServer()
	for path, want := range map[string]int{
		"/reports/sales.csv":                                400,
		"/reports/sales.csv?region=":                        400,
		"/reports/sales.csv?region=North":                   400,
		"/reports/sales.csv?region=a%2Fb":                   400,
		"/reports/sales.csv?region=abcdefghijklmnopq":       400,
		"/reports/sales.csv?region=moon":                    404,
		"/reports/sales.csv?region=moon&rows=0":             400,
		"/reports/sales.csv?region=north&rows=0":            400,
		"/reports/sales.csv?region=north&rows=5001":         400,
		"/reports/sales.csv?region=north&rows=-1":           400,
		"/reports/sales.csv?region=north&rows=ten":          400,
		"/reports/sales.csv?region=north&from=yesterday":    400,
		"/reports/sales.csv?region=north&from=2025-02-30":   400,
		"/reports/sales.csv?region=north&from=2025-3-9":     400,
		"/reports/sales.csv?region=north&from=2025-03-09T0": 400,
		"/reports/summary":                                  400,
		"/reports/summary?region=moon":                      404,
	} {
		recorder := ask(handler, path)
		code := map[int]string{400: "bad-report", 404: "unknown-region"}[want]
		if recorder.Code != want || !strings.Contains(recorder.Body.String(), `{"error":{"code":"`+code+`","message":"`) {
			t.Errorf("%s: %d %s", path, recorder.Code, recorder.Body)
		}
	}
}
