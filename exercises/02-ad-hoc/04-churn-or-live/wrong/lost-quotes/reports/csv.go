package main

import (
	"bytes"
	"fmt"
)

const csvHeader = "order,date,customer,product,quantity,priceCents,note\n"

// renderCSV makes the spreadsheet of the sales, header first.
func renderCSV(sales []sale) string {
	var out bytes.Buffer
	out.WriteString(csvHeader)
	for i := range sales {
		s := &sales[i]
		fmt.Fprintf(&out, "%s,%s,%s,%s,%d,%d,%s\n",
			s.order, s.date, s.customer, s.product.Title, s.quantity, s.priceCents, s.note)
	}
	return out.String()
}
