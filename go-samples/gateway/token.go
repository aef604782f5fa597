package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strings"

	"bazaar/internal/shop"
)

// loginKey is what the login service signs tokens with. Nothing that is worth keeping
// secret stands behind Bazaar's login.
const loginKey = "bazaar-login"

// signedBytes is how much of the SHA-256 a token carries.
const signedBytes = 16

var errBadToken = errors.New("session is not a token of the login service")

// visitor is whom the login service made a token for.
type visitor struct {
	id     string // "V-0a1b2c3d"
	region string
}

// readToken checks a token, "V-0a1b2c3d.north." and 32 hexadecimal digits.
func readToken(s *shop.Shop, token string) (visitor, error) {
	signed, signature, found := cutLast(token, ".")
	if !found || !hmac.Equal([]byte(signature), []byte(sign(signed))) {
		return visitor{}, errBadToken
	}
	id, region, found := strings.Cut(signed, ".")
	if !found || !isVisitorID(id) || !s.HasRegion(region) {
		return visitor{}, errBadToken
	}
	return visitor{id: strings.Clone(id), region: strings.Clone(region)}, nil // without the request that they are part of
}

// sign is the signature of a token in hexadecimal digits.
func sign(text string) string {
	mac := hmac.New(sha256.New, []byte(loginKey))
	mac.Write([]byte(text))
	return hex.EncodeToString(mac.Sum(nil)[:signedBytes])
}

// isVisitorID says whether id is "V-" and eight hexadecimal digits.
func isVisitorID(id string) bool {
	if len(id) != 10 || id[:2] != "V-" {
		return false
	}
	for _, c := range []byte(id[2:]) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

func cutLast(text, separator string) (before, after string, found bool) {
	at := strings.LastIndex(text, separator)
	if at < 0 {
		return text, "", false
	}
	return text[:at], text[at+len(separator):], true
}
