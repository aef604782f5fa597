package main

import (
	"encoding/csv"
	"io"
	"strconv"
)

var csvHeader = []string{"order", "date", "customer", "product", "quantity", "priceCents", "note"}

// writeCSV sends the spreadsheet of the sales to w, header first. Only the writer's buffer
// of it is in memory at any time.
func writeCSV(w io.Writer, sales []sale) error {
	out := csv.NewWriter(w)
	if err := out.Write(csvHeader); err != nil {
		return err
	}
	record := make([]string, len(csvHeader))
	for i := range sales {
		sales[i].fill(record)
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// fill puts the fields of a row into record, in the order of the header.
func (s *sale) fill(record []string) {
	record[0] = s.order
	record[1] = s.date
	record[2] = s.customer
	record[3] = s.product.Title
	record[4] = strconv.Itoa(s.quantity)
	record[5] = strconv.Itoa(s.priceCents)
	record[6] = s.note
}
