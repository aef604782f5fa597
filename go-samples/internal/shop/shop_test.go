package shop_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bazaar/internal/shop"
)

func TestSameSeedMakesTheSameShop(t *testing.T) {
	a, b := shop.New(7), shop.New(7)
	if !reflect.DeepEqual(a, b) || !slices.Equal(a.Orders(), b.Orders()) {
		t.Error("two shops of one seed differ")
	}
	if slices.Equal(a.Products, shop.New(8).Products) {
		t.Error("two seeds made the same products")
	}
}

// Recorded answers hold only as long as the data stays what it was.
func TestShopOfSeedOneNeverChanges(t *testing.T) {
	s := shop.New(1)
	sum := sha256.New()
	fmt.Fprint(sum, s.Products, s.Customers, s.Orders(), s.InitialStock())
	const want = "76d938c6dc51fc13"
	if got := hex.EncodeToString(sum.Sum(nil))[:16]; got != want {
		t.Errorf("fingerprint of seed 1 is %s, was %s", got, want)
	}
}

func TestProductsAreWellFormed(t *testing.T) {
	sku := regexp.MustCompile(`^[A-Z]{2}-[0-9]{4}$`)
	word := regexp.MustCompile(`^[A-Za-z0-9]+$`)
	s := shop.New(3)
	seen := map[string]bool{}
	for i, p := range s.Products {
		if p.ID != i+1 || !sku.MatchString(p.SKU) || seen[p.SKU] || !word.MatchString(p.Brand) {
			t.Fatalf("product %d: %+v", i, p)
		}
		if p.PriceCents < 99 || p.PriceCents > 199_999 || p.Popularity < 0 || p.Popularity > 999 {
			t.Fatalf("product %d: %+v", i, p)
		}
		seen[p.SKU] = true
		if found, ok := s.Product(p.SKU); !ok || found != p {
			t.Fatalf("Product(%q) = %+v, %v", p.SKU, found, ok)
		}
	}
	if len(s.Products) != shop.ProductCount {
		t.Errorf("%d products", len(s.Products))
	}
}

func TestOrdersAreInOrderOfTime(t *testing.T) {
	s := shop.New(3)
	orders := s.Orders()
	if len(orders) != shop.OrderCount {
		t.Fatalf("%d orders", len(orders))
	}
	if orders[0].Date != shop.FirstDay || orders[len(orders)-1].Date != shop.LastDay {
		t.Errorf("orders run from %s to %s", orders[0].Date, orders[len(orders)-1].Date)
	}
	for i := 1; i < len(orders); i++ {
		if orders[i].ID <= orders[i-1].ID || orders[i].Date < orders[i-1].Date {
			t.Fatalf("%+v comes after %+v", orders[i], orders[i-1])
		}
	}
	for _, o := range orders[:500] {
		customer, ok := s.Customer(o.CustomerID)
		if !ok || customer.Region != o.Region || !s.HasRegion(o.Region) || o.Quantity < 1 || o.Quantity > 9 {
			t.Fatalf("%+v", o)
		}
	}
}

func TestFeedsOfferProductsOfTheirCategory(t *testing.T) {
	s := shop.New(3)
	feeds := s.Feeds()
	if !reflect.DeepEqual(feeds, shop.New(3).Feeds()) {
		t.Error("two shops of one seed have different feeds")
	}
	repeated := 0
	for i, feed := range feeds {
		if partner := s.Partners()[i*len(s.Partners())/len(feeds)]; feed.Partner != partner {
			t.Fatalf("feed %d is of %s, want %s", i, feed.Partner, partner)
		}
		seen := map[string]bool{}
		for _, o := range feed.Offers {
			p, ok := s.Product(strings.ToUpper(o.SKU))
			if !ok || p.Category != feed.Category || p.Title != o.Title || p.Brand != o.Brand || o.PriceCents < 1 {
				t.Fatalf("%s, %s: %+v", feed.Partner, feed.Category, o)
			}
			article := strings.ToLower(o.SKU + " " + o.Colour)
			if seen[article] {
				repeated++
			}
			seen[article] = true
		}
		if len(feed.Offers) < 500 {
			t.Errorf("%s has %d offers in %s", feed.Partner, len(feed.Offers), feed.Category)
		}
	}
	if repeated == 0 {
		t.Error("no partner lists an article twice")
	}
}

