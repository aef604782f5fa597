package behave

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"bazaar/load/event"
	"bazaar/load/lane"
	"bazaar/load/scenario"
)

func TestARightServiceHasNothingWrong(t *testing.T) {
	for _, name := range []string{"search", "reports", "catalog", "notify", "sheets"} {
		plan := planOf(t, name)
		mustBeRight(t, behave(t, plan, replay(t, plan, nil), ""))
	}
	url, payments := newCheckout(t, faults{})
	mustBeRight(t, behave(t, planOf(t, "checkout"), url, payments))
}

func TestEveryWrongCheckoutIsCaughtByARuleWithAName(t *testing.T) {
	cases := map[string]struct {
		faults
		rule string
	}{
		"sells more than there is":            {faults{oversell: true}, "oversold"},
		"keeps the pieces of declined orders": {faults{keepDeclined: true}, "declined-undone"},
		"does not charge every order":         {faults{skipCharge: true}, "orders-charged"},
		"charges some orders twice":           {faults{chargeTwice: true}, "charged-once"},
		"charges before it looks at stock":    {faults{chargeFirst: true}, "charges-ordered"},
		"charges a cent less":                 {faults{wrongAmount: true}, "charged-amount"},
		"accepts declined cards":              {faults{trustCards: true}, "accepted-declined-card"},
		"is always out of stock":              {faults{alwaysSoldOut: true}, "stock-was-there"},
		"accepts any quantity":                {faults{anyQuantity: true}, "must-refuse"},
		"accepts any customer":                {faults{anyCustomer: true}, "must-refuse"},
		"uses an order number again":          {faults{sameNumber: true}, "order-number-twice"},
		"never takes pieces from stock":       {faults{forgetStock: true}, "stock-conserved"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			url, payments := newCheckout(t, c.faults)
			mustBreak(t, behave(t, planOf(t, "checkout"), url, payments), c.rule)
		})
	}
}

func TestEveryWrongSearchIsCaughtByARuleWithAName(t *testing.T) {
	plan := planOf(t, "search")
	var first scenario.Answer
	var once sync.Once
	cases := map[string]struct {
		spoil func(r *http.Request, a *scenario.Answer)
		rule  string
	}{
		"validates nothing": {func(_ *http.Request, a *scenario.Answer) {
			if a.Status == 400 {
				*a = scenario.Answer{Status: 200, ContentType: "application/json", Body: []byte(`{"query":"","total":0,"hits":[]}`)}
			}
		}, "must-refuse"},
		"refuses with another code": {replace(400, "bad-query", "bad"), "error-code"},
		"answers as the first time": {func(_ *http.Request, a *scenario.Answer) {
			if a.Status == 200 {
				once.Do(func() { first = *a })
				*a = first
			}
		}, "search-query"},
		"finds nothing": {func(_ *http.Request, a *scenario.Answer) {
			edit(a, func(result map[string]any) { result["total"], result["hits"] = 0, []any{} })
		}, "search-total"},
		"sorts the other way round": {func(_ *http.Request, a *scenario.Answer) {
			edit(a, func(result map[string]any) { slices.Reverse(result["hits"].([]any)) })
		}, "search-order"},
		"scores differently": {replace(200, `"score":1`, `"score":2`), "search-hits"},
		"forgets the prices": {replace(200, `"priceCents":`, `"price":`), "search-hits"},
		"breaks down now and then": {func(r *http.Request, a *scenario.Answer) {
			if strings.Contains(r.URL.RawQuery, "limit=1") {
				a.Status = 500
			}
		}, "server-error"},
		"calls it text": {func(_ *http.Request, a *scenario.Answer) { a.ContentType = "text/plain" }, "content-type"},
		"says half":     {func(_ *http.Request, a *scenario.Answer) { a.Body = a.Body[:len(a.Body)/2] }, "not-json"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			mustBreak(t, behave(t, plan, replay(t, plan, c.spoil), ""), c.rule)
		})
	}
}

func TestEveryWrongReportIsCaughtByARuleWithAName(t *testing.T) {
	plan := planOf(t, "reports")
	cases := map[string]struct {
		spoil func(r *http.Request, a *scenario.Answer)
		rule  string
	}{
		"does not quote":           {replace(200, `"`, ``), "csv-quoting"},
		"does not double quotes":   {replace(200, `""`, `"`), "csv-quoting"},
		"ends lines as on Windows": {replaceCSV("\n", "\r\n"), "csv-bytes"},
		"names columns otherwise":  {replaceCSV("priceCents", "price"), "csv-header"},
		"leaves out the last row": {func(_ *http.Request, a *scenario.Answer) {
			if a.ContentType == "text/csv" {
				a.Body = a.Body[:bytes.LastIndexByte(a.Body[:len(a.Body)-1], '\n')+1]
			}
		}, "csv-rows"},
		"changes a field":         {replaceCSV(",2025-", ",2024-"), "csv-fields"},
		"adds up wrongly":         {replace(200, `"revenueCents":`, `"revenueCents":1`), "summary-values"},
		"knows any region":        {func(_ *http.Request, a *scenario.Answer) { a.Status = min(a.Status, 400) }, "status"},
		"shows all for no region": {func(_ *http.Request, a *scenario.Answer) { a.Status = 200 }, "must-refuse"},
		"refuses everything":      {func(_ *http.Request, a *scenario.Answer) { a.Status = 400 }, "must-accept"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			mustBreak(t, behave(t, plan, replay(t, plan, c.spoil), ""), c.rule)
		})
	}
}

