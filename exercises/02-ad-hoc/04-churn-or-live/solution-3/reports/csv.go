package main

import (
	"bytes"
	"strconv"
	"strings"
)

const csvHeader = "order,date,customer,product,quantity,priceCents,note\n"

// renderCSV makes the spreadsheet of the sales, header first.
func renderCSV(sales []sale) []byte {
	var out bytes.Buffer
	out.WriteString(csvHeader)
	for i := range sales {
		writeRow(&out, &sales[i])
	}
	return out.Bytes()
}

func writeRow(out *bytes.Buffer, s *sale) {
	out.WriteString(s.order)
	out.WriteByte(',')
	out.WriteString(s.date)
	out.WriteByte(',')
	writeField(out, s.customer)
	out.WriteByte(',')
	writeField(out, s.product.Title)
	out.WriteByte(',')
	out.Write(strconv.AppendInt(out.AvailableBuffer(), int64(s.quantity), 10))
	out.WriteByte(',')
	out.Write(strconv.AppendInt(out.AvailableBuffer(), int64(s.priceCents), 10))
	out.WriteByte(',')
	writeField(out, s.note)
	out.WriteByte('\n')
}

// writeField writes a text, in quotes if RFC 4180 or a leading space asks for it.
func writeField(out *bytes.Buffer, field string) {
	if !strings.ContainsAny(field, ",\"\r\n") && !strings.HasPrefix(field, " ") {
		out.WriteString(field)
		return
	}
	out.WriteByte('"')
	for rest := field; ; {
		before, after, found := strings.Cut(rest, `"`)
		out.WriteString(before)
		if !found {
			break
		}
		out.WriteString(`""`)
		rest = after
	}
	out.WriteByte('"')
}
