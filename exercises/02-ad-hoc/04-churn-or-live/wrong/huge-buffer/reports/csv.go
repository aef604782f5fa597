package main

import (
	"bytes"
	"strconv"
	"strings"
)

const (
	csvHeader = "order,date,customer,product,quantity,priceCents,note\n"

	// longestRow has room for two long names, a note and all their quotes.
	longestRow = 256
)

// renderCSV makes the spreadsheet of the sales, header first.
func renderCSV(sales []sale) string {
	var out bytes.Buffer
	out.Grow(len(csvHeader) + maxRows*longestRow) // no report is longer
	out.WriteString(csvHeader)
	for i := range sales {
		out.WriteString(renderRow(&sales[i]))
	}
	return out.String()
}

func renderRow(s *sale) string {
	fields := []string{
		s.order, s.date, quote(s.customer), quote(s.product.Title),
		strconv.Itoa(s.quantity), strconv.Itoa(s.priceCents), quote(s.note),
	}
	return strings.Join(fields, ",") + "\n"
}

// quote puts a field in quotes if RFC 4180 or a leading space asks for it.
func quote(field string) string {
	if !strings.ContainsAny(field, ",\"\r\n") && !strings.HasPrefix(field, " ") {
		return field
	}
	return `"` + strings.ReplaceAll(field, `"`, `""`) + `"`
}
