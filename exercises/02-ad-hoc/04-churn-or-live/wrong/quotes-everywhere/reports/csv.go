package main

import (
	"strconv"
	"strings"
)

const csvHeader = "order,date,customer,product,quantity,priceCents,note\n"

// renderCSV makes the spreadsheet of the sales, header first.
func renderCSV(sales []sale) string {
	var out strings.Builder
	out.WriteString(csvHeader)
	for i := range sales {
		renderRow(&out, &sales[i])
	}
	return out.String()
}

func renderRow(out *strings.Builder, s *sale) {
	out.WriteString(s.order)
	out.WriteString(`,`)
	out.WriteString(s.date)
	out.WriteString(`,"`)
	escape(out, s.customer)
	out.WriteString(`","`)
	escape(out, s.product.Title)
	out.WriteString(`",`)
	out.WriteString(strconv.Itoa(s.quantity))
	out.WriteString(`,`)
	out.WriteString(strconv.Itoa(s.priceCents))
	out.WriteString(`,"`)
	escape(out, s.note)
	out.WriteString("\"\n")
}

// escape doubles the quotes of a text.
func escape(out *strings.Builder, text string) {
	for _, c := range []byte(text) {
		if c == '"' {
			out.WriteByte('"')
		}
		out.WriteByte(c)
	}
}
