package main

import (
	"bufio"
	"strconv"
	"strings"

	"bazaar/internal/shop"
)

// escapeXML makes a text fit for an element or an attribute.
var escapeXML = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&apos;")

// write writes the export of a selection, in the order of the products' IDs.
func (e *exports) write(out *bufio.Writer, choice selection) {
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

func (e *exports) writeOffer(out *bufio.Writer, p *shop.Product) {
	out.WriteString(`<offer sku="`)
	escapeXML.WriteString(out, p.SKU)
	out.WriteString("\">\n")
	for _, element := range [...]struct{ name, text string }{
		{"title", p.Title},
		{"brand", p.Brand},
		{"category", p.Category},
		{"description", p.Description},
	} {
		out.WriteByte('<')
		out.WriteString(element.name)
		out.WriteByte('>')
		escapeXML.WriteString(out, element.text)
		out.WriteString("</")
		out.WriteString(element.name)
		out.WriteString(">\n")
	}
	out.WriteString("<link>https://bazaar.example/products/")
	escapeXML.WriteString(out, p.SKU)
	out.WriteString("</link>\n<image>https://images.bazaar.example/")
	escapeXML.WriteString(out, p.Category)
	out.WriteByte('/')
	escapeXML.WriteString(out, p.SKU)
	out.WriteString("/1200x1200.webp</image>\n<price>")
	out.Write(appendEuros(out.AvailableBuffer(), p.PriceCents))
	out.WriteString("</price>\n")
	shipping := shippingFor(p.PriceCents)
	for _, region := range e.shop.Regions {
		out.WriteString(`<shipping region="`)
		escapeXML.WriteString(out, region.Code)
		out.WriteString(`" name="`)
		escapeXML.WriteString(out, region.Name)
		out.WriteString(`" service="Standard"><price>`)
		out.Write(appendEuros(out.AvailableBuffer(), shipping))
		out.WriteString("</price></shipping>\n")
	}
	out.WriteString("</offer>\n")
}

// shippingFor is what it costs to send goods of that price.
func shippingFor(goodsCents int) int {
	if goodsCents >= freeShippingAt {
		return 0
	}
	return shippingCents
}

// appendEuros appends 1234 cents as 12.34.
func appendEuros(text []byte, cents int) []byte {
	text = strconv.AppendInt(text, int64(cents/100), 10)
	return append(text, '.', byte('0'+cents/10%10), byte('0'+cents%10))
}
