package main

import (
	"encoding/json"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

// testSheets has the sheets of the test shop; reading them takes a while.
var testSheets = sync.OnceValue(func() http.Handler {
	return serve.NewHandler(newSheets(testShop.Documents()).routes())
})

// Answers as a client reads them.
type (
	gotSheet struct {
		SKU      string
		Sections []shop.SheetSection
		Texts    []shop.SheetText
	}
	gotRow struct {
		Section, Name string
		Values        []string
	}
	gotComparison struct {
		SKUs        []string
		Rows, Texts []gotRow
	}
)

func askJSON[T any](t *testing.T, path string) T {
	t.Helper()
	var got T
	recorder := ask(testSheets(), path)
	if err := json.Unmarshal(recorder.Body.Bytes(), &got); err != nil || recorder.Code != 200 {
		t.Fatalf("%s: %d %.200s", path, recorder.Code, recorder.Body)
	}
	if media := recorder.Header().Get("Content-Type"); media != "application/json" {
		t.Errorf("%s: Content-Type %q", path, media)
	}
	return got
}

func TestEveryDataSheetIsAnsweredWithAllItsFieldsAndTexts(t *testing.T) {
	for sheet := range testShop.Sheets() {
		want := gotSheet{sheet.SKU, sheet.Sections, sheet.Texts}
		if got := askJSON[gotSheet](t, "/sheets/"+sheet.SKU); !reflect.DeepEqual(got, want) {
			t.Fatalf("%s: %+v", sheet.SKU, got)
		}
	}
}

func TestAComparisonHasAColumnForEachSheet(t *testing.T) {
	sheets := slices.Collect(testShop.Sheets())[:3]
	skus := []string{sheets[2].SKU, sheets[0].SKU, sheets[1].SKU}
	got := askJSON[gotComparison](t, "/compare?skus="+strings.Join(skus, ","))
	if !slices.Equal(got.SKUs, skus) {
		t.Fatalf("columns %v", got.SKUs)
	}
	shown := map[string]string{} // by column, section and name
	for _, row := range slices.Concat(got.Rows, got.Texts) {
		if len(row.Values) != len(skus) {
			t.Fatalf("row %+v", row)
		}
		for i, value := range row.Values {
			if value != "" {
				shown[skus[i]+"/"+row.Section+"/"+row.Name] = value
			}
		}
	}
	want := map[string]string{}
	for _, sheet := range sheets {
		for _, section := range sheet.Sections {
			for _, field := range section.Fields {
				want[sheet.SKU+"/"+section.Title+"/"+field.Name] = field.Value
			}
		}
		for _, text := range sheet.Texts {
			want[sheet.SKU+"//"+text.Title] = text.Text
		}
	}
	if !reflect.DeepEqual(shown, want) {
		t.Errorf("%d values shown, want %d", len(shown), len(want))
	}
	if first := sheets[2].Sections[0]; got.Rows[0].Section != first.Title || got.Rows[0].Name != first.Fields[0].Name {
		t.Errorf("the first row is %+v, not that of the first sheet", got.Rows[0])
	}
}

func TestRowsThatDontDifferCanBeLeftOut(t *testing.T) {
	sheets := slices.Collect(testShop.Sheets())
	path := "/compare?skus=" + sheets[4].SKU + "," + sheets[5].SKU
	all, differing := askJSON[gotComparison](t, path), askJSON[gotComparison](t, path+"&differing=1")
	want := slices.DeleteFunc(slices.Clone(all.Rows), func(row gotRow) bool { return row.Values[0] == row.Values[1] })
	if !reflect.DeepEqual(differing.Rows, want) || len(want) == len(all.Rows) || len(want) == 0 {
		t.Errorf("%d of %d rows differ, %d are shown", len(want), len(all.Rows), len(differing.Rows))
	}
	if !reflect.DeepEqual(differing.Texts, all.Texts) {
		t.Error("texts are left out")
	}
}

func TestADocumentThatCannotBeReadIsLeftOut(t *testing.T) {
	documents := slices.Values([][]byte{[]byte(`{"sku":"KT-0001"}`), []byte(`{"sku":`), []byte(`{"sku":"7"}`), []byte(`{"sku":"KT-0002"}`)})
	handler := serve.NewHandler(newSheets(documents).routes())
	for path, want := range map[string]int{"/sheets/KT-0001": 200, "/sheets/KT-0002": 200, "/sheets/KT-0003": 404} {
		if recorder := ask(handler, path); recorder.Code != want {
			t.Errorf("%s: %d %s", path, recorder.Code, recorder.Body)
		}
	}
}

func TestBadSheetsAreRefused(t *testing.T) {
	sheets := slices.Collect(testShop.Sheets())
	a, b := sheets[0].SKU, sheets[1].SKU
	nine := a
	for _, sheet := range sheets[1:9] {
		nine += "," + sheet.SKU
	}
	without := testShop.Products[1].SKU
	for path, want := range map[string]struct {
		status int
		code   string
	}{
		"/sheets/kt-0042":                              {400, "bad-sku"},
		"/sheets/KT-42":                                {400, "bad-sku"},
		"/sheets/KT-00042":                             {400, "bad-sku"},
		"/sheets/" + without:                           {404, "unknown-sheet"},
		"/sheets/ZZ-9999":                              {404, "unknown-sheet"},
		"/compare":                                     {400, "bad-comparison"},
		"/compare?skus=" + a:                           {400, "bad-comparison"},
		"/compare?skus=" + nine:                        {400, "bad-comparison"},
		"/compare?skus=" + a + "," + a:                 {400, "bad-comparison"},
		"/compare?skus=" + a + ",":                     {400, "bad-comparison"},
		"/compare?skus=" + a + "," + b + "&differing=": {400, "bad-comparison"},
		"/compare?skus=" + without + ",7":              {400, "bad-comparison"},
		"/compare?skus=" + a + "," + without:           {404, "unknown-sheet"},
	} {
		recorder := ask(testSheets(), path)
		if recorder.Code != want.status || !strings.Contains(recorder.Body.String(), `{"error":{"code":"`+want.code+`","message":"`) {
			t.Errorf("%s: %d %s", path, recorder.Code, recorder.Body)
		}
	}
}
