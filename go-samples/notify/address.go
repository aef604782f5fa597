package main

import (
	"net/url"
	"strings"
)

const tokenDigits = 32

// isAddress says whether the relay of the channel takes the address.
func isAddress(channel, address string) bool {
	switch channel {
	case "mail":
		return isMailbox(address)
	case "push":
		return len(address) == tokenDigits && isHex(address)
	case "webhook":
		return isHook(address)
	}
	return false
}

func isMailbox(address string) bool {
	name, host, found := strings.Cut(address, "@")
	return found && name != "" && !strings.Contains(name, " ") &&
		strings.Contains(host, ".") && !strings.Contains(host, "@")
}

func isHook(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "https" && u.Host != "" && u.User == nil
}

func isHex(text string) bool {
	for _, c := range []byte(text) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}
