package shop

import (
	"bytes"
	"encoding/json"
	"iter"
	"strings"
)

// Sheet is the data sheet of a product: what its manufacturer says of it.
type Sheet struct {
	SKU      string         `json:"sku"`
	Supplier string         `json:"supplier"` // as in Brands
	Revision int            `json:"revision"`
	Sections []SheetSection `json:"sections"`
	Texts    []SheetText    `json:"texts"`
}

// SheetSection has a title that no other section of its sheet has.
type SheetSection struct {
	Title  string       `json:"title"`
	Fields []SheetField `json:"fields"`
}

// SheetField has a name that no other field of its section has.
type SheetField struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// SheetText has a title that no other text of its sheet has.
type SheetText struct {
	Title string `json:"title"`
	Text  string `json:"text"`
}

// Sheets generates the data sheets, by product. Every second product has one.
func (s *Shop) Sheets() iter.Seq[Sheet] {
	return func(yield func(Sheet) bool) {
		d := newDice(s.seed, "sheets")
		for i := range s.Products {
			if i%2 == 0 && !yield(generateSheet(d, &s.Products[i])) {
				return
			}
		}
	}
}

// Documents are the data sheets as manufacturers send them: JSON. A document is valid until
// the next one is asked for.
func (s *Shop) Documents() iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		var document bytes.Buffer
		encoder := json.NewEncoder(&document)
		for sheet := range s.Sheets() {
			document.Reset()
			_ = encoder.Encode(sheet) // of strings and numbers only: it can't fail
			if !yield(document.Bytes()) {
				return
			}
		}
	}
}

func generateSheet(d *dice, p *Product) Sheet {
	sheet := Sheet{SKU: p.SKU, Supplier: p.Brand, Revision: 1 + d.lowest(12, 2)}
	for _, section := range sheetSections {
		part := SheetSection{Title: section.title}
		for _, field := range section.fields {
			if d.often(75) {
				part.Fields = append(part.Fields, SheetField{field.name, pick(d, field.values)})
			}
		}
		if len(part.Fields) > 0 {
			sheet.Sections = append(sheet.Sections, part)
		}
	}
	for _, title := range sheetTexts {
		if d.often(80) {
			sheet.Texts = append(sheet.Texts, SheetText{title, sheetText(d)})
		}
	}
	return sheet
}

// sheetText is what a manual has to say on one subject.
func sheetText(d *dice) string {
	var text strings.Builder
	for range 14 + d.below(9) {
		if text.Len() > 0 {
			text.WriteByte(' ')
		}
		text.WriteString(pick(d, sheetSentences))
		text.WriteByte(' ')
		text.WriteString(pick(d, uses))
		text.WriteString(", ")
		text.WriteString(pick(d, promises))
		text.WriteByte('.')
	}
	return text.String()
}

type sheetTemplate struct {
	title  string
	fields []fieldTemplate
}

type fieldTemplate struct {
	name   string
	values []string
}

var (
	yesNo   = []string{"yes", "no"}
	lengths = []string{"12 cm", "18 cm", "25 cm", "31 cm", "40 cm", "55 cm", "72 cm", "90 cm", "120 cm"}
)

var sheetSections = []sheetTemplate{
	{"Dimensions", []fieldTemplate{
		{"Height", lengths}, {"Width", lengths}, {"Depth", lengths},
		{"Weight", []string{"250 g", "480 g", "1.2 kg", "3.5 kg", "8 kg", "14 kg"}},
	}},
	{"Material", []fieldTemplate{
		{"Body", materials}, {"Surface", []string{"oiled", "lacquered", "raw", "brushed", "polished"}},
		{"Colour", colours}, {"Recycled", yesNo},
	}},
	{"Package", []fieldTemplate{
		{"Height", lengths}, {"Width", lengths}, {"Pieces", []string{"1", "2", "4", "6", "12"}},
		{"Weight", []string{"600 g", "1.5 kg", "4 kg", "9 kg", "16 kg"}},
	}},
	{"Use", []fieldTemplate{
		{"Outdoors", yesNo}, {"Dishwasher", yesNo},
		{"Temperature", []string{"0 to 40 C", "-10 to 60 C", "-20 to 90 C", "up to 220 C"}},
		{"Warranty", []string{"2 years", "3 years", "5 years", "10 years"}},
	}},
}

var sheetTexts = []string{"Assembly", "Care", "Safety", "Use", "Storage", "Transport", "Disposal", "Warranty"}

var sheetSentences = []string{
	"Keep the parts in their bag until you have counted them; it was drawn for",
	"Tighten all screws by hand first and once more after a week, as you would for",
	"Wipe with a damp cloth and dry at once; the surface was chosen for",
	"Don't load more than the plate on the underside says, which is enough for",
	"Let it stand for a day at room temperature before it is used for",
	"Lift it at the frame and never at the handle; this matters most for",
	"Spare parts are listed by number in the appendix, together with those for",
	"Cut edges may be sharp before they are sanded; wear gloves, also for",
	"Leave a hand's breadth of air on all sides, as is usual for",
	"Return the packaging where you bought it; it is the same as for",
}
