package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
)

// batchSize is how many accounts are closed at a time.
const batchSize = 64

// sheet is what a closing of the books finds.
type sheet struct {
	Closing      int         `json:"closing"`
	Postings     int         `json:"postings"`
	NewPostings  int         `json:"newPostings"`
	BalanceCents int         `json:"balanceCents"`
	Lines        []sheetLine `json:"lines"`
}

// sheetLine is one account at the moment at which the closing came to it.
type sheetLine struct {
	Account      string `json:"account"`
	Postings     int    `json:"postings"`
	NewPostings  int    `json:"newPostings"` // since the closing before
	InCents      int    `json:"inCents"`
	OutCents     int    `json:"outCents"`
	BalanceCents int    `json:"balanceCents"`
	Seal         string `json:"seal"`
}

// closeBooks goes through all accounts and seals what is posted to them. Every posting is
// new in exactly one closing.
func (b *books) closeBooks() sheet {
	b.closing.Lock()
	defer b.closing.Unlock()
	b.closings++
	made := sheet{Closing: b.closings, Lines: make([]sheetLine, 0, len(b.accounts))}
	for batch := range slices.Chunk(b.accounts, batchSize) {
		for _, line := range closeBatch(batch) {
			made.add(line)
		}
	}
	return made
}

// closeBatch holds the locks of its accounts until it returns.
func closeBatch(accounts []*account) []sheetLine {
	lines := make([]sheetLine, len(accounts))
	for i, a := range accounts {
		a.mu.Lock()
		defer a.mu.Unlock()
		lines[i] = sealAccount(a.number, a.postings, a.closed)
		a.closed = len(a.postings)
	}
	return lines
}

func (s *sheet) add(line sheetLine) {
	s.Postings += line.Postings
	s.NewPostings += line.NewPostings
	s.BalanceCents += line.BalanceCents
	s.Lines = append(s.Lines, line)
}

// sealAccount adds an account up from its first posting, whatever its balance says, and
// chains the postings, so that none can be changed later without a trace.
func sealAccount(number string, postings []posting, closed int) sheetLine {
	line := sheetLine{Account: number, Postings: len(postings), NewPostings: len(postings) - closed}
	var seal [sha256.Size]byte
	for i, p := range postings {
		if p.cents > 0 {
			line.InCents += p.cents
		} else {
			line.OutCents -= p.cents
		}
		seal = nextSeal(seal, i+1, p)
	}
	line.BalanceCents = line.InCents - line.OutCents
	line.Seal = hex.EncodeToString(seal[:])
	return line
}

// nextSeal is the SHA-256 of the seal before and the posting's line: "17|2025-03-09|-1250|rent".
func nextSeal(before [sha256.Size]byte, number int, p posting) [sha256.Size]byte {
	hash := sha256.New()
	hash.Write(before[:])
	fmt.Fprintf(hash, "%d|%s|%d|%s", number, p.day, p.cents, p.text)
	var seal [sha256.Size]byte
	hash.Sum(seal[:0])
	return seal
}
