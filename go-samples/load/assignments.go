package main

import (
	"errors"
	"strings"
)

// assignments collects repeated flags of the form NAME=VALUE, in their order.
type assignments []assignment

type assignment struct{ name, value string }

func (p *assignments) String() string { return "" }

func (p *assignments) Set(text string) error {
	name, value, ok := strings.Cut(text, "=")
	if !ok || name == "" || value == "" {
		return errors.New("want NAME=URL")
	}
	*p = append(*p, assignment{name: name, value: value})
	return nil
}