func TestWatchersWaitForProducts(t *testing.T) {
	s := shop.New(3)
	watchers := s.Watchers()
	if !slices.Equal(watchers, shop.New(3).Watchers()) {
		t.Error("two shops of one seed have different watchers")
	}
	count, seen := map[string]int{}, map[string]bool{}
	for _, w := range watchers {
		_, product := s.Product(w.SKU)
		_, customer := s.Customer(w.CustomerID)
		if !product || !customer || !slices.Contains(s.Channels(), w.Channel) || w.Address == "" {
			t.Fatalf("%+v", w)
		}
		if twice := w.SKU + w.CustomerID; seen[twice] {
			t.Errorf("%s watches %s twice", w.CustomerID, w.SKU)
		} else {
			seen[twice] = true
		}
		count[w.SKU]++
	}
	for _, p := range s.Products {
		if n := count[p.SKU]; n < 6 || n > 48 {
			t.Errorf("%s has %d watchers", p.SKU, n)
		}
	}
}

func TestListsHaveFiftySubscribersEach(t *testing.T) {
	s := shop.New(1)
	lists, gone := s.Lists(), 0
	if len(lists) != shop.ListCount || lists[41].ID != "L-042" {
		t.Fatalf("%d lists, the 42nd is %s", len(lists), lists[41].ID)
	}
	for _, list := range lists {
		seen := map[string]bool{}
		for _, sub := range list.Subscribers {
			if _, known := s.Customer(sub.CustomerID); !known || seen[sub.CustomerID] {
				t.Errorf("%s: customer %s is unknown, or on it twice", list.ID, sub.CustomerID)
			}
			seen[sub.CustomerID] = true
			if _, err := hex.DecodeString(sub.Token); err != nil || len(sub.Token) != 32 || strings.ToLower(sub.Token) != sub.Token {
				gone++
			}
		}
		if len(seen) != shop.ListSize {
			t.Errorf("%s has %d subscribers", list.ID, len(seen))
		}
	}
	if all := shop.ListCount * shop.ListSize; gone < all/200 || gone > all/50 {
		t.Errorf("%d of %d devices are gone", gone, all)
	}
	if again := s.Lists(); again[7].Subscribers[3] != lists[7].Subscribers[3] {
		t.Error("the same seed made other lists")
	}
}

func TestInitialStockIsTheCallersOwn(t *testing.T) {
	s := shop.New(1)
	stock := s.InitialStock()
	for sku := range stock {
		stock[sku] = -1
	}
	for sku, pieces := range s.InitialStock() {
		if pieces < 1 {
			t.Fatalf("%s has %d pieces", sku, pieces)
		}
	}
}

func TestUnknownThingsAreNotFound(t *testing.T) {
	s := shop.New(1)
	if _, ok := s.Product("ZZ-9999"); ok {
		t.Error("found a product that doesn't exist")
	}
	if _, ok := s.Customer("C-99999"); ok {
		t.Error("found a customer who doesn't exist")
	}
	if s.HasRegion("moon") {
		t.Error("found a region that doesn't exist")
	}
}

func TestCards(t *testing.T) {
	for card, want := range map[string]bool{
		"TEST-00000042": true, "TEST-0000004": false, "TEST-000000042": false, "test-00000042": false,
		"TEST-0000004x": false, "4111111111111111": false, "": false,
	} {
		if got := shop.IsCard(card); got != want {
			t.Errorf("IsCard(%q) = %v", card, got)
		}
	}
	for card, want := range map[string]bool{
		"TEST-00000019": true, "TEST-00000018": false, "TEST-00000000": true, "TEST-99999991": false, "TEST-55000000": true,
	} {
		if got := shop.IsDeclined(card); got != want {
			t.Errorf("IsDeclined(%q) = %v", card, got)
		}
	}
	if got := shop.CardNumber(42); got != "TEST-00000042" {
		t.Errorf("CardNumber(42) = %q", got)
	}
}

