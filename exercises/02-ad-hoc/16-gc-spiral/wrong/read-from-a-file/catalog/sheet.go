package main

import (
	"encoding/json"
	"fmt"
)

// sheet is the data sheet of a product, ready to be sent.
type sheet struct {
	sku    string
	answer []byte // to GET /sheets/SKU

	// Where in the file the manufacturer's document lies.
	offset int64
	length int
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

// sheetJSON is what of a document goes on to the shop's customers.
type sheetJSON struct {
	SKU      string    `json:"sku"`
	Sections []section `json:"sections"`
	Texts    []text    `json:"texts"`
}

// newSheet takes a document, which is valid during the call only.
func newSheet(document []byte) (*sheet, error) {
	decoded, err := decodeDocument(document)
	if err != nil {
		return nil, err
	}
	answer, err := json.Marshal(decoded)
	if err != nil {
		return nil, fmt.Errorf("encode the sheet of %s: %w", decoded.SKU, err)
	}
	return &sheet{sku: decoded.SKU, answer: append(answer, '\n'), length: len(document)}, nil
}

func decodeDocument(document []byte) (sheetJSON, error) {
	var decoded sheetJSON
	if err := json.Unmarshal(document, &decoded); err != nil {
		return sheetJSON{}, fmt.Errorf("decode a data sheet: %w", err)
	}
	if !isSKU(decoded.SKU) {
		return sheetJSON{}, fmt.Errorf("data sheet of %q, which is not an SKU", decoded.SKU)
	}
	return decoded, nil
}
