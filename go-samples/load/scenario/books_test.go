package scenario

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"bazaar/internal/shop"
)

// openBooks answers plainly and rightly for a few accounts, except for what spoil does.
type openBooks struct {
	plan     *booksPlan
	postings [][]shop.Posting
	balances []int64
	closed   []int
	closings int
	// spoil changes an answer before it is sent, or skips a posting.
	spoil struct {
		posting func(*postingAnswer)
		account func(*accountAnswer)
		sheet   func(*sheetAnswer)
		forget  bool // every fourth posting
	}
	asked int
}

// fewAccounts is shared: the year of an account takes a while.
var fewAccounts = sync.OnceValues(func() (*booksPlan, [][]shop.Posting) {
	plan := newBooks(Options{Name: "books", Seed: 5, ShopSeed: 1, Shape: Default, Thorough: true}).(*booksPlan)
	plan.accounts = plan.accounts[:3]
	var year [][]shop.Posting
	for _, account := range plan.accounts {
		year = append(year, slices.Clip(plan.shop.Postings(account)))
	}
	return plan, year
})

func newOpenBooks() *openBooks {
	plan, year := fewAccounts()
	b := &openBooks{plan: plan, postings: slices.Clone(year)}
	for _, postings := range year {
		balance := int64(0)
		for _, p := range postings {
			balance += int64(p.Cents)
		}
		b.balances, b.closed = append(b.balances, balance), append(b.closed, len(postings))
	}
	return b
}

func (b *openBooks) answer(r *Request) Answer {
	b.asked++
	status, body := http.StatusCreated, any(nil)
	switch e := r.expect.(type) {
	case *postingMade:
		if !b.spoil.forget || b.asked%4 != 1 {
			b.postings[e.account] = append(b.postings[e.account], e.posting)
			b.balances[e.account] += int64(e.posting.Cents)
		}
		got := postingAnswer{b.plan.accounts[e.account], len(b.postings[e.account]), b.balances[e.account]}
		if b.spoil.posting != nil {
			b.spoil.posting(&got)
		}
		body = got
	case *accountRead:
		got := accountAnswer{b.plan.accounts[e.account], len(b.postings[e.account]), b.balances[e.account]}
		if b.spoil.account != nil {
			b.spoil.account(&got)
		}
		status, body = http.StatusOK, got
	default:
		got := b.sheet()
		if b.spoil.sheet != nil {
			b.spoil.sheet(&got)
		}
		body = got
	}
	return Answer{Status: status, ContentType: mediaJSON, Body: mustJSON(body)}
}

func (b *openBooks) sheet() sheetAnswer {
	b.closings++
	s := sheetAnswer{Closing: b.closings}
	for i, account := range b.plan.accounts {
		f := newAccountTruth(b.postings[i]).upTo(len(b.postings[i]))
		line := sheetLineAnswer{
			Account: account, Postings: len(b.postings[i]), NewPostings: len(b.postings[i]) - b.closed[i],
			InCents: f.in, OutCents: f.out, BalanceCents: f.balance(), Seal: f.seal,
		}
		b.closed[i] = len(b.postings[i])
		s.add(line)
	}
	return s
}

func (s *sheetAnswer) add(line sheetLineAnswer) {
	s.Postings += line.Postings
	s.NewPostings += line.NewPostings
	s.BalanceCents += line.BalanceCents
	s.Lines = append(s.Lines, line)
}

