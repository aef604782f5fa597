package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

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
	for _, a := range b.accounts {
		made.add(a.close())
	}
	return made
}

// close makes the line of what is posted to the account.
func (a *account) close() sheetLine {
	a.mu.Lock()
	defer a.mu.Unlock()
	line := sheetLine{
		Account: a.number, Postings: len(a.postings), NewPostings: len(a.postings) - a.closed,
		InCents: a.in, OutCents: a.out, BalanceCents: a.in - a.out, Seal: hex.EncodeToString(a.seal[:]),
	}
	a.closed = len(a.postings)
	return line
}

func (s *sheet) add(line sheetLine) {
	s.Postings += line.Postings
	s.NewPostings += line.NewPostings
	s.BalanceCents += line.BalanceCents
	s.Lines = append(s.Lines, line)
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
