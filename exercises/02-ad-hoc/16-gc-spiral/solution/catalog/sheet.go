package main

import (
	"encoding/json"
	"fmt"
)

// sheet is the data sheet of a product, in the one form that all answers are made of.
type sheet struct {
	SKU      string    `json:"sku"`
	Sections []section `json:"sections"`
	Texts    []text    `json:"texts"`
}

type section struct {
	Title  string  `json:"title"`
	Fields []field `json:"fields"`
}

type field struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type text struct {
	Title string `json:"title"`
	Text  string `json:"text"`
}

// newSheet takes a document, which is valid during the call only.
func newSheet(document []byte) (*sheet, error) {
	decoded := &sheet{}
	if err := json.Unmarshal(document, decoded); err != nil {
		return nil, fmt.Errorf("decode a data sheet: %w", err)
	}
	if !isSKU(decoded.SKU) {
		return nil, fmt.Errorf("data sheet of %q, which is not an SKU", decoded.SKU)
	}
	return decoded, nil
}
