package scenario

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"bazaar/internal/shop"
)

func TestAWrongAlertIsNamedByWhatIsWrongWithIt(t *testing.T) {
	ada, ivo, eve := alertMessage{"C-00001", "mail", "m-1", 5}, alertMessage{"C-00002", "push", "m-2", 6}, alertMessage{"C-00003", "mail", "m-1", 5}
	want := mustJSON(alertAnswer{Event: "price-drop", SKU: "KT-0001", Messages: []alertMessage{ada, ivo}})
	for rule, seen := range map[string]alertAnswer{
		"alert-count":    {Event: "price-drop", SKU: "KT-0001", Messages: []alertMessage{ada}},
		"alert-messages": {Event: "price-drop", SKU: "KT-0001", Messages: []alertMessage{ada, eve}},
		"alert-order":    {Event: "price-drop", SKU: "KT-0001", Messages: []alertMessage{ivo, ada}},
		"alert-fields":   {Event: "last-pieces", SKU: "KT-0001", Messages: []alertMessage{ada, ivo}},
	} {
		if got := explainAlert(want, mustJSON(seen)); got != rule {
			t.Errorf("%s is called %s", rule, got)
		}
	}
}

func TestAFailedAlertMayNameAnyOfThoseWhomItFailedFor(t *testing.T) {
	expect := &failedAlert{[]notTold{{"C-00001", "mail", "address-refused"}, {"C-00002", "push", "message-too-long"}}}
	for body, rule := range map[string]string{
		`"customer":"C-00001","channel":"mail","reason":"address-refused"`:  "",
		`"customer":"C-00002","channel":"push","reason":"message-too-long"`: "",
		`"customer":"C-00002","channel":"push","reason":"address-refused"`:  "alert-failed-for",
		`"customer":"C-00003","channel":"mail","reason":"address-refused"`:  "alert-failed-for",
		`"customer":5`: "not-json",
	} {
		answer := Answer{Status: 422, ContentType: mediaJSON, Body: []byte(`{"error":{"code":"not-delivered","message":"no"},` + body + `}`)}
		got := ""
		if fault := expect.check(answer); fault != nil {
			got = fault.Rule
		}
		if got != rule {
			t.Errorf("%s breaks %q, want %q", body, got, rule)
		}
	}
}

func TestNoFailingAlertCanSucceedAndNoneComesTwice(t *testing.T) {
	plan := mustPlan(t, Options{Name: "notify", Seed: 4, ShopSeed: 1, Shape: Failing, Thorough: true}).(*notifyPlan)
	reasons, seen := map[string]int{}, map[string]bool{}
	stream := plan.Stream()
	for range 1200 {
		request := stream.Next()
		failed, ok := request.expect.(*failedAlert)
		if !ok || seen[string(request.Body)] {
			t.Fatalf("%s: expected is %s", request.Body, request.Expected())
		}
		seen[string(request.Body)] = true
		reasons[failed.failed[0].Reason]++
		var body alertBody
		if err := json.Unmarshal(request.Body, &body); err != nil || len(plan.model.watchers[body.SKU]) < leastFailing {
			t.Errorf("%s has %d watchers: %v", request.Body, len(plan.model.watchers[body.SKU]), err)
		}
	}
	if reasons["address-refused"] < 600 || reasons["message-too-long"] < 200 {
		t.Errorf("%v", reasons)
	}
}

func TestThoroughAlertsMeetTheLongestPush(t *testing.T) {
	plan := mustPlan(t, Options{Name: "notify", Seed: 4, ShopSeed: 1, Shape: Default, Thorough: true}).(*notifyPlan)
	longest := slices.ContainsFunc(plan.delivered, func(r *Request) bool {
		return strings.Contains(r.Expected(), `"channel":"push"`) && strings.Contains(r.Expected(), `"bytes":320}`)
	})
	if !longest {
		t.Error("no push has 320 bytes")
	}
}

func TestTheModelKnowsWhoseAddressIsOfNoUse(t *testing.T) {
	m := newNotifyModel(shop.New(1))
	if part := float64(len(m.stale)) / shop.ProductCount; part < 0.08 || part > 0.2 {
		t.Errorf("%.0f %% of the products have a watcher who can't be told", 100*part)
	}
	if len(m.popular) < 100 {
		t.Errorf("%d products for the shapes of sizes", len(m.popular))
	}
}
