package scenario

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"bazaar/internal/shop"
)

// begin looks whether the books are fresh: only then can a seal be worked out.
func (j *booksJudge) begin(ctx context.Context) error {
	for i, account := range j.plan.accounts {
		answer, err := j.access.Target(ctx, &Request{Method: http.MethodGet, Path: "/accounts/" + account})
		if err != nil {
			return fmt.Errorf("read account %s: %w", account, err)
		}
		var got accountAnswer
		if rule := wrongAnswer(answer, http.StatusOK, &got); rule != "" || got.Postings != j.accounts[i].most {
			return fmt.Errorf("account %s has %d postings (status %d), a fresh one has %d", account, got.Postings, answer.Status, shop.PostingCount)
		}
	}
	return nil
}

// Close closes the books once more, when nothing is posted, and works out every
// figure that was answered.
func (j *booksJudge) Close(ctx context.Context) ([]Invariant, error) {
	invariants := j.tally.invariants()
	if !j.strict {
		return invariants, nil
	}
	last, err := j.lastClosing(ctx)
	if err != nil {
		return invariants, err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	return append(append(invariants, last), j.figures()...), nil
}

func (j *booksJudge) lastClosing(ctx context.Context) (Invariant, error) {
	request := j.plan.Job()
	ticket := j.Begin(request)
	answer, err := j.access.Target(ctx, request)
	if err != nil {
		return Invariant{}, fmt.Errorf("close the books: %w", err)
	}
	invariant := Invariant{ID: "last-closing", Title: "A closing that nobody posts beside has every posting", Expected: "a whole sheet"}
	if fault := j.judge(ticket, request, answer); fault != nil {
		invariant.ID = fault.Rule // it counts as any other answer that breaks it
		invariant.Observed = fmt.Sprintf("%d %.100s (%s)", answer.Status, answer.Body, fault.Rule)
		return invariant, nil
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	sheet, want := j.sheets[j.closing], 0
	for i := range j.accounts {
		want += shop.PostingCount + len(j.accounts[i].made)
	}
	invariant.Observed, invariant.Expected = fmt.Sprintf("%d postings", sheet.Postings), fmt.Sprintf("%d postings", want)
	invariant.Pass = sheet.Postings == want
	return invariant, nil
}

// checked counts what was compared, and remembers the first that differs.
type checked struct {
	right, all int
	first      string
}

func (c *checked) compare(same bool, what string, args ...any) {
	c.all++
	if same {
		c.right++
	} else if c.first == "" {
		c.first = ", e.g. " + fmt.Sprintf(what, args...)
	}
}

// figures compares every balance, line and seal that was answered with the
// postings of its account.
func (j *booksJudge) figures() []Invariant {
	var balances, lines, seals, fresh checked
	for i, name := range j.plan.accounts {
		if j.accounts[i].lost > 0 {
			continue // nobody knows what was posted
		}
		truth := newAccountTruth(j.booked(i))
		for number, made := range j.accounts[i].made {
			want := truth.upTo(number)
			balances.compare(made.balance == want.balance(), "posting %d of %s leaves %d, not %d", number, name, made.balance, want.balance())
		}
		for _, seen := range j.accounts[i].seen {
			want := truth.upTo(seen.Postings)
			balances.compare(seen.BalanceCents == want.balance(), "%s has %d after %d postings, not %d", name, seen.BalanceCents, seen.Postings, want.balance())
		}
		closed, before := shop.PostingCount, 0
		for _, number := range j.closingNumbers() {
			line := j.sheets[number].Lines[i]
			want := truth.upTo(line.Postings)
			lines.compare(line.InCents == want.in && line.OutCents == want.out && line.BalanceCents == want.balance(),
				"%s in closing %d: %d in and %d out, not %d and %d", name, number, line.InCents, line.OutCents, want.in, want.out)
			seals.compare(line.Seal == want.seal, "%s in closing %d: %s, not %s", name, number, line.Seal, want.seal)
			fresh.compare(number != before+1 || line.NewPostings == line.Postings-closed,
				"%s in closing %d: %d new of %d, and %d were closed", name, number, line.NewPostings, line.Postings, closed)
			closed, before = line.Postings, number
		}
	}
	return []Invariant{
		countedOf("balances", "Every balance is the sum of the postings up to there", balances.right, balances.all, balances.first),
		countedOf("sheet-figures", "Every line of a sheet is a state that its account had", lines.right, lines.all, lines.first),
		countedOf("sheet-seals", "Every seal is the chain of the line's postings", seals.right, seals.all, seals.first),
		countedOf("new-once", "Every posting is new in exactly one closing", fresh.right, fresh.all, fresh.first),
	}
}

func (j *booksJudge) closingNumbers() []int {
	numbers := make([]int, 0, len(j.sheets))
	for number := range j.sheets {
		numbers = append(numbers, number)
	}
	slices.Sort(numbers)
	return numbers
}

// accountTruth has the figures of an account after each of its postings.
type accountTruth []accountFigures

type accountFigures struct {
	in, out int64
	seal    string
}

func (f accountFigures) balance() int64 { return f.in - f.out }

func newAccountTruth(postings []shop.Posting) accountTruth {
	truth := make(accountTruth, len(postings)+1)
	var link [sha256.Size]byte
	line := make([]byte, 0, 256)
	for i, p := range postings {
		next := truth[i]
		next.in += int64(max(p.Cents, 0))
		next.out += int64(max(-p.Cents, 0))
		line = strconv.AppendInt(append(line[:0], link[:]...), int64(i+1), 10)
		line = append(append(append(line, '|'), p.Day...), '|')
		line = append(append(strconv.AppendInt(line, int64(p.Cents), 10), '|'), p.Text...)
		link = sha256.Sum256(line)
		if i+1 >= shop.PostingCount { // no sheet has fewer
			next.seal = hex.EncodeToString(link[:])
		}
		truth[i+1] = next
	}
	return truth
}

// upTo has the figures after so many postings; none that any account had if there were fewer.
func (t accountTruth) upTo(count int) accountFigures {
	if count < 0 || count >= len(t) {
		return accountFigures{in: -1, seal: "none"}
	}
	return t[count]
}
