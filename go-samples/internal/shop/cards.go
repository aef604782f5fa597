package shop

import (
	"fmt"
	"strings"
)

const (
	cardPrefix = "TEST-"
	cardDigits = 8

	// CardCount is how many different test cards there are.
	CardCount = 100_000_000
)

// CardNumber makes the nth test card, n in 0..CardCount-1: "TEST-00000042".
// Bazaar knows no real card numbers.
func CardNumber(n int) string {
	return fmt.Sprintf("%s%0*d", cardPrefix, cardDigits, n)
}

// IsCard says whether card is well-formed: "TEST-" and eight digits.
func IsCard(card string) bool {
	digits, ok := strings.CutPrefix(card, cardPrefix)
	if !ok || len(digits) != cardDigits {
		return false
	}
	for _, c := range []byte(digits) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// IsDeclined is the rule by which payments declines a well-formed card: the sum
// of its digits is divisible by ten. TEST-00000019 is declined, TEST-00000018 is not.
func IsDeclined(card string) bool {
	sum := 0
	for _, c := range []byte(strings.TrimPrefix(card, cardPrefix)) {
		sum += int(c - '0')
	}
	return sum%10 == 0
}
