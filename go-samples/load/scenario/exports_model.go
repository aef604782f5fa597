package scenario

import (
	"bytes"
	"fmt"
	"net/http"

	"bazaar/internal/shop"
)

const mediaXML = "application/xml"

const (
	exportHead = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<offers shop=\"Bazaar\" currency=\"EUR\">\n"
	exportTail = "</offers>\n"
)

// exportsModel has the text of each offer, once.
type exportsModel struct {
	shop   *shop.Shop
	offers [][]byte // beside the shop's products
}

func newExportsModel(s *shop.Shop) *exportsModel {
	m := &exportsModel{shop: s, offers: make([][]byte, len(s.Products))}
	for i, p := range s.Products {
		m.offers[i] = offerText(s.Regions, p)
	}
	return m
}

func offerText(regions []shop.Region, p shop.Product) []byte {
	var text bytes.Buffer
	sku, category := inXML(p.SKU), inXML(p.Category)
	fmt.Fprintf(&text, "<offer sku=\"%s\">\n<title>%s</title>\n<brand>%s</brand>\n", sku, inXML(p.Title), inXML(p.Brand))
	fmt.Fprintf(&text, "<category>%s</category>\n<description>%s</description>\n", category, inXML(p.Description))
	fmt.Fprintf(&text, "<link>https://bazaar.example/products/%s</link>\n", sku)
	fmt.Fprintf(&text, "<image>https://images.bazaar.example/%s/%s/1200x1200.webp</image>\n", category, sku)
	fmt.Fprintf(&text, "<price>%d.%02d</price>\n", p.PriceCents/100, p.PriceCents%100)
	shipping := "4.90"
	if p.PriceCents >= 50_00 {
		shipping = "0.00"
	}
	for _, region := range regions {
		fmt.Fprintf(&text, "<shipping region=\"%s\" name=\"%s\" service=\"Standard\"><price>%s</price></shipping>\n",
			inXML(region.Code), inXML(region.Name), shipping)
	}
	text.WriteString("</offer>\n")
	return text.Bytes()
}

// inXML writes a text of the shop as it stands in an export.
func inXML(text string) string {
	var out []byte
	for _, c := range []byte(text) {
		switch c {
		case '&':
			out = append(out, "&amp;"...)
		case '<':
			out = append(out, "&lt;"...)
		case '>':
			out = append(out, "&gt;"...)
		case '"':
			out = append(out, "&quot;"...)
		case '\'':
			out = append(out, "&apos;"...)
		default:
			out = append(out, c)
		}
	}
	return string(out)
}

// answer is the export of the products that are chosen.
func (m *exportsModel) answer(ask selection) *exportAnswer {
	e := &exportAnswer{model: m}
	for i := range m.shop.Products {
		switch p := &m.shop.Products[i]; {
		case ask.limit > 0 && len(e.chosen) == ask.limit:
			return e
		case ask.brand != "" && ask.brand != p.Brand:
		case ask.category != "" && ask.category != p.Category:
		case ask.below > 0 && p.PriceCents >= ask.below:
		default:
			e.chosen = append(e.chosen, i)
		}
	}
	return e
}

// exportAnswer expects 200 and, byte for byte, the text of some offers. It keeps their places: the
// texts of all answers of a plan would take a gigabyte.
type exportAnswer struct {
	model  *exportsModel
	chosen []int
}

func (e *exportAnswer) check(a Answer) *Fault {
	rule := wrongHead(a, mediaXML)
	if rule == "" {
		rule = e.compare(a.Body)
	}
	if rule == "" {
		return nil
	}
	return &Fault{Rule: rule, Expected: e.String()}
}

// compare names the rule that a body breaks, or "". A text that is right for as long as it goes on is
// cut; any other is not the one that was asked for.
func (e *exportAnswer) compare(body []byte) string {
	rest, ok := bytes.CutPrefix(body, []byte(exportHead))
	for _, at := range e.chosen {
		if !ok {
			break
		}
		if string(rest) == exportTail {
			return "export-cut"
		}
		var next []byte
		if next, ok = bytes.CutPrefix(rest, e.model.offers[at]); ok {
			rest = next
		} else if bytes.HasPrefix(e.model.offers[at], rest) {
			return "export-cut"
		}
	}
	if !ok || string(rest) != exportTail {
		return "export-offers"
	}
	return ""
}

func (e *exportAnswer) example() Answer {
	body := []byte(exportHead)
	for _, at := range e.chosen {
		body = append(body, e.model.offers[at]...)
	}
	return Answer{Status: http.StatusOK, ContentType: mediaXML, Body: append(body, exportTail...)}
}

func (e *exportAnswer) String() string {
	if len(e.chosen) == 0 {
		return "200 and no offers"
	}
	first := e.model.shop.Products[e.chosen[0]].SKU
	last := e.model.shop.Products[e.chosen[len(e.chosen)-1]].SKU
	return fmt.Sprintf("200 and %d offers, %s to %s, byte for byte", len(e.chosen), first, last)
}
