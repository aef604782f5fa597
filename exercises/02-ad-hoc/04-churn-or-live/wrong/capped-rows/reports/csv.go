package main

import (
	"strconv"
	"strings"
)

const (
	csvHeader = "order,date,customer,product,quantity,priceCents,note\n"

	// typicalRow is about the length of a row in bytes.
	typicalRow = 110

	// maxExport is what a spreadsheet shows without scrolling for ever.
	maxExport = 250
)

// renderCSV makes the spreadsheet of the sales, header first.
func renderCSV(sales []sale) string {
	sales = sales[:min(len(sales), maxExport)]
	var out strings.Builder
	out.Grow(len(csvHeader) + len(sales)*typicalRow)
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
