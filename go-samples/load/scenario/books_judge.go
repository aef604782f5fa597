package scenario

import (
	"fmt"
	"net/http"
	"slices"
	"sync"

	"bazaar/internal/shop"
)

// booksJudge follows the accounts of one target. What was answered before a
// request began must be in its answer; what is posted meanwhile may be.
// Strict means that all the target's traffic is ours, and that it was fresh:
// then every figure and every seal is worked out when the run is over.
type booksJudge struct {
	plan   *booksPlan
	access Access
	tally  *tally
	strict bool

	mu       sync.Mutex
	accounts []bookedAccount
	closing  int // the highest number of a closing that was answered
	sheets   map[int]sheetAnswer
}

// bookedAccount is what is known of one account.
type bookedAccount struct {
	least int // postings that it has at least
	most  int // and at most, if all its traffic is ours
	lost  int // requests without an answer, with an effect or not
	made  map[int]madePosting
	seen  []accountAnswer // strict only
}

// madePosting is a posting with the balance that its answer told.
type madePosting struct {
	shop.Posting
	balance int64
}

type postingAnswer struct {
	Account      string `json:"account"`
	Posting      int    `json:"posting"`
	BalanceCents int64  `json:"balanceCents"`
}

type accountAnswer struct {
	Account      string `json:"account"`
	Postings     int    `json:"postings"`
	BalanceCents int64  `json:"balanceCents"`
}

type sheetAnswer struct {
	Closing      int               `json:"closing"`
	Postings     int               `json:"postings"`
	NewPostings  int               `json:"newPostings"`
	BalanceCents int64             `json:"balanceCents"`
	Lines        []sheetLineAnswer `json:"lines"`
}

type sheetLineAnswer struct {
	Account      string `json:"account"`
	Postings     int    `json:"postings"`
	NewPostings  int    `json:"newPostings"`
	InCents      int64  `json:"inCents"`
	OutCents     int64  `json:"outCents"`
	BalanceCents int64  `json:"balanceCents"`
	Seal         string `json:"seal"`
}

func newBooksJudge(p *booksPlan, access Access) *booksJudge {
	j := &booksJudge{
		plan: p, access: access, tally: newTally(p.classes), strict: p.options.Thorough,
		accounts: make([]bookedAccount, len(p.accounts)), sheets: map[int]sheetAnswer{},
	}
	for i := range j.accounts {
		j.accounts[i] = bookedAccount{least: shop.PostingCount, most: shop.PostingCount, made: map[int]madePosting{}}
	}
	return j
}

func (j *booksJudge) Begin(r *Request) Ticket {
	j.mu.Lock()
	defer j.mu.Unlock()
	switch e := r.expect.(type) {
	case *postingMade:
		j.accounts[e.account].most++
		return Ticket{least: []int{j.accounts[e.account].least}}
	case *accountRead:
		return Ticket{least: []int{j.accounts[e.account].least}}
	case *closingMade:
		least := make([]int, len(j.accounts), len(j.accounts)+1)
		for i := range j.accounts {
			least[i] = j.accounts[i].least
		}
		return Ticket{least: append(least, j.closing)}
	}
	return Ticket{}
}

func (j *booksJudge) End(t Ticket, r *Request, a Answer) *Fault {
	fault := j.judge(t, r, a)
	j.tally.count(r, fault)
	return fault
}

func (j *booksJudge) judge(t Ticket, r *Request, a Answer) *Fault {
	rule := ""
	switch e := r.expect.(type) {
	case *postingMade:
		rule = j.endPosting(t, e, a)
	case *accountRead:
		rule = j.endReading(t, e, a)
	case *closingMade:
		rule = j.endClosing(t, a)
	default:
		return r.expect.check(a)
	}
	if rule == "" {
		return nil
	}
	return &Fault{Rule: rule, Expected: r.expect.String()}
}

func (j *booksJudge) Lost(_ Ticket, r *Request) {
	if e, ok := r.expect.(*postingMade); ok {
		j.mu.Lock()
		defer j.mu.Unlock()
		j.accounts[e.account].lost++
	}
}