func TestSettlements(t *testing.T) {
	s, same, none, disputed := shop.New(1), shop.New(1), 0, 0
	for _, order := range s.Orders() {
		filed, known := s.Settlement(order.ID)
		switch {
		case !known:
			none++
		case filed.Disputed:
			disputed++
		}
		if known && (len(filed.Charge) != len("ch-0a1b2c3d") || len(filed.Card) != 4) {
			t.Fatalf("%s: %+v", order.ID, filed)
		}
		if again, _ := same.Settlement(order.ID); again != filed {
			t.Errorf("%s: %+v, and then %+v", order.ID, filed, again)
		}
	}
	if low, high := shop.OrderCount/200, shop.OrderCount/100; none < low || none > high || disputed < low || disputed > high {
		t.Errorf("%d orders without a charge, %d disputed, want %d to %d each", none, disputed, low, high)
	}
	for _, order := range []string{"", "B", "B0", "B000000", "B048001", "B0000001", "b000001", "B00001x", "B+00001", "000001"} {
		if _, known := s.Settlement(order); known {
			t.Errorf("%q has a settlement", order)
		}
	}
	if s.CodeKey() != same.CodeKey() || s.CodeKey() == shop.New(2).CodeKey() {
		t.Error("the code key doesn't follow from the seed alone")
	}
}

func TestSheetsAreWellFormed(t *testing.T) {
	s := shop.New(3)
	last, sheets := 0, 0
	for sheet := range s.Sheets() {
		p, ok := s.Product(sheet.SKU)
		if !ok || p.ID <= last || sheet.Supplier != p.Brand || sheet.Revision < 1 {
			t.Fatalf("%+v after product %d", sheet, last)
		}
		names := map[string]bool{}
		for _, section := range sheet.Sections {
			for _, field := range section.Fields {
				if name := section.Title + "/" + field.Name; names[name] || field.Value == "" {
					t.Fatalf("%s: field %s twice, or empty", sheet.SKU, name)
				} else {
					names[name] = true
				}
			}
		}
		for _, text := range sheet.Texts {
			if names[text.Title] || len(text.Text) < 500 {
				t.Fatalf("%s: text %s twice, or short", sheet.SKU, text.Title)
			}
			names[text.Title] = true
		}
		last, sheets = p.ID, sheets+1
	}
	if sheets != shop.ProductCount/2 {
		t.Errorf("%d sheets", sheets)
	}
}

func TestADocumentIsASheetInJSON(t *testing.T) {
	s := shop.New(3)
	var sheets []shop.Sheet
	for document := range s.Documents() {
		var sheet shop.Sheet
		if err := json.Unmarshal(document, &sheet); err != nil {
			t.Fatalf("%s: %v", document, err)
		}
		sheets = append(sheets, sheet)
	}
	if want := slices.Collect(s.Sheets()); !reflect.DeepEqual(sheets, want) {
		t.Errorf("%d documents are not the %d sheets", len(sheets), len(want))
	}
}

func TestPostingsAreOfTheYearAndInOrder(t *testing.T) {
	s := shop.New(3)
	accounts, seen := s.Accounts(), map[string]bool{}
	for _, account := range accounts {
		seen[account] = true
	}
	if len(seen) != shop.AccountCount || accounts[0] != "4001" || !slices.IsSorted(accounts) {
		t.Errorf("%d accounts: %v", len(seen), accounts)
	}
	postings := s.Postings(accounts[7])
	if len(postings) != shop.PostingCount || postings[0].Day != shop.FirstDay || postings[shop.PostingCount-1].Day != shop.LastDay {
		t.Errorf("%d postings, the first %+v", len(postings), postings[0])
	}
	for i, p := range postings {
		if p.Cents == 0 || len(p.Text) < 1 || len(p.Text) > 60 || i > 0 && p.Day < postings[i-1].Day {
			t.Fatalf("posting %d: %+v", i+1, p)
		}
	}
	if !slices.Equal(postings, shop.New(3).Postings(accounts[7])) || slices.Equal(postings, s.Postings(accounts[8])) {
		t.Error("the seed and the account decide the postings, nothing else")
	}
}
