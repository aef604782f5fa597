package main

import (
	"strconv"
	"strings"
)

const (
	csvHeader = "order,date,customer,product,quantity,priceCents,note\n"

	// batchRows is how many rows are joined at a time.
	batchRows = 6
)

// renderCSV makes the spreadsheet of the sales, header first.
func renderCSV(sales []sale) string {
	out := csvHeader
	for len(sales) > 0 {
		size := min(batchRows, len(sales))
		out += renderBatch(sales[:size])
		sales = sales[size:]
	}
	return out
}

func renderBatch(sales []sale) string {
	var batch strings.Builder
	for i := range sales {
		batch.WriteString(renderRow(&sales[i]))
	}
	return batch.String()
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
