package scenario

import (
	"bytes"
	"strings"
	"testing"

	"bazaar/internal/shop"
)

var exportShop = &shop.Shop{
	Regions: []shop.Region{{Code: "north", Name: "North"}, {Code: "coast", Name: "Coast & Islands"}},
	Brands:  []string{"Brio", "Quill"},
	Products: []shop.Product{
		{ID: 1, SKU: "KT-0001", Title: `Steel <kettle> 12"`, Brand: "Brio", Category: "kitchen", Description: "A cook's kettle.", PriceCents: 1905},
		{ID: 2, SKU: "OF-0001", Title: "Oak desk", Brand: "Quill", Category: "office", Description: "A desk.", PriceCents: 5000},
		{ID: 3, SKU: "OF-0002", Title: "Oak chair", Brand: "Brio", Category: "office", Description: "A chair.", PriceCents: 4999},
	},
}

func TestAnOfferIsWrittenAsTheContractSays(t *testing.T) {
	want := `<offer sku="KT-0001">
<title>Steel &lt;kettle&gt; 12&quot;</title>
<brand>Brio</brand>
<category>kitchen</category>
<description>A cook&apos;s kettle.</description>
<link>https://bazaar.example/products/KT-0001</link>
<image>https://images.bazaar.example/kitchen/KT-0001/1200x1200.webp</image>
<price>19.05</price>
<shipping region="north" name="North" service="Standard"><price>4.90</price></shipping>
<shipping region="coast" name="Coast &amp; Islands" service="Standard"><price>4.90</price></shipping>
</offer>
`
	model := newExportsModel(exportShop)
	if got := string(model.offers[0]); got != want {
		t.Errorf("got %s", got)
	}
	if free := string(model.offers[1]); !strings.Contains(free, "<price>50.00</price>") || strings.Count(free, "<price>0.00</price>") != 2 {
		t.Errorf("shipping is free from 50.00 on: %s", free)
	}
}

func TestASelectionChoosesInTheOrderOfIDs(t *testing.T) {
	model := newExportsModel(exportShop)
	for ask, want := range map[selection]string{
		{}:                                   "KT-0001 OF-0001 OF-0002",
		{brand: "Brio"}:                      "KT-0001 OF-0002",
		{brand: "Brio", limit: 1}:            "KT-0001",
		{category: "office", below: 5000}:    "OF-0002",
		{below: 1905}:                        "",
		{brand: "Quill", category: "cellar"}: "",
	} {
		var got []string
		for _, at := range model.answer(ask).chosen {
			got = append(got, exportShop.Products[at].SKU)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%+v: %v, want %s", ask, got, want)
		}
	}
}

func TestAWrongExportBreaksItsRule(t *testing.T) {
	model := newExportsModel(exportShop)
	expect := model.answer(selection{brand: "Brio"})
	right := expect.example()
	other := model.answer(selection{brand: "Quill"}).example()
	reversed := []byte(exportHead + string(model.offers[2]) + string(model.offers[0]) + exportTail)
	cut := []byte(exportHead + string(model.offers[0]) + exportTail)
	mixed := bytes.Clone(right.Body)
	copy(mixed[len(mixed)/2:], other.Body)
	for name, c := range map[string]struct {
		answer Answer
		rule   string
	}{
		"right":           {right, ""},
		"other offers":    {other, "export-offers"},
		"other order":     {Answer{Status: 200, ContentType: mediaXML, Body: reversed}, "export-offers"},
		"fewer":           {Answer{Status: 200, ContentType: mediaXML, Body: cut}, "export-cut"},
		"broken off":      {Answer{Status: 200, ContentType: mediaXML, Body: right.Body[:len(right.Body)/2]}, "export-cut"},
		"mixed":           {Answer{Status: 200, ContentType: mediaXML, Body: mixed}, "export-offers"},
		"more":            {Answer{Status: 200, ContentType: mediaXML, Body: append(bytes.Clone(right.Body), '\n')}, "export-offers"},
		"nothing":         {Answer{Status: 200, ContentType: mediaXML, Body: nil}, "export-offers"},
		"plain text":      {Answer{Status: 200, ContentType: "text/plain", Body: right.Body}, ruleContentType},
		"with a charset":  {Answer{Status: 200, ContentType: mediaXML + "; charset=utf-8", Body: right.Body}, ""},
		"turned away":     {Answer{Status: 413, ContentType: mediaJSON, Body: nil}, ruleMustAccept},
		"a service error": {Answer{Status: 500, ContentType: mediaJSON, Body: nil}, ruleServerError},
	} {
		fault := expect.check(c.answer)
		if (fault == nil) != (c.rule == "") || fault != nil && fault.Rule != c.rule {
			t.Errorf("%s: %+v, want %q", name, fault, c.rule)
		}
	}
}

func TestExportsHaveTheSizesOfTheirShapes(t *testing.T) {
	most := func(o Options, requests int) (offers, largest int) {
		o.Name, o.ShopSeed = "exports", 1
		for stream := mustPlan(t, o).Stream(); requests > 0; requests-- {
			if answer, ok := stream.Next().expect.(*exportAnswer); ok {
				offers += len(answer.chosen)
				size := 0
				for _, at := range answer.chosen {
					size += len(answer.model.offers[at])
				}
				largest = max(largest, size)
			}
		}
		return offers, largest
	}
	small, _ := most(Options{Seed: 3, Shape: Small}, 100)
	large, _ := most(Options{Seed: 3, Shape: Large}, 100)
	if small != 100*smallOffers || large != 4*small {
		t.Errorf("%d offers in small exports, %d in large ones", small, large)
	}
	for _, shape := range []string{Default, Heldout} {
		if _, usual := most(Options{Seed: 3, Shape: shape}, hugeEvery/2-1); usual > 64<<10 {
			t.Errorf("%s: a usual export has %d bytes", shape, usual)
		}
		if _, huge := most(Options{Seed: 3, Shape: shape, Thorough: true}, 1500); huge < 2_000_000 {
			t.Errorf("%s: the largest export of a thorough run has %d bytes", shape, huge)
		}
	}
	if offers, _ := most(Options{Seed: 3, Shape: Huge}, 50); offers < 50*leastWhole {
		t.Errorf("%d offers in 50 huge exports", offers)
	}
}
