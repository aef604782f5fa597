package main

import (
	"encoding/csv"
	"strconv"
	"strings"
)

const csvHeader = "order,date,customer,product,quantity,priceCents,note\n"

// renderCSV makes the spreadsheet of the sales, header first.
func renderCSV(sales []sale) string {
	var out strings.Builder
	out.WriteString(csvHeader)
	for i := range sales {
		out.WriteString(renderRow(&sales[i]))
	}
	return out.String()
}

// renderRow leaves the quoting to encoding/csv.
func renderRow(s *sale) string {
	var row strings.Builder
	writer := csv.NewWriter(&row)
	_ = writer.Write([]string{
		s.order, s.date, s.customer, s.product.Title,
		strconv.Itoa(s.quantity), strconv.Itoa(s.priceCents), s.note,
	}) // a Builder doesn't fail
	writer.Flush()
	return row.String()
}