func TestEveryWrongAlertIsCaughtByARuleWithAName(t *testing.T) {
	plan := planOf(t, "notify")
	cases := map[string]struct {
		spoil func(r *http.Request, a *scenario.Answer)
		rule  string
	}{
		"sends something else":    {replace(200, `"id":"m-00`, `"id":"m-11`), "alert-messages"},
		"blames somebody else":    {replace(422, `"customer":"C-0`, `"customer":"C-1`), "alert-failed-for"},
		"blames the wrong reason": {replace(422, "address-refused", "message-too-long"), "alert-failed-for"},
		"ignores failures": {func(_ *http.Request, a *scenario.Answer) {
			if a.Status == 422 {
				a.Status = 200
			}
		}, "must-refuse"},
		"sheds failures": {func(_ *http.Request, a *scenario.Answer) {
			if a.Status == 422 {
				a.Status = 429
			}
		}, "status"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			mustBreak(t, behave(t, plan, replay(t, plan, c.spoil), ""), c.rule)
		})
	}
}

func TestAServiceThatIsGoneEndsTheRunEarly(t *testing.T) {
	gone := serve(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	result := behave(t, planOf(t, "search"), gone, "")
	if result.Errors == 0 || result.Errors != result.Requests || result.Requests > 4*giveUpAfter {
		t.Errorf("%d errors in %d requests, want all of a few", result.Errors, result.Requests)
	}
}

const requests = 2500

func behave(t *testing.T, plan scenario.Plan, url, payments string) event.Behaved {
	t.Helper()
	return behaveFor(t, requests, plan, url, payments)
}

func behaveFor(t *testing.T, requests int, plan scenario.Plan, url, payments string) event.Behaved {
	t.Helper()
	var out bytes.Buffer
	err := Run(context.Background(), Options{
		Plan: plan, Target: lane.Endpoint{Name: "candidate", URL: url, Payments: payments},
		Requests: requests, Concurrency: 8,
	}, event.NewWriter(&out))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	var result event.Behaved
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &result); err != nil || result.Event != "behaved" {
		t.Fatalf("the last line is %q: %v", lines[len(lines)-1], err)
	}
	return result
}

var plans = map[string]scenario.Plan{}

func planOf(t *testing.T, name string) scenario.Plan {
	t.Helper()
	if plans[name] == nil {
		plan, err := scenario.New(scenario.Options{Name: name, Seed: 5, ShopSeed: 1, Shape: scenario.Default, Thorough: true})
		if err != nil {
			t.Fatal(err)
		}
		plans[name] = plan
	}
	return plans[name]
}

func mustBeRight(t *testing.T, result event.Behaved) {
	t.Helper()
	if result.Requests != requests || result.Wrong != 0 || result.Errors != 0 || len(result.Invariants) == 0 {
		t.Errorf("requests %d, wrong %d, errors %d, examples %+v", result.Requests, result.Wrong, result.Errors, result.Examples)
	}
	for _, invariant := range result.Invariants {
		if !invariant.Pass {
			t.Errorf("invariant %+v", invariant)
		}
	}
}

// mustBreak wants a rule among the examples or the invariants that failed.
func mustBreak(t *testing.T, result event.Behaved, rule string) {
	t.Helper()
	broken := map[string]bool{}
	for _, example := range result.Examples {
		broken[example.Rule] = true
	}
	failed := 0
	for _, invariant := range result.Invariants {
		if !invariant.Pass {
			failed++
			broken[invariant.ID] = true
		}
	}
	if !broken[rule] || failed == 0 {
		t.Errorf("rule %s is not among the broken ones: %v", rule, broken)
	}
	t.Logf("wrong %d, broken %v", result.Wrong, broken)
}

func replace(status int, old, with string) func(*http.Request, *scenario.Answer) {
	return func(_ *http.Request, a *scenario.Answer) {
		if a.Status == status {
			a.Body = bytes.ReplaceAll(a.Body, []byte(old), []byte(with))
		}
	}
}

func replaceCSV(old, with string) func(*http.Request, *scenario.Answer) {
	return func(_ *http.Request, a *scenario.Answer) {
		if a.ContentType == "text/csv" {
			a.Body = bytes.ReplaceAll(a.Body, []byte(old), []byte(with))
		}
	}
}

func edit(a *scenario.Answer, change func(result map[string]any)) {
	var result map[string]any
	if a.Status != 200 || json.Unmarshal(a.Body, &result) != nil {
		return
	}
	change(result)
	a.Body, _ = json.Marshal(result)
}
