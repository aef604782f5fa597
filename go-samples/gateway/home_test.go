package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"bazaar/internal/serve"
)

func newHomeServer() http.Handler { return serve.NewHandler(newLobby(testShop).routes()) }

func tokenOf(n int) string {
	text := fmt.Sprintf("V-%08x.north", n)
	return text + "." + sign(text)
}

func homePath(token, page string) string {
	return "/home?session=" + url.QueryEscape(token) + "&page=" + url.QueryEscape(page)
}

func TestASessionRemembersItsTrail(t *testing.T) {
	handler := newHomeServer()
	var pages []string
	for i := range 20 {
		page := fmt.Sprintf("/c/kitchen?utm=a&from=%d é", i)
		pages = append(pages, page)
		got := must[home](t, handler, "GET", homePath(tokenOf(1), page), "")
		want := slices.Clone(pages[max(0, len(pages)-12):])
		slices.Reverse(want)
		if got.Views != i+1 || got.Visitor != "V-00000001" || got.Region != "north" || !slices.Equal(got.Trail, want) {
			t.Fatalf("view %d: %+v", i+1, got)
		}
	}
	if other := must[home](t, handler, "GET", homePath(tokenOf(2), "/"), ""); other.Views != 1 || len(other.Trail) != 1 {
		t.Errorf("another visitor: %+v", other)
	}
}

func TestEachViewShowsTheNextOffers(t *testing.T) {
	handler := newHomeServer()
	seen, categories := map[string]bool{}, map[string]bool{}
	for range 10 {
		got := must[home](t, handler, "GET", homePath(tokenOf(7), "/"), "")
		if len(got.Offers) != 6 {
			t.Fatalf("%+v", got.Offers)
		}
		for _, o := range got.Offers {
			product, known := testShop.Product(o.SKU)
			if !known || product.Title != o.Title || product.PriceCents != o.PriceCents || seen[o.SKU] {
				t.Errorf("%+v, seen before: %v", o, seen[o.SKU])
			}
			seen[o.SKU], categories[product.Category] = true, true
		}
	}
	if len(categories) != 1 {
		t.Errorf("offers of %d categories", len(categories))
	}
	first := must[home](t, newHomeServer(), "GET", homePath(tokenOf(7), "/"), "")
	again := must[home](t, newHomeServer(), "GET", homePath(tokenOf(7), "/"), "")
	other := must[home](t, newHomeServer(), "GET", homePath(tokenOf(8), "/"), "")
	if fmt.Sprint(first.Offers) != fmt.Sprint(again.Offers) || fmt.Sprint(first.Offers) == fmt.Sprint(other.Offers) {
		t.Error("offers must depend on the visitor, and on nothing else")
	}
}

func TestBadTokensAndPagesAreRefused(t *testing.T) {
	handler := newHomeServer()
	good := tokenOf(1)
	must[home](t, handler, "GET", homePath(good, "/"), "")
	for _, c := range []struct {
		path   string
		status int
		code   string
	}{
		{"/home", 401, "bad-session"},
		{homePath("", "/"), 401, "bad-session"},
		{homePath(good[:len(good)-1], "/"), 401, "bad-session"},
		{homePath(strings.ToUpper(good), "/"), 401, "bad-session"},
		{homePath(strings.Replace(good, "north", "south", 1), "/"), 401, "bad-session"},
		{homePath(strings.Replace(good, "00000001", "00000002", 1), "/"), 401, "bad-session"},
		{homePath("V-00000001.moon."+sign("V-00000001.moon"), "/"), 401, "bad-session"},
		{homePath("V-1.north."+sign("V-1.north"), "/"), 401, "bad-session"},
		{homePath("V-1", ""), 401, "bad-session"},
		{homePath(good, ""), 400, "bad-page"},
		{homePath(good, strings.Repeat("p", 1201)), 400, "bad-page"},
		{homePath(good, "\xff"), 400, "bad-page"},
		{homePath(good, "a\nb"), 400, "bad-page"},
	} {
		recorder := ask(handler, "GET", c.path, "")
		if recorder.Code != c.status || !strings.Contains(recorder.Body.String(), `"code":"`+c.code+`"`) {
			t.Errorf("%.90s: %d %s", c.path, recorder.Code, recorder.Body)
		}
	}
	if got := must[home](t, handler, "GET", homePath(good, "/"), ""); got.Views != 2 {
		t.Errorf("refused requests count as views: %+v", got)
	}
}

func TestVisitorsArriveAtTheSameTime(t *testing.T) {
	handler := newHomeServer()
	var visits sync.WaitGroup
	for n := range 8 {
		visits.Add(1)
		go func() {
			defer visits.Done()
			for i := range 50 {
				var got home
				recorder := ask(handler, "GET", homePath(tokenOf(n%4), fmt.Sprintf("/%d/%d", n%4, i)), "")
				if err := json.Unmarshal(recorder.Body.Bytes(), &got); err != nil {
					t.Error(err)
				}
				for _, page := range got.Trail {
					if !strings.HasPrefix(page, fmt.Sprintf("/%d/", n%4)) {
						t.Errorf("visitor %d sees %s", n%4, page)
					}
				}
			}
		}()
	}
	visits.Wait()
}
