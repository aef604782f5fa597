package main

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// sheet is the data sheet of a product, ready for everything that it is asked for.
type sheet struct {
	sku      string
	sections []section
	texts    []text

	document []byte // as the manufacturer sent it
	answer   []byte // to GET /sheets/SKU
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
	return &sheet{
		sku:      decoded.SKU,
		sections: decoded.Sections,
		texts:    decoded.Texts,
		document: bytes.Clone(document),
		answer:   append(answer, '\n'),
	}, nil
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
