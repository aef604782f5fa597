package scenario

import (
	"net/url"
	"strings"
	"testing"

	"bazaar/internal/shop"
)

func testSheetsModel() *sheetsModel {
	fields := func(pairs ...string) []shop.SheetField {
		var list []shop.SheetField
		for i := 0; i < len(pairs); i += 2 {
			list = append(list, shop.SheetField{Name: pairs[i], Value: pairs[i+1]})
		}
		return list
	}
	return &sheetsModel{skus: []string{"KT-0001", "KT-0002"}, sheets: map[string]shop.Sheet{
		"KT-0001": {SKU: "KT-0001", Revision: 3,
			Sections: []shop.SheetSection{{Title: "Size", Fields: fields("Height", "1", "Width", "2")}, {Title: "Use", Fields: fields("Height", "9")}},
			Texts:    []shop.SheetText{{Title: "Care", Text: "wipe"}}},
		"KT-0002": {SKU: "KT-0002", Revision: 1,
			Sections: []shop.SheetSection{{Title: "Size", Fields: fields("Width", "2", "Depth", "7")}},
			Texts:    []shop.SheetText{{Title: "Use", Text: "cook"}, {Title: "Care", Text: "dry"}}},
	}}
}

func TestTheModelComparesAsTheContractSays(t *testing.T) {
	m := testSheetsModel()
	for _, c := range []struct {
		q    comparisonQuery
		want string
	}{
		{comparisonQuery{skus: []string{"KT-0001", "KT-0002"}},
			`{"skus":["KT-0001","KT-0002"],"rows":[{"section":"Size","name":"Height","values":["1",""]},{"section":"Size","name":"Width","values":["2","2"]},` +
				`{"section":"Use","name":"Height","values":["9",""]},{"section":"Size","name":"Depth","values":["","7"]}],` +
				`"texts":[{"name":"Care","values":["wipe","dry"]},{"name":"Use","values":["","cook"]}]}`},
		{comparisonQuery{skus: []string{"KT-0002", "KT-0001"}, differing: true},
			`{"skus":["KT-0002","KT-0001"],"rows":[{"section":"Size","name":"Depth","values":["7",""]},{"section":"Size","name":"Height","values":["","1"]},` +
				`{"section":"Use","name":"Height","values":["","9"]}],"texts":[{"name":"Use","values":["cook",""]},{"name":"Care","values":["dry","wipe"]}]}`},
	} {
		if got := string(m.comparison(c.q).body); got != c.want {
			t.Errorf("%+v:\n%s, want\n%s", c.q, got, c.want)
		}
	}
	if got, want := string(m.sheet("KT-0002").body), `{"sku":"KT-0002","sections":[{"title":"Size","fields":[{"name":"Width","value":"2"},{"name":"Depth","value":"7"}]}],`+
		`"texts":[{"title":"Use","text":"cook"},{"title":"Care","text":"dry"}]}`; got != want {
		t.Errorf("%s, want\n%s", got, want)
	}
}

func TestAWrongSheetIsNamedByWhatIsWrongWithIt(t *testing.T) {
	m := testSheetsModel()
	whole, both := m.sheet("KT-0002"), m.comparison(comparisonQuery{skus: []string{"KT-0001", "KT-0002"}})
	for _, c := range []struct {
		right     *jsonAnswer
		from, to  string
		wantBreak string
	}{
		{whole, `"KT-0002"`, `"KT-0003"`, "sheet-fields"},
		{whole, `"7"`, `"8"`, "sheet-fields"},
		{whole, `"cook"`, `""`, "sheet-texts"},
		{both, `"KT-0002"`, `"KT-0003"`, "compare-sheets"},
		{both, `["2","2"]`, `["2"]`, "compare-rows"},
		{both, `"wipe"`, `"wi"`, "compare-texts"},
	} {
		body := []byte(strings.Replace(string(c.right.body), c.from, c.to, 1))
		fault := c.right.check(Answer{Status: 200, ContentType: mediaJSON, Body: body})
		if fault == nil || fault.Rule != c.wantBreak {
			t.Errorf("%s for %s: %v, want %s", c.to, c.from, fault, c.wantBreak)
		}
	}
}

func TestALargeComparisonHasFourTimesTheSheets(t *testing.T) {
	columns := func(shape string) int {
		plan := mustPlan(t, Options{Name: "sheets", Seed: 5, ShopSeed: 1, Shape: shape})
		asked, err := url.Parse(plan.Stream().Next().Path)
		if err != nil {
			t.Fatal(err)
		}
		return len(strings.Split(asked.Query().Get("skus"), ","))
	}
	if small, large := columns(Small), columns(Large); large != 4*small {
		t.Errorf("%d and %d sheets", small, large)
	}
}

func TestHeldOutTrafficAsksForEverySheet(t *testing.T) {
	plan := mustPlan(t, Options{Name: "sheets", Seed: 5, ShopSeed: 1, Shape: Heldout, Thorough: true})
	asked := map[string]bool{}
	for _, path := range sent(plan.Stream(), 2500) {
		if sku, single := strings.CutPrefix(path, "GET /sheets/"); single {
			asked[sku[:len("KT-0042")]] = true
		}
	}
	if len(asked) < shop.ProductCount/2 {
		t.Errorf("%d different sheets", len(asked))
	}
}
