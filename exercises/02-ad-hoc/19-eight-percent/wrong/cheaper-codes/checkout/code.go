package main

import (
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
)

const (
	// codeRounds makes a code too slow to be found by trying: eight characters are
	// few enough to be read out on the phone.
	codeRounds = 100
	codeBytes  = 5
)

// checkCode is the code by which the service desk recognises a line of a statement: the
// same for the same order, amount and state of its charge.
func checkCode(key string, p purchase, state string) (string, error) {
	salt := fmt.Appendf(nil, "%s|%d|%s", p.order, p.amountCents, state)
	sum, err := pbkdf2.Key(sha256.New, key, salt, codeRounds, codeBytes)
	if err != nil {
		return "", fmt.Errorf("code of %s: %w", p.order, err)
	}
	return base32.StdEncoding.EncodeToString(sum), nil
}
