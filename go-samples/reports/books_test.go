package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

// year is what was posted to each account of these tests, in the year that is closed.
const year = 60

// newBooksServer has the first so many accounts, with a part of their postings.
func newBooksServer(accounts int) http.Handler {
	opened := newBooks(testShop.Accounts()[:accounts], func(account string) []shop.Posting {
		return testShop.Postings(account)[:year]
	})
	k := &bookkeeping{books: func() *books { return opened }}
	return serve.NewHandler(k.routes())
}

func do(handler http.Handler, method, path, body string) *httptest.ResponseRecorder {
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, httptest.NewRequest(method, "http://127.0.0.1"+path, strings.NewReader(body)))
	return recorder
}

// read reads an answer that must have this status.
func read[T any](t *testing.T, recorder *httptest.ResponseRecorder, status int) T {
	t.Helper()
	var got T
	if err := json.Unmarshal(recorder.Body.Bytes(), &got); err != nil || recorder.Code != status {
		t.Errorf("%d %s, want %d", recorder.Code, recorder.Body, status)
	}
	return got
}

func post(t *testing.T, handler http.Handler, account string, p shop.Posting) postedJSON {
	t.Helper()
	body, err := json.Marshal(postingJSON(p))
	if err != nil {
		t.Fatal(err)
	}
	return read[postedJSON](t, do(handler, "POST", "/accounts/"+account+"/postings", string(body)), 201)
}

// wantLine is an account's line for its postings, of which so many are new.
func wantLine(account string, postings []shop.Posting, fresh int) sheetLine {
	line := sheetLine{Account: account, Postings: len(postings), NewPostings: fresh}
	seal := make([]byte, 32)
	for i, p := range postings {
		link := sha256.Sum256(append(seal, fmt.Sprintf("%d|%s|%d|%s", i+1, p.Day, p.Cents, p.Text)...))
		seal = link[:]
		line.BalanceCents += p.Cents
		line.InCents += max(p.Cents, 0)
		line.OutCents += max(-p.Cents, 0)
	}
	line.Seal = hex.EncodeToString(seal)
	return line
}

func TestClosingSealsEveryPostingOnce(t *testing.T) {
	handler, accounts := newBooksServer(3), testShop.Accounts()[:3]
	postings := map[string][]shop.Posting{}
	for _, account := range accounts {
		postings[account] = testShop.Postings(account)[:year:year]
	}
	for closing, more := range [][]string{{}, {accounts[2], accounts[0], accounts[2]}, {accounts[1]}, {}} {
		fresh := map[string]int{}
		for i, account := range more {
			p := shop.Posting{Day: "2026-01-02", Cents: 500 - 400*i, Text: fmt.Sprint("till ", i)}
			postings[account] = append(postings[account], p)
			fresh[account]++
			want := postedJSON{account, len(postings[account]), wantLine(account, postings[account], 0).BalanceCents}
			if got := post(t, handler, account, p); got != want {
				t.Errorf("%+v, want %+v", got, want)
			}
		}
		got := read[sheet](t, do(handler, "POST", "/closings", ""), 201)
		want := sheet{Closing: closing + 1}
		for _, account := range accounts {
			want.add(wantLine(account, postings[account], fresh[account]))
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("closing %d:\n%+v, want\n%+v", closing+1, got, want)
		}
	}
}

