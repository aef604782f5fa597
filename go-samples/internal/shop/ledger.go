package shop

import (
	"fmt"
	"time"
)

// Sizes of the ledger. They don't depend on the seed.
const (
	AccountCount = 120
	PostingCount = 3000 // of each account
)

// Posting is one line of an account. Money that goes out is negative.
type Posting struct {
	Day   string // FirstDay to LastDay
	Cents int    // never 0
	Text  string // 1 to 60 printable characters
}

var postingTexts = []string{
	"card payments", "cash", "refund", "freight", "customs", "packaging", "returns", "rent", "gift cards", "fees",
}

// Accounts are the numbers of the ledger's accounts: "4001" to "4120".
func (s *Shop) Accounts() []string {
	accounts := make([]string, AccountCount)
	for i := range accounts {
		accounts[i] = fmt.Sprint(4001 + i)
	}
	return accounts
}

// Postings generates what was posted to an account until LastDay, oldest first. Each call
// makes a new list; keep it if it is needed again.
func (s *Shop) Postings(account string) []Posting {
	d := newDice(s.seed, "postings/"+account)
	postings, days := make([]Posting, PostingCount), postingDays()
	for i := range postings {
		cents := 100 + d.lowest(200_000, 3)
		if d.often(40) {
			cents = -cents
		}
		postings[i] = Posting{Day: days[i*dayCount/PostingCount], Cents: cents, Text: pick(d, postingTexts)}
	}
	return postings
}

func postingDays() [dayCount]string {
	var days [dayCount]string
	first, err := time.Parse(time.DateOnly, FirstDay)
	if err != nil {
		panic(err) // FirstDay is a constant
	}
	for i := range days {
		days[i] = first.AddDate(0, 0, i).Format(time.DateOnly)
	}
	return days
}
