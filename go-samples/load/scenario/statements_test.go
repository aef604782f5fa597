package scenario

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
)

// thoroughStatements is shared: the codes of its lines take a while.
var thoroughStatements = sync.OnceValue(func() *statementsPlan {
	return newStatements(Options{Name: "statements", Seed: 9, ShopSeed: 1, Shape: Default, Thorough: true}).(*statementsPlan)
})

func TestAWrongStatementIsNamedByWhatIsWrongWithIt(t *testing.T) {
	p := thoroughStatements()
	customer := p.accounts(source(1, "test"), 5, 1)[0]
	right := p.model.statement(customer, 5, "")
	for rule, spoil := range map[string]func(s *statementResult){
		"":                   func(*statementResult) {},
		"statement-customer": func(s *statementResult) { s.Customer = "C-00000" },
		"statement-lines":    func(s *statementResult) { s.Lines = s.Lines[:4] },
		"statement-order":    func(s *statementResult) { slices.Reverse(s.Lines) },
		"statement-line":     func(s *statementResult) { s.Lines[2].State = "refunded" },
		"statement-code":     func(s *statementResult) { s.Lines[2].Code = "AAAAAAAA" },
		"statement-total":    func(s *statementResult) { s.SettledCents++ },
	} {
		spoiled := right
		spoiled.Lines = slices.Clone(right.Lines)
		spoil(&spoiled)
		a := Answer{Status: 200, ContentType: mediaJSON, Body: mustJSON(spoiled)}
		got := ""
		if fault := p.model.answer(customer, 5, "").check(a); fault != nil {
			got = fault.Rule
		}
		if got != rule {
			t.Errorf("rule %q, want %q", got, rule)
		}
	}
}

func TestContestedStatementsHaveBothReasonsCloseTogether(t *testing.T) {
	p, seen := thoroughStatements(), map[string]int{}
	for _, request := range p.failing {
		customer, last := askedFor(request)
		first := p.model.failing(customer, last)
		if first < 0 || p.model.reason(customer, first) != request.expect.(refusal).code {
			t.Fatalf("%s expects %v, and order %d fails", request.Path, request.expect, first)
		}
		for second := first + 1; second < min(first+4, last, len(p.model.newest[customer])); second++ {
			if other := p.model.reason(customer, second); other != "" && other != p.model.reason(customer, first) {
				seen[p.model.reason(customer, first)]++
			}
		}
	}
	if seen[codeNoCharge] == 0 || seen[codeDisputed] == 0 {
		t.Errorf("statements with two reasons, by the newer one: %v", seen)
	}
}

// askedFor reads a request's customer and number of lines back.
func askedFor(request *Request) (string, int) {
	last := smallLines
	path := strings.TrimSuffix(strings.TrimPrefix(request.Path, "/customers/"), "/statement")
	customer, query, found := strings.Cut(path, "/statement?last=")
	if found {
		fmt.Sscan(query, &last)
	}
	return customer, last
}

func TestStatementsThatMustBeMadeHaveNoContestedOrder(t *testing.T) {
	// With this seed an account's eleventh order is one that payments can't vouch for.
	p := newStatements(Options{Name: "statements", Seed: 1654629962, ShopSeed: 1, Shape: Heldout, Thorough: true}).(*statementsPlan)
	for _, request := range slices.Concat(p.answers, p.short) {
		customer, last := askedFor(request)
		if at := p.model.failing(customer, last); at >= 0 {
			t.Errorf("%s must be made, and its order %d fails", request.Path, at)
		}
	}
}

func TestStatementsOfASizeAreNeverContested(t *testing.T) {
	for shape, lines := range map[string]int{Small: smallLines, Large: largeLines} {
		p := newStatements(Options{Name: "statements", Seed: 2, ShopSeed: 1, Shape: shape}).(*statementsPlan)
		for stream, n := p.Stream(), 0; n < 100; n++ {
			expect, ok := stream.Next().expect.(*statementAnswer)
			if !ok || expect.lines != int64(lines) {
				t.Fatalf("%s asks for %v", shape, expect)
			}
		}
	}
}

// statementDesk answers statements rightly, or with what it has kept, and is its own bank.
type statementDesk struct {
	model    *statementModel
	keeps    bool
	kept     map[string]Answer
	refunded string
	lookUps  int
}

func (d *statementDesk) target(_ context.Context, r *Request) (Answer, error) {
	if a, known := d.kept[r.Path]; known && d.keeps {
		return a, nil
	}
	var customer string
	var last int
	if _, err := fmt.Sscanf(r.Path, "/customers/%7s/statement?last=%d", &customer, &last); err != nil {
		return Answer{}, err
	}
	d.lookUps += last
	a := Answer{Status: http.StatusOK, ContentType: mediaJSON, Body: mustJSON(d.model.statement(customer, last, d.refunded))}
	d.kept[r.Path] = a
	return a, nil
}

func (d *statementDesk) payments(_ context.Context, r *Request) (Answer, error) {
	switch {
	case r.Path == "/ledger":
		body, err := json.Marshal(map[string]int{"lookupCount": d.lookUps})
		return Answer{Status: http.StatusOK, Body: body}, err
	case r.Path != "/ledger/reset":
		d.refunded = strings.TrimSuffix(strings.TrimPrefix(r.Path, "/charges/"), "/refund")
	}
	return Answer{Status: http.StatusNoContent}, nil
}

func TestWhatWasKeptIsMissedByCallsAndByRefunds(t *testing.T) {
	p := thoroughStatements()
	for _, keeps := range []bool{false, true} {
		d := &statementDesk{model: p.model, keeps: keeps, kept: map[string]Answer{}}
		judge, err := p.Judge(context.Background(), Access{Target: d.target, Payments: d.payments})
		if err != nil {
			t.Fatal(err)
		}
		request := p.request(source(1, "test"), p.accounts(source(2, "test"), 3, 1)[0], 3)
		for range 2 {
			answer, _ := d.target(context.Background(), request)
			if fault := judge.End(judge.Begin(request), request, answer); fault != nil {
				t.Errorf("keeps %v: %+v", keeps, fault)
			}
		}
		invariants, err := judge.Close(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		passed := map[string]bool{}
		for _, i := range invariants {
			passed[i.ID] = i.Pass
		}
		if len(passed) != 3 || passed["looked-up"] == keeps || passed["refund-seen"] == keeps || !passed["statements"] {
			t.Errorf("keeps %v: %+v", keeps, invariants)
		}
	}
}