func TestAccountHasItsBalance(t *testing.T) {
	handler, account := newBooksServer(2), testShop.Accounts()[1]
	balance := wantLine(account, testShop.Postings(account)[:year], 0).BalanceCents
	post(t, handler, account, shop.Posting{Day: "2026-02-28", Cents: -balance, Text: "all of it"})
	got := read[accountJSON](t, do(handler, "GET", "/accounts/"+account, ""), 200)
	if want := (accountJSON{account, year + 1, 0}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// Postings come in while the books are closed again and again: each is new in one closing, and
// every line is a state that its account had.
func TestPostingsWhileBooksAreClosed(t *testing.T) {
	const accounts, clerks, each = 2, 4, 250
	handler, numbers := newBooksServer(accounts), testShop.Accounts()[:accounts]
	var mu sync.Mutex
	balances := map[string]map[int]int{} // account → posting's number → balance after it
	for _, account := range numbers {
		balances[account] = map[int]int{year: wantLine(account, testShop.Postings(account)[:year], 0).BalanceCents}
	}
	var clerking sync.WaitGroup
	for clerk := range clerks {
		clerking.Add(1)
		go func() {
			defer clerking.Done()
			for i := range each {
				account := numbers[(clerk+i)%accounts]
				got := post(t, handler, account, shop.Posting{Day: "2026-01-02", Cents: 1 + clerk*each + i, Text: "till"})
				do(handler, "GET", "/accounts/"+account, "")
				mu.Lock()
				if _, twice := balances[account][got.Posting]; twice {
					t.Errorf("two postings of %s are number %d", account, got.Posting)
				}
				balances[account][got.Posting] = got.BalanceCents
				mu.Unlock()
			}
		}()
	}
	done := make(chan struct{})
	go func() {
		clerking.Wait()
		close(done)
	}()
	sheets := closeUntil(t, handler, done)
	before := map[string]int{}
	for i, s := range sheets {
		if s.Closing != i+1 || len(s.Lines) != accounts {
			t.Fatalf("closing %d has %d lines, want %d of closing %d", s.Closing, len(s.Lines), accounts, i+1)
		}
		for _, line := range s.Lines {
			if balance, known := balances[line.Account][line.Postings]; !known || balance != line.BalanceCents {
				t.Errorf("%+v: there was no such state", line)
			}
			if line.Postings-line.NewPostings != max(before[line.Account], year) {
				t.Errorf("%+v after %d postings", line, before[line.Account])
			}
			before[line.Account] = line.Postings
		}
	}
	if last := sheets[len(sheets)-1]; last.Postings != accounts*year+clerks*each {
		t.Errorf("%d postings in the last closing, want %d", last.Postings, accounts*year+clerks*each)
	}
}

// A closing waits for whoever is at an account, and leaves none out. Somebody nearly always is here.
func TestAClosingHasAccountsThatAreInUse(t *testing.T) {
	handler, account := newBooksServer(1), testShop.Accounts()[0]
	done := make(chan struct{})
	var reading sync.WaitGroup
	for range 4 {
		reading.Add(1)
		go func() {
			defer reading.Done()
			for {
				select {
				case <-done:
					return
				default:
					do(handler, "GET", "/accounts/"+account, "")
				}
			}
		}()
	}
	for range 200 {
		if s := read[sheet](t, do(handler, "POST", "/closings", ""), 201); len(s.Lines) != 1 {
			t.Errorf("closing %d has %d lines, want 1", s.Closing, len(s.Lines))
			break
		}
	}
	close(done)
	reading.Wait()
}

// closeUntil closes the books again and again, and once more when done is closed.
func closeUntil(t *testing.T, handler http.Handler, done <-chan struct{}) []sheet {
	t.Helper()
	var sheets []sheet
	for {
		var last bool
		select {
		case <-done:
			last = true
		default:
		}
		sheets = append(sheets, read[sheet](t, do(handler, "POST", "/closings", ""), 201))
		if last {
			return sheets
		}
	}
}

func TestBadPostingsAreRefused(t *testing.T) {
	handler, account := newBooksServer(1), testShop.Accounts()[0]
	for _, body := range []string{
		``, `{`, `[]`, `null`, `{}`, `{"day":"2026-01-02","cents":5}`, `{"day":"2026-01-02","text":"x"}`, `{"cents":5,"text":"x"}`,
		`{"day":"2026-02-30","cents":5,"text":"x"}`, `{"day":"2026-1-2","cents":5,"text":"x"}`, `{"day":"today","cents":5,"text":"x"}`,
		`{"day":"2026-01-02","cents":0,"text":"x"}`, `{"day":"2026-01-02","cents":100000001,"text":"x"}`,
		`{"day":"2026-01-02","cents":-100000001,"text":"x"}`, `{"day":"2026-01-02","cents":1.5,"text":"x"}`,
		`{"day":"2026-01-02","cents":"5","text":"x"}`, `{"day":"2026-01-02","cents":5,"text":""}`,
		`{"day":"2026-01-02","cents":5,"text":"a\nb"}`, `{"day":"2026-01-02","cents":5,"text":"é"}`,
		`{"day":"2026-01-02","cents":5,"text":"` + strings.Repeat("x", 61) + `"}`,
		`{"day":"2026-01-02","cents":5,"text":"x","posting":1}`, `{"day":"2026-01-02","cents":5,"text":"x"}{}`,
		`{"day":"2026-01-02","cents":5,"text":"x"` + strings.Repeat(" ", 1100) + `}`,
	} {
		for _, of := range []string{account, "9999"} {
			mustRefuse(t, do(handler, "POST", "/accounts/"+of+"/postings", body), 400, "bad-posting")
		}
	}
	good := `{"day":"2026-01-02","cents":5,"text":"x"}`
	for _, unknown := range []string{"9999", "4000", "04001", "4001.0", "4001%20", "x"} {
		mustRefuse(t, do(handler, "POST", "/accounts/"+unknown+"/postings", good), 404, "unknown-account")
		mustRefuse(t, do(handler, "GET", "/accounts/"+unknown, ""), 404, "unknown-account")
	}
	if got := read[accountJSON](t, do(handler, "GET", "/accounts/"+account, ""), 200); got.Postings != year {
		t.Errorf("%d postings, want %d: none was made", got.Postings, year)
	}
}

func mustRefuse(t *testing.T, recorder *httptest.ResponseRecorder, status int, code string) {
	t.Helper()
	if recorder.Code != status || !strings.HasPrefix(recorder.Body.String(), `{"error":{"code":"`+code+`","message":"`) {
		t.Errorf("%d %s, want %d %s", recorder.Code, recorder.Body, status, code)
	}
}

func BenchmarkClosing(b *testing.B) {
	opened := newBooks(testShop.Accounts(), testShop.Postings)
	b.ReportAllocs()
	for b.Loop() {
		if made := opened.closeBooks(); len(made.Lines) != shop.AccountCount {
			b.Fatal(len(made.Lines))
		}
	}
}
