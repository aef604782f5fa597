package main

import (
	"bytes"
	"strconv"
	"strings"

	"bazaar/internal/shop"
)

// escapeXML makes a text fit for an element or an attribute.
var escapeXML = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&apos;")

// write appends the export of a selection, in the order of the products' IDs.
func (e *exports) write(out *bytes.Buffer, choice selection) {
	out.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<offers shop=\"Bazaar\" currency=\"EUR\">\n")
	left := choice.limit
	if left == 0 {
		left = len(e.shop.Products)
	}
	for i := range e.shop.Products {
		if left == 0 {
			break
		}
		if product := &e.shop.Products[i]; choice.includes(product) {
			e.writeOffer(out, product)
			left--
		}
	}
	out.WriteString("</offers>\n")
}

func (e *exports) writeOffer(out *bytes.Buffer, p *shop.Product) {
	out.WriteString(`<offer sku="`)
	escapeXML.WriteString(out, p.SKU)
	out.WriteString("\">\n")
	writeElement(out, "title", p.Title)
	writeElement(out, "brand", p.Brand)
	writeElement(out, "category", p.Category)
	writeElement(out, "description", p.Description)
	out.WriteString("<link>https://bazaar.example/products/")
	escapeXML.WriteString(out, p.SKU)
	out.WriteString("</link>\n<image>https://images.bazaar.example/")
	escapeXML.WriteString(out, p.Category)
	out.WriteByte('/')
	escapeXML.WriteString(out, p.SKU)
	out.WriteString("/1200x1200.webp</image>\n<price>")
	writeCents(out, p.PriceCents)
	out.WriteString("</price>\n")
	for _, region := range e.shop.Regions {
		writeShipping(out, region, p)
	}
	out.WriteString("</offer>\n")
}

// writeShipping says what it costs to send one piece to a region.
func writeShipping(out *bytes.Buffer, region shop.Region, p *shop.Product) {
	cents := shippingCents
	if p.PriceCents >= freeShippingAt {
		cents = 0
	}
	out.WriteString(`<shipping region="`)
	escapeXML.WriteString(out, region.Code)
	out.WriteString(`" name="`)
	escapeXML.WriteString(out, region.Name)
	out.WriteString(`" service="Standard"><price>`)
	writeCents(out, cents)
	out.WriteString("</price></shipping>\n")
}

func writeElement(out *bytes.Buffer, name, text string) {
	out.WriteByte('<')
	out.WriteString(name)
	out.WriteByte('>')
	escapeXML.WriteString(out, text)
	out.WriteString("</")
	out.WriteString(name)
	out.WriteString(">\n")
}

// writeCents writes 1234 as 12.34.
func writeCents(out *bytes.Buffer, cents int) {
	text := strconv.AppendInt(out.AvailableBuffer(), int64(cents/100), 10)
	text = append(text, '.', byte('0'+cents/10%10), byte('0'+cents%10))
	out.Write(text)
}