// wrongAnswer names the rule that the head or the form of an answer breaks, or "".
func wrongAnswer(a Answer, status int, into any) string {
	if a.Status == status {
		a.Status = http.StatusOK
	} else if a.Status == http.StatusOK {
		return ruleStatus
	}
	if rule := wrongHead(a, mediaJSON); rule != "" {
		return rule
	}
	if !readStrictly(a.Body, into) {
		return ruleNotJSON
	}
	return ""
}

func (j *booksJudge) endPosting(t Ticket, e *postingMade, a Answer) string {
	var got postingAnswer
	if rule := wrongAnswer(a, http.StatusCreated, &got); rule != "" {
		return rule
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	account := &j.accounts[e.account]
	_, twice := account.made[got.Posting]
	account.least = max(account.least, got.Posting)
	if j.strict {
		account.made[got.Posting] = madePosting{e.posting, got.BalanceCents}
	}
	switch {
	case got.Account != j.plan.accounts[e.account]:
		return "posting-account"
	case twice || got.Posting <= t.least[0] || j.strict && got.Posting > account.most:
		return "posting-number"
	}
	return ""
}

func (j *booksJudge) endReading(t Ticket, e *accountRead, a Answer) string {
	var got accountAnswer
	if rule := wrongAnswer(a, http.StatusOK, &got); rule != "" {
		return rule
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	account := &j.accounts[e.account]
	if j.strict {
		account.seen = append(account.seen, got)
	}
	switch {
	case got.Account != j.plan.accounts[e.account]:
		return "account-name"
	case got.Postings < t.least[0]:
		return "account-stale"
	case j.strict && got.Postings > account.most:
		return "account-ahead"
	}
	return ""
}

func (j *booksJudge) endClosing(t Ticket, a Answer) string {
	var got sheetAnswer
	if rule := wrongAnswer(a, http.StatusCreated, &got); rule != "" {
		return rule
	}
	named := slices.EqualFunc(got.Lines, j.plan.accounts, func(l sheetLineAnswer, account string) bool { return l.Account == account })
	if !named {
		return "sheet-lines"
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	for i, line := range got.Lines {
		switch {
		case line.Postings < t.least[i]:
			return "sheet-stale"
		case j.strict && line.Postings > j.accounts[i].most:
			return "sheet-ahead"
		case len(line.Seal) != 64:
			return "sheet-seal"
		}
	}
	_, again := j.sheets[got.Closing]
	if again || got.Closing <= t.least[len(got.Lines)] {
		return "closing-number"
	}
	j.closing = max(j.closing, got.Closing)
	j.sheets[got.Closing] = sheetAnswer{}
	if j.strict {
		j.sheets[got.Closing] = got
	}
	return got.wrongTotals()
}

// wrongTotals names the rule that the figures break among themselves, or "".
func (s *sheetAnswer) wrongTotals() string {
	var sum sheetAnswer
	for _, line := range s.Lines {
		sum.Postings += line.Postings
		sum.NewPostings += line.NewPostings
		sum.BalanceCents += line.BalanceCents
		if line.BalanceCents != line.InCents-line.OutCents {
			return "sheet-totals"
		}
	}
	if sum.Postings != s.Postings || sum.NewPostings != s.NewPostings || sum.BalanceCents != s.BalanceCents {
		return "sheet-totals"
	}
	return ""
}

// booked is the postings of an account in their order, as far as they are without a gap.
func (j *booksJudge) booked(at int) []shop.Posting {
	postings := j.plan.shop.Postings(j.plan.accounts[at])
	for {
		next, known := j.accounts[at].made[len(postings)+1]
		if !known {
			return postings
		}
		postings = append(postings, next.Posting)
	}
}

func countedOf(id, title string, right, all int, first string) Invariant {
	return Invariant{
		ID: id, Title: title, Pass: right == all,
		Observed: fmt.Sprintf("%d of %d right%s", right, all, first), Expected: fmt.Sprintf("%d of %d", all, all),
	}
}
