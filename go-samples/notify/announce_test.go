package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

func newAnnouncements(lists map[string][]subscriber) http.Handler {
	a := newAnnouncer(shop.New(1))
	if lists != nil {
		a.lists = func() map[string][]subscriber { return lists }
	}
	return serve.NewHandler(a.routes())
}

func device(n int) subscriber {
	return subscriber{customer: fmt.Sprintf("C-%05d", n), token: fmt.Sprintf("%032x", n)}
}

func TestAnAnnouncementTellsEverybodyInTheirOrder(t *testing.T) {
	gone := subscriber{customer: "C-00003", token: "unregistered"}
	handler := newAnnouncements(map[string][]subscriber{"L-007": {device(9), gone, device(4)}})
	got := must[announcedJSON](t, handler, 200, "POST", "/announcements", `{"list":"L-007","text":"Today only: <-10 %>"}`)
	want := announcedJSON{List: "L-007", Told: 2, Results: []outcomeJSON{
		{Customer: "C-00009", Receipt: "r-564286eded9e"},
		{Customer: "C-00003", Failed: "unregistered"},
		{Customer: "C-00004", Receipt: "r-d9c982f0faca"},
	}}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%+v\nwant %+v", got, want)
	}
}

func TestAListHasFiftySubscribersUnlessFewerAreWanted(t *testing.T) {
	handler := newAnnouncements(nil)
	lists := shop.New(1).Lists()
	for first, want := range map[string]int{``: 50, `,"first":50`: 50, `,"first":7`: 7, `,"first":1`: 1} {
		got := must[announcedJSON](t, handler, 200, "POST", "/announcements", `{"list":"L-042","text":"today"`+first+`}`)
		if len(got.Results) != want {
			t.Fatalf("first %s: %d results", first, len(got.Results))
		}
		for i, result := range got.Results {
			if result.Customer != lists[41].Subscribers[i].CustomerID || (result.Receipt == "") == (result.Failed == "") {
				t.Errorf("result %d: %+v", i, result)
			}
		}
	}
}

func TestSixAnnouncementsAtATimeFindRoom(t *testing.T) {
	handler := newAnnouncements(nil)
	for range 3 {
		var callers sync.WaitGroup
		for i := range 6 {
			callers.Add(1)
			go func() {
				defer callers.Done()
				recorder := ask(handler, "POST", "/announcements", fmt.Sprintf(`{"list":"L-%03d","text":"today"}`, i+1))
				if recorder.Code != 200 || strings.Count(recorder.Body.String(), `"customer"`) != 50 {
					t.Errorf("%d %s", recorder.Code, recorder.Body)
				}
			}()
		}
		callers.Wait()
	}
}

func TestACallerWhoIsGoneGetsNoAnnouncement(t *testing.T) {
	handler := newAnnouncements(nil)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	request := httptest.NewRequestWithContext(ctx, "POST", "http://127.0.0.1/announcements", strings.NewReader(`{"list":"L-042","text":"today"}`))
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	if recorder.Code != 503 {
		t.Errorf("%d %s", recorder.Code, recorder.Body)
	}
}

func TestBadAnnouncementsAreRefused(t *testing.T) {
	handler := newAnnouncements(map[string][]subscriber{"L-007": {device(1)}})
	with := func(fields string) string { return `{"list":"L-007","text":"today"` + fields + `}` }
	for _, c := range []struct {
		body   string
		status int
		code   string
	}{
		{``, 400, "bad-announcement"},
		{`[]`, 400, "bad-announcement"},
		{`{}`, 400, "bad-announcement"},
		{`{"list":"L-007"}`, 400, "bad-announcement"},
		{`{"list":"L-7","text":"today"}`, 400, "bad-announcement"},
		{`{"list":"l-007","text":"today"}`, 400, "bad-announcement"},
		{`{"list":"L-0a7","text":"today"}`, 400, "bad-announcement"},
		{`{"list":"L-007","text":"two\nlines"}`, 400, "bad-announcement"},
		{`{"list":"L-007","text":"` + strings.Repeat("n", maxText+1) + `"}`, 400, "bad-announcement"},
		{with(`,"first":0`), 400, "bad-announcement"},
		{with(`,"first":51`), 400, "bad-announcement"},
		{with(`,"first":"5"`), 400, "bad-announcement"},
		{with(`,"to":"all"`), 400, "bad-announcement"},
		{with(``) + `{}`, 400, "bad-announcement"},
		{with(``) + strings.Repeat(" ", maxBody), 400, "bad-announcement"},
		{`{"list":"L-008","text":"today"}`, 404, "unknown-list"},
	} {
		recorder := ask(handler, "POST", "/announcements", c.body)
		if recorder.Code != c.status || !strings.Contains(recorder.Body.String(), `{"error":{"code":"`+c.code+`","message":"`) {
			t.Errorf("%.80s: %d %s", c.body, recorder.Code, recorder.Body)
		}
	}
}
