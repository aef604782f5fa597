package scenario

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
)

var names = []string{"search", "reports", "catalog", "checkout", "gateway", "notify", "sessions", "statements", "exports", "announcements", "sheets", "books"}

func TestTheSeedAloneDecidesTheRequests(t *testing.T) {
	for _, name := range names {
		for _, thorough := range []bool{false, true} {
			o := Options{Name: name, Seed: 11, ShopSeed: 1, Shape: Default, Thorough: thorough}
			first, again := sent(mustPlan(t, o).Stream(), 3000), sent(mustPlan(t, o).Stream(), 3000)
			if !slices.Equal(first, again) {
				t.Errorf("%+v: the same seed gave other requests", o)
			}
			o.Seed = 12
			if other := sent(mustPlan(t, o).Stream(), 3000); slices.Equal(first, other) {
				t.Errorf("%s: another seed gave the same requests", name)
			}
		}
	}
}

func TestACloneGoesOnWithTheSameRequests(t *testing.T) {
	for _, name := range names {
		stream := mustPlan(t, Options{Name: name, Seed: 3, ShopSeed: 1, Shape: Default}).Stream()
		sent(stream, 777)
		clone := stream.Clone()
		if !slices.Equal(sent(stream, 2000), sent(clone, 2000)) {
			t.Errorf("%s: the clone went its own way", name)
		}
	}
}

func TestShapesAskForDifferentThings(t *testing.T) {
	for _, name := range names {
		seen := map[string]string{}
		for _, shape := range []string{Default, Heldout, Small, Large} {
			plan := mustPlan(t, Options{Name: name, Seed: 3, ShopSeed: 1, Shape: shape})
			text := fmt.Sprint(sent(plan.Stream(), 50))
			if earlier, same := seen[text]; same {
				t.Errorf("%s: shapes %s and %s send the same", name, earlier, shape)
			}
			seen[text] = shape
		}
	}
}

func TestThoroughReportsMeetEveryLength(t *testing.T) {
	for shape, requests := range map[string]int{Default: 5000, Heldout: 1500} {
		plan := mustPlan(t, Options{Name: "reports", Seed: 4, ShopSeed: 1, Shape: shape, Thorough: true})
		most := 0
		for stream := plan.Stream(); requests > 0; requests-- {
			if answer, ok := stream.Next().expect.(*csvAnswer); ok {
				most = max(most, bytes.Count(answer.body, []byte("\n"))-1)
			}
		}
		if most < 2500 { // a note may have a line break
			t.Errorf("%s: the longest CSV has %d lines, want 2500 and more", shape, most)
		}
	}
}

func TestStockIsPutBackAsItIsSold(t *testing.T) {
	plan := mustPlan(t, Options{Name: "checkout", Seed: 5, ShopSeed: 1, Shape: Default}).(*checkoutPlan)
	stream, gone := plan.Stream(), make([]int, len(plan.shelves))
	declined, orders := 0, 0
	for range 60_000 {
		switch e := stream.Next().expect.(type) {
		case *order:
			orders++
			if e.declined {
				declined++
			} else {
				gone[e.shelf] += e.quantity
			}
		case *restock:
			gone[e.shelf] -= e.add
		}
	}
	for i, n := range gone {
		if n < 0 || n >= 2*restockLot {
			t.Errorf("%d pieces of %s are missing, and it starts with %d", n, plan.shelves[i].sku, plan.shelves[i].initial)
		}
	}
	if share := 100 * declined / orders; share < 5 || share > 10 {
		t.Errorf("%d %% of the orders have a declined card, want 5 to 10", share)
	}
}

func TestUnknownNamesAndShapesAreRefused(t *testing.T) {
	for _, o := range []Options{{Name: "billing", Shape: Default}, {Name: "search", Shape: "odd"}, {Name: "search", Shape: Failing}, {Name: "search", Shape: Huge}, {Name: "notify", Shape: Burst}, {}} {
		if _, err := New(o); err == nil {
			t.Errorf("%+v made a plan", o)
		}
	}
}

func mustPlan(t *testing.T, o Options) Plan {
	t.Helper()
	plan, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func sent(s Stream, n int) []string {
	lines := make([]string, n)
	for i := range lines {
		r := s.Next()
		lines[i] = fmt.Sprintf("%s %s %s %s", r.Method, r.Path, r.Tenant, r.Body)
	}
	return lines
}
