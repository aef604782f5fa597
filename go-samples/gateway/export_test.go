package main

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

func newExportServer(s *shop.Shop) http.Handler { return serve.NewHandler(newExports(s).routes()) }

// export asks for a selection and gives the text.
func export(t *testing.T, handler http.Handler, query string) string {
	t.Helper()
	recorder := ask(handler, "GET", "/export"+query, "")
	if recorder.Code != 200 || recorder.Header().Get("Content-Type") != "application/xml; charset=utf-8" {
		t.Fatalf("%s: %d %s", query, recorder.Code, recorder.Header())
	}
	return recorder.Body.String()
}

type exported struct {
	Offers []struct {
		SKU      string `xml:"sku,attr"`
		Title    string `xml:"title"`
		Brand    string `xml:"brand"`
		Category string `xml:"category"`
		Price    string `xml:"price"`
		Shipping []struct {
			Region string `xml:"region,attr"`
			Price  string `xml:"price"`
		} `xml:"shipping"`
	} `xml:"offer"`
}

func read(t *testing.T, text string) exported {
	t.Helper()
	var e exported
	if err := xml.NewDecoder(strings.NewReader(text)).Decode(&e); err != nil {
		t.Fatalf("%v in %.300s", err, text)
	}
	return e
}

func TestAnExportIsWrittenAsTheContractSays(t *testing.T) {
	few := &shop.Shop{
		Regions: []shop.Region{{Code: "north", Name: "North"}, {Code: "coast", Name: "Coast & Islands"}},
		Brands:  []string{"Nordhem"},
		Products: []shop.Product{{
			ID: 1, SKU: "KT-0042", Title: `Steel <kettle> 12"`, Brand: "Nordhem", Category: "kitchen",
			Description: "A cook's kettle.", PriceCents: 1905,
		}},
	}
	want := `<?xml version="1.0" encoding="UTF-8"?>
<offers shop="Bazaar" currency="EUR">
<offer sku="KT-0042">
<title>Steel &lt;kettle&gt; 12&quot;</title>
<brand>Nordhem</brand>
<category>kitchen</category>
<description>A cook&apos;s kettle.</description>
<link>https://bazaar.example/products/KT-0042</link>
<image>https://images.bazaar.example/kitchen/KT-0042/1200x1200.webp</image>
<price>19.05</price>
<shipping region="north" name="North" service="Standard"><price>4.90</price></shipping>
<shipping region="coast" name="Coast &amp; Islands" service="Standard"><price>4.90</price></shipping>
</offer>
</offers>
`
	handler := newExportServer(few)
	if got := export(t, handler, ""); got != want {
		t.Errorf("got %s", got)
	}
	empty := "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<offers shop=\"Bazaar\" currency=\"EUR\">\n</offers>\n"
	if got := export(t, handler, "?below=1905"); got != empty {
		t.Errorf("nothing is that cheap: %s", got)
	}
}

func TestASelectionHasWhatWasAskedFor(t *testing.T) {
	handler := newExportServer(testShop)
	for _, c := range []struct {
		query   string
		matches func(p *shop.Product) bool
		limit   int
	}{
		{"", func(*shop.Product) bool { return true }, shop.ProductCount},
		{"?brand=Nordhem", func(p *shop.Product) bool { return p.Brand == "Nordhem" }, shop.ProductCount},
		{"?category=garden&brand=Quill", func(p *shop.Product) bool { return p.Brand == "Quill" && p.Category == "garden" }, shop.ProductCount},
		{"?below=5000", func(p *shop.Product) bool { return p.PriceCents < 5000 }, shop.ProductCount},
		{"?category=office&limit=7", func(p *shop.Product) bool { return p.Category == "office" }, 7},
		{"?limit=3000", func(*shop.Product) bool { return true }, shop.ProductCount},
	} {
		var want []string
		for i := range testShop.Products {
			if p := &testShop.Products[i]; c.matches(p) && len(want) < c.limit {
				want = append(want, p.SKU)
			}
		}
		var got []string
		for _, offer := range read(t, export(t, handler, c.query)).Offers {
			got = append(got, offer.SKU)
			product, _ := testShop.Product(offer.SKU)
			shipping := "4.90"
			if product.PriceCents >= 5000 {
				shipping = "0.00"
			}
			if offer.Title != product.Title || len(offer.Shipping) != 6 || offer.Shipping[5].Price != shipping {
				t.Fatalf("%s: %+v of %+v", c.query, offer, product)
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %d offers, want %d", c.query, len(got), len(want))
		}
	}
}

func TestBadSelectionsAreRefused(t *testing.T) {
	handler := newExportServer(testShop)
	for query, want := range map[string]string{
		"?brand=":                               "400 bad-export",
		"?brand=Nord-hem":                       "400 bad-export",
		"?brand=" + strings.Repeat("n", 25):     "400 bad-export",
		"?brand=Nordhem&brand=Nordhem":          "400 bad-export",
		"?category=kitch%C3%A9n":                "400 bad-export",
		"?category=..%2Fkitchen":                "400 bad-export",
		"?below=0":                              "400 bad-export",
		"?below=1000000":                        "400 bad-export",
		"?below=%2B5":                           "400 bad-export",
		"?below=1e3":                            "400 bad-export",
		"?limit=3001":                           "400 bad-export",
		"?limit=-1":                             "400 bad-export",
		"?limit=99999999999999999999":           "400 bad-export",
		"?format=csv":                           "400 bad-export",
		"?brand=%zz":                            "400 bad-export",
		"?brand=Nordhem;limit=3":                "400 bad-export",
		"?brand=nordhem":                        "404 unknown-brand",
		"?brand=Acme&category=moon":             "404 unknown-brand",
		"?brand=Nordhem&category=moon&limit=3":  "404 unknown-category",
		"?brand=Acme&category=kitchen&limit=no": "400 bad-export",
	} {
		recorder := ask(handler, "GET", "/export"+query, "")
		status, code, _ := strings.Cut(want, " ")
		if fmt.Sprint(recorder.Code) != status || !strings.Contains(recorder.Body.String(), `"code":"`+code+`"`) {
			t.Errorf("%s: %d %.200s, want %s", query, recorder.Code, recorder.Body, want)
		}
	}
}

func TestExportsAtTheSameTimeAreEachTheirOwn(t *testing.T) {
	handler := newExportServer(testShop)
	queries := []string{"?brand=Nordhem&category=kitchen", "?brand=Quill&category=office", "?brand=Brio&limit=5", "?limit=1500"}
	want := make([]string, len(queries))
	for i, query := range queries {
		want[i] = export(t, handler, query)
	}
	var group sync.WaitGroup
	for worker := range 8 {
		group.Add(1)
		go func() {
			defer group.Done()
			for round := range 40 {
				at := (worker + round) % len(queries)
				recorder := ask(handler, "GET", "/export"+queries[at], "")
				if !bytes.Equal(recorder.Body.Bytes(), []byte(want[at])) {
					t.Errorf("%s: %d, another's answer", queries[at], recorder.Code)
					return
				}
			}
		}()
	}
	group.Wait()
}
