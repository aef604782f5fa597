package scenario

import (
	"bytes"
	"encoding/json"
)

// stockLevel is the answer to a reading or a restock.
type stockLevel struct {
	SKU       string `json:"sku"`
	Available *int64 `json:"available"`
}

// receipt is the answer to an accepted order.
type receipt struct {
	Order       string `json:"order"`
	SKU         string `json:"sku"`
	Quantity    int    `json:"quantity"`
	AmountCents int64  `json:"amountCents"`
}

// read fills the receipt and names the rule that it breaks, or "".
func (r *receipt) read(a Answer, o *order) string {
	switch {
	case !isMedia(a.ContentType, mediaJSON):
		return ruleContentType
	case !readStrictly(a.Body, r):
		return ruleNotJSON
	case r.Order == "":
		return "order-number"
	case r.SKU != o.sku || r.Quantity != o.quantity:
		return "receipt"
	case r.AmountCents != o.amountCents:
		return "amount"
	}
	return ""
}

// readStrictly reads one JSON object that has no other fields than into.
func readStrictly(text []byte, into any) bool {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into) == nil && !decoder.More()
}
