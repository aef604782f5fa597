package scenario

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"testing"
)

// homeOf answers with a trail of the visitor's pages, by their indices, newest first.
func homeOf(ask *homeAsk, views int, trail ...int) Answer {
	got := map[string]any{"visitor": ask.visitor.id, "region": ask.visitor.region, "views": views}
	pages := []string{}
	for _, at := range trail {
		pages = append(pages, ask.visitor.pages[at])
	}
	got["trail"] = pages
	offers := []map[string]any{}
	for _, sku := range ask.model.offersOf(ask.visitor, views) {
		p, _ := ask.model.shop.Product(sku)
		offers = append(offers, map[string]any{"sku": sku, "title": p.Title, "priceCents": p.PriceCents})
	}
	got["offers"] = offers
	text, _ := json.Marshal(got)
	return Answer{Status: http.StatusOK, ContentType: mediaJSON, Body: text}
}

// someone is a visitor of a thorough plan who stays, and the requests for all of their pages.
func someone(t *testing.T) (Judge, []*Request) {
	t.Helper()
	plan := mustPlan(t, Options{Name: "sessions", Seed: 5, ShopSeed: 1, Shape: Default, Thorough: true}).(*sessionsPlan)
	d := newDice(1, "someone")
	w := plan.model.newVisitor(&d, visits{longest: 100, pages: [2]int{20, 40}})
	var requests []*Request
	for i := range w.pages {
		requests = append(requests, plan.ask(w, i))
	}
	judge, err := plan.Judge(context.Background(), Access{})
	if err != nil {
		t.Fatal(err)
	}
	return judge, requests
}

func end(j Judge, r *Request, views int, trail ...int) *Fault {
	return j.End(Ticket{}, r, homeOf(r.expect.(*homeAsk), views, trail...))
}

func TestATrailIsWhatTheVisitorDidSinceTheSessionBegan(t *testing.T) {
	for name, c := range map[string]struct {
		views int
		trail []int
		right bool
	}{
		"all of it":                       {4, []int{3, 2, 1, 0}, true},
		"since the session began anew":    {2, []int{3, 2}, true},
		"a new session":                   {1, []int{3}, true},
		"one left out":                    {3, []int{3, 1, 0}, false},
		"the wrong order":                 {3, []int{3, 1, 2}, false},
		"without this page":               {2, []int{2, 1}, false},
		"with one twice":                  {3, []int{3, 2, 2}, false},
		"with what hasn't been asked yet": {3, []int{3, 4, 2}, false},
		"more views than pages":           {3, []int{3, 2}, false},
	} {
		judge, requests := someone(t)
		for i := range 3 {
			judge.Begin(requests[i])
			if fault := end(judge, requests[i], 1, i); fault != nil {
				t.Fatal(fault)
			}
		}
		judge.Begin(requests[3])
		if fault := end(judge, requests[3], c.views, c.trail...); (fault == nil) != c.right {
			t.Errorf("%s: %v", name, fault)
		}
	}
}

func TestRequestsAtTheSameTimeMayHaveEitherOrder(t *testing.T) {
	for _, trail := range [][]int{{2, 1, 0}, {2, 0, 1}, {2, 0}, {2, 1}, {2}} {
		judge, requests := someone(t)
		judge.Begin(requests[0])
		judge.Begin(requests[1])
		first := end(judge, requests[1], 1, 1)
		judge.Begin(requests[2])
		second := end(judge, requests[0], 2, 0, 1)
		if fault := end(judge, requests[2], len(trail), trail...); first != nil || second != nil || fault != nil {
			t.Errorf("%v: %v, %v, %v", trail, first, second, fault)
		}
	}
}

func TestOnlyWhoHasLeftAndComesBackCanBeKnown(t *testing.T) {
	judge, requests := someone(t)
	counts := func() [2]uint64 {
		returns := judge.(Returning).Returns()
		return [2]uint64{returns.Soon, returns.SoonKnown}
	}
	judge.Begin(requests[0])
	judge.Begin(requests[1])
	end(judge, requests[0], 1, 0)
	end(judge, requests[1], 2, 1, 0)
	if counts() != [2]uint64{0, 0} {
		t.Errorf("%v while the first visit was in flight", counts())
	}
	judge.Begin(requests[2])
	end(judge, requests[2], 3, 2, 1, 0)
	judge.Begin(requests[3])
	end(judge, requests[3], 1, 3)
	judge.Begin(requests[4])
	end(judge, requests[4], 2, 4, 0) // wrong, and so no proof
	if counts() != [2]uint64{3, 1} {
		t.Errorf("%v returned and were known, want 3 and 1", counts())
	}
}

func TestVisitorsReturnAsTheirShapeSays(t *testing.T) {
	plan := mustPlan(t, Options{Name: "sessions", Seed: 9, ShopSeed: 1, Shape: Default})
	stream, lastTurn := plan.Stream(), map[string]int{}
	near, far, first, refused := 0, 0, 0, 0
	for turn := range 8000 {
		ask, ok := stream.Next().expect.(*homeAsk)
		if !ok {
			refused++
			continue
		}
		last, back := lastTurn[ask.visitor.id]
		lastTurn[ask.visitor.id] = turn
		switch gap := turn - last; {
		case !back:
			first++
		case gap >= farGap[0]:
			far++
		case gap <= 330: // a turn that is taken moves the next one by some
			near++
		default:
			t.Errorf("a visitor was back after %d requests", gap)
		}
	}
	if first < 4000 || near < 2000 || far < 200 || refused < 150 {
		t.Errorf("%d first, %d near, %d far, %d refused", first, near, far, refused)
	}
}

func TestTheJudgeForgetsVisitorsWhoHaveGone(t *testing.T) {
	judge, requests := someone(t)
	for i, r := range requests {
		judge.Begin(r)
		if i%2 == 0 {
			end(judge, r, 1, i)
		} else {
			judge.Lost(Ticket{}, r)
		}
	}
	if left := len(judge.(*sessionsJudge).seen); left != 0 {
		t.Errorf("%d visitors are left", left)
	}
}

func TestPagesAreWithinTheirBoundsAndDiffer(t *testing.T) {
	for shape, v := range visitsOf {
		plan := mustPlan(t, Options{Name: "sessions", Seed: 2, ShopSeed: 1, Shape: shape})
		stream := plan.Stream()
		for range 500 {
			if ask, ok := stream.Next().expect.(*homeAsk); ok {
				for i, page := range ask.visitor.pages {
					if len(page) < v.pages[0] || len(page) > maxPage || slices.Contains(ask.visitor.pages[:i], page) {
						t.Errorf("%s: page %d of %d bytes", shape, i, len(page))
					}
				}
			}
		}
	}
}

func TestWhoIsBackTooLateIsCountedApart(t *testing.T) {
	plan := mustPlan(t, Options{Name: "sessions", Seed: 5, ShopSeed: 1, Shape: Default}).(*sessionsPlan)
	d := newDice(1, "late")
	w := plan.model.newVisitor(&d, visits{far: 100, pages: [2]int{20, 40}})
	judge, err := plan.Judge(context.Background(), Access{})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 2 {
		r := plan.ask(w, i)
		judge.Begin(r)
		end(judge, r, i+1, []int{1, 0}[1-i:]...)
	}
	if returns := judge.(Returning).Returns(); returns != (Returns{Late: 1, LateKnown: 1}) {
		t.Errorf("%+v", returns)
	}
}