// rules asks 40 things and has the rules that were broken, and the invariants that failed.
func (b *openBooks) rules(t *testing.T) []string {
	t.Helper()
	judge := newBooksJudge(b.plan, Access{Target: func(_ context.Context, r *Request) (Answer, error) { return b.answer(r), nil }})
	r := source(1, "test")
	var broken []string
	note := func(rule string) {
		if !slices.Contains(broken, rule) {
			broken = append(broken, rule)
		}
	}
	for i := range 40 {
		request := b.plan.newPosting(r, i%3)
		switch {
		case i%20 == 19:
			request = b.plan.Job()
		case i%4 == 3:
			request = b.plan.newReading(r, i/4%3)
		}
		ticket := judge.Begin(request)
		if fault := judge.End(ticket, request, b.answer(request)); fault != nil {
			note(fault.Rule)
		}
	}
	invariants, err := judge.Close(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, invariant := range invariants {
		if !invariant.Pass {
			note(invariant.ID)
		}
	}
	return broken
}

func TestRightBooksBreakNoRule(t *testing.T) {
	if broken := newOpenBooks().rules(t); len(broken) > 0 {
		t.Errorf("broken: %v", broken)
	}
}

func TestWrongBooksAreNamedByWhatIsWrong(t *testing.T) {
	var kept *sheetAnswer
	for rule, spoil := range map[string]func(b *openBooks){
		"posting-account": func(b *openBooks) { b.spoil.posting = func(p *postingAnswer) { p.Account = "4099" } },
		"posting-number":  func(b *openBooks) { b.spoil.forget = true },
		"balances":        func(b *openBooks) { b.spoil.posting = func(p *postingAnswer) { p.BalanceCents++ } },
		"account-name":    func(b *openBooks) { b.spoil.account = func(a *accountAnswer) { a.Account = "" } },
		"account-stale":   func(b *openBooks) { b.spoil.account = func(a *accountAnswer) { a.Postings -= 3 } },
		"account-ahead":   func(b *openBooks) { b.spoil.account = func(a *accountAnswer) { a.Postings++ } },
		"sheet-lines":     func(b *openBooks) { b.spoil.sheet = func(s *sheetAnswer) { s.Lines = s.Lines[:2] } },
		"sheet-ahead":     func(b *openBooks) { b.spoil.sheet = func(s *sheetAnswer) { s.Lines[1].Postings++ } },
		"sheet-totals":    func(b *openBooks) { b.spoil.sheet = func(s *sheetAnswer) { s.NewPostings-- } },
		"sheet-seal":      func(b *openBooks) { b.spoil.sheet = func(s *sheetAnswer) { s.Lines[2].Seal = "" } },
		"sheet-seals":     func(b *openBooks) { b.spoil.sheet = func(s *sheetAnswer) { s.Lines[2].Seal = strings.Repeat("0", 64) } },
		"closing-number":  func(b *openBooks) { b.spoil.sheet = func(s *sheetAnswer) { s.Closing = 1 } },
		"sheet-stale": func(b *openBooks) {
			kept = nil
			b.spoil.sheet = func(s *sheetAnswer) {
				if kept == nil {
					kept = &sheetAnswer{}
					*kept = *s
				}
				*s = *kept
			}
		},
		"sheet-figures": func(b *openBooks) {
			b.spoil.sheet = func(s *sheetAnswer) {
				s.Lines[0].InCents, s.Lines[0].OutCents = s.Lines[0].InCents+5, s.Lines[0].OutCents+5
			}
		},
		"new-once": func(b *openBooks) { b.closed[1] -= 2 },
	} {
		b := newOpenBooks()
		spoil(b)
		if broken := b.rules(t); !slices.Contains(broken, rule) {
			t.Errorf("%s isn't among the broken: %v", rule, broken)
		}
	}
}

func TestPostingsMadeMeanwhileMayBeOnTheSheet(t *testing.T) {
	b := newOpenBooks()
	judge := newBooksJudge(b.plan, Access{})
	posting, closing := b.plan.newPosting(source(1, "test"), 1), b.plan.Job()
	for _, first := range []*Request{posting, closing} {
		// Both are under way at the same time, and either may be made first.
		begunPosting, begunClosing := judge.Begin(posting), judge.Begin(closing)
		answers := map[*Request]Answer{first: b.answer(first)}
		for _, r := range []*Request{posting, closing} {
			if _, made := answers[r]; !made {
				answers[r] = b.answer(r)
			}
		}
		if fault := judge.End(begunClosing, closing, answers[closing]); fault != nil {
			t.Errorf("%+v", fault)
		}
		if fault := judge.End(begunPosting, posting, answers[posting]); fault != nil {
			t.Errorf("%+v", fault)
		}
	}
}

func TestSmallRequestsHaveNoClosings(t *testing.T) {
	for _, thorough := range []bool{false, true} {
		plan := mustPlan(t, Options{Name: "books", Seed: 5, ShopSeed: 1, Shape: Default, Thorough: thorough}).(*booksPlan)
		closings := 0
		for stream, n := plan.Stream(), 0; n < 5000; n++ {
			if stream.Next() == plan.Job() {
				closings++
			}
		}
		if want := map[bool]int{false: 13, true: 2}[thorough]; closings != want {
			t.Errorf("thorough %v: %d closings in 5,000, want %d", thorough, closings, want)
		}
		for stream, n := plan.Small(), 0; n < 5000; n++ {
			if stream.Next() == plan.Job() {
				t.Fatal("a closing among the small requests")
			}
		}
	}
}
