package scenario

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"bazaar/internal/shop"
)

func TestAnAnnouncementsAnswerIsNamedByWhatIsWrongWithIt(t *testing.T) {
	p := newAnnouncements(Options{Name: "announcements", Seed: 9, ShopSeed: 1, Shape: Default}).(*announcementsPlan)
	list := p.lists[slices.IndexFunc(p.lists, func(l shop.List) bool { return goodDevice.MatchString(l.Subscribers[1].Token) })]
	expect := announced(list, "today", 5)
	for rule, spoil := range map[string]func(r *announcementResult){
		"":                   func(*announcementResult) {},
		"announcement-count": func(r *announcementResult) { r.Results = r.Results[:4] },
		"announcement-order": func(r *announcementResult) { slices.Reverse(r.Results) },
		"announcement-failed": func(r *announcementResult) {
			r.Results[1] = announcementOutcome{Customer: r.Results[1].Customer, Failed: "busy"}
		},
		"announcement-results": func(r *announcementResult) { r.Results[1].Receipt = "r-000000000000" },
		"announcement-fields":  func(r *announcementResult) { r.Told++ },
	} {
		var spoiled announcementResult
		if err := json.Unmarshal(expect.body, &spoiled); err != nil {
			t.Fatal(err)
		}
		spoil(&spoiled)
		got := ""
		if fault := expect.check(Answer{Status: 200, ContentType: mediaJSON, Body: mustJSON(spoiled)}); fault != nil {
			got = fault.Rule
		}
		if got != rule {
			t.Errorf("rule %q, want %q", got, rule)
		}
	}
}

func TestAnnouncementsAreWellFormedAndABurstHasWholeListsOnly(t *testing.T) {
	for shape, sends := range map[string]int64{Burst: 50, Small: smallFirst, Large: largeFirst, Default: 0, Heldout: 0} {
		p := newAnnouncements(Options{Name: "announcements", Seed: 2, ShopSeed: 1, Shape: shape, Thorough: shape == Default})
		for stream, n := p.Stream(), 0; n < 5000; n++ {
			request := stream.Next()
			var body announcementBody
			if Messages(request) == 0 || json.Unmarshal(request.Body, &body) != nil {
				continue
			}
			if body.Text == "" || len(body.Text) > 160 || sends > 0 && Messages(request) != sends {
				t.Fatalf("%s asks for %d messages: %s", shape, Messages(request), request.Body)
			}
		}
	}
}

func TestARefusalSaysWhenToComeAgain(t *testing.T) {
	busy := Answer{Status: http.StatusTooManyRequests, ContentType: mediaJSON, RetryAfter: "1", Body: []byte(`{"error":{"code":"busy","message":"later"}}`)}
	if !IsRefusal(busy) {
		t.Error("a refusal isn't seen")
	}
	for name, spoil := range map[string]func(a *Answer){
		"status":      func(a *Answer) { a.Status = 503 },
		"no time":     func(a *Answer) { a.RetryAfter = "" },
		"no seconds":  func(a *Answer) { a.RetryAfter = "soon" },
		"now":         func(a *Answer) { a.RetryAfter = "0" },
		"other error": func(a *Answer) { a.Body = []byte(strings.ReplaceAll(string(a.Body), "busy", "full")) },
	} {
		answer := busy
		spoil(&answer)
		if IsRefusal(answer) {
			t.Errorf("%s: taken for a refusal", name)
		}
	}
}

func TestCapacityUsedAllowsForABusyMachine(t *testing.T) {
	for _, c := range []struct {
		name                  string
		slots, millis, atMost float64
		want                  float64
	}{
		{"quiet", 31, 10, 32, 0.97},
		{"busy", 20, 16, 32, 1},
		{"half", 16, 10, 16, 0.5},
		{"half and busy", 15, 20, 16, 0.5},
		{"seldom all", 12, 10, 32, 0.375},
		{"idle", 0, 10, 32, 0},
	} {
		const second = 1_000_000_000
		used := CapacityUsed(Pushed{Sent: 7, SlotNanos: 5, Nanos: 3}, Pushed{
			Sent: 7 + int64(c.slots*1000/c.millis), SlotNanos: 5 + int64(c.slots*second), Nanos: 3 + second, MostInFlight: int64(c.atMost),
		})
		if used < c.want-0.01 || used > c.want+0.01 {
			t.Errorf("%s: %.3f, want %.3f", c.name, used, c.want)
		}
	}
}

func TestTheJudgeComparesAnswersWithWhatWentOut(t *testing.T) {
	p := newAnnouncements(Options{Name: "announcements", Seed: 2, ShopSeed: 1, Shape: Default, Thorough: true}).(*announcementsPlan)
	for lost, pass := range map[int64]bool{0: true, 1: false, -1: false} {
		sent := int64(100)
		access := Access{Target: func(context.Context, *Request) (Answer, error) {
			return Answer{Status: http.StatusOK, Body: mustJSON(Pushed{Sent: sent})}, nil
		}}
		judge, err := p.Judge(context.Background(), access)
		if err != nil {
			t.Fatal(err)
		}
		for _, request := range p.whole[:3] {
			answer, _ := request.Example()
			if fault := judge.End(judge.Begin(request), request, answer); fault != nil {
				t.Fatalf("%+v", fault)
			}
			sent += Messages(request)
		}
		sent -= lost
		invariants, err := judge.Close(context.Background())
		if last := invariants[len(invariants)-1]; err != nil || last.ID != "told-once" || last.Pass != pass {
			t.Errorf("%d lost: %+v, %v", lost, last, err)
		}
	}
}
