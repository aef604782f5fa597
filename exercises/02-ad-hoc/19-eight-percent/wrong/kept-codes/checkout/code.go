package main

import (
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"sync"
)

const (
	// codeRounds makes a code too slow to be found by trying: eight characters are
	// few enough to be read out on the phone.
	codeRounds = 3000
	codeBytes  = 5
)

// codes has those that were made before, by what they are made of.
var codes sync.Map

// checkCode is the code by which the service desk recognises a line of a statement: the
// same for the same order, amount and state of its charge.
func checkCode(key string, p purchase, state string) (string, error) {
	text := fmt.Sprintf("%s|%d|%s", p.order, p.amountCents, state)
	if code, known := codes.Load(text); known {
		return code.(string), nil
	}
	sum, err := pbkdf2.Key(sha256.New, key, []byte(text), codeRounds, codeBytes)
	if err != nil {
		return "", fmt.Errorf("code of %s: %w", p.order, err)
	}
	code := base32.StdEncoding.EncodeToString(sum)
	codes.Store(text, code)
	return code, nil
}
