package scenario

import (
	"encoding/json"
	"slices"

	"bazaar/internal/shop"
)

// comparisonQuery asks for sheets side by side.
type comparisonQuery struct {
	skus      []string
	differing bool
}

type wholeSheet struct {
	SKU      string              `json:"sku"`
	Sections []shop.SheetSection `json:"sections"`
	Texts    []shop.SheetText    `json:"texts"`
}

type comparedRow struct {
	Section string   `json:"section,omitempty"`
	Name    string   `json:"name"`
	Values  []string `json:"values"`
}

type comparedSheets struct {
	SKUs  []string      `json:"skus"`
	Rows  []comparedRow `json:"rows"`
	Texts []comparedRow `json:"texts"`
}

// sheetsModel answers from the shop's sheets, one value at a time.
type sheetsModel struct {
	skus    []string // that have a sheet
	without []string // SKUs of products that have none
	sheets  map[string]shop.Sheet
}

func newSheetsModel(s *shop.Shop) *sheetsModel {
	m := &sheetsModel{sheets: map[string]shop.Sheet{}}
	for sheet := range s.Sheets() {
		m.skus = append(m.skus, sheet.SKU)
		m.sheets[sheet.SKU] = sheet
	}
	for _, p := range s.Products {
		if _, has := m.sheets[p.SKU]; !has {
			m.without = append(m.without, p.SKU)
		}
	}
	return m
}

func (m *sheetsModel) sheet(sku string) *jsonAnswer {
	s := m.sheets[sku]
	return &jsonAnswer{body: mustJSON(wholeSheet{s.SKU, s.Sections, s.Texts}), explain: explainSheet}
}

func (m *sheetsModel) comparison(q comparisonQuery) *jsonAnswer {
	want := comparedSheets{SKUs: q.skus, Rows: []comparedRow{}, Texts: []comparedRow{}}
	for _, sku := range q.skus {
		for _, section := range m.sheets[sku].Sections {
			for _, field := range section.Fields {
				want.Rows = m.addRow(want.Rows, q, section.Title, field.Name)
			}
		}
		for _, text := range m.sheets[sku].Texts {
			want.Texts = m.addRow(want.Texts, q, "", text.Title)
		}
	}
	if q.differing {
		want.Rows = slices.DeleteFunc(want.Rows, func(row comparedRow) bool {
			return len(slices.Compact(slices.Clone(row.Values))) == 1
		})
	}
	return &jsonAnswer{body: mustJSON(want), explain: explainComparison}
}

// addRow adds a row that isn't there yet, with the values of all sheets.
func (m *sheetsModel) addRow(rows []comparedRow, q comparisonQuery, section, name string) []comparedRow {
	if slices.ContainsFunc(rows, func(row comparedRow) bool { return row.Section == section && row.Name == name }) {
		return rows
	}
	row := comparedRow{Section: section, Name: name}
	for _, sku := range q.skus {
		row.Values = append(row.Values, valueOf(m.sheets[sku], section, name))
	}
	return append(rows, row)
}

// valueOf is a field's value or, without a section, a text; "" if the sheet has none.
func valueOf(s shop.Sheet, section, name string) string {
	if section == "" {
		for _, text := range s.Texts {
			if text.Title == name {
				return text.Text
			}
		}
	}
	for _, part := range s.Sections {
		for _, field := range part.Fields {
			if part.Title == section && field.Name == name {
				return field.Value
			}
		}
	}
	return ""
}

// explainSheet names what is wrong with a sheet.
func explainSheet(want, got []byte) string {
	var expected, seen wholeSheet
	switch {
	case json.Unmarshal(want, &expected) != nil || json.Unmarshal(got, &seen) != nil || seen.SKU != expected.SKU:
		return "sheet-fields"
	case !slices.Equal(seen.Texts, expected.Texts):
		return "sheet-texts"
	}
	return "sheet-fields"
}

// explainComparison names what is wrong with a comparison.
func explainComparison(want, got []byte) string {
	var expected, seen comparedSheets
	if json.Unmarshal(want, &expected) != nil || json.Unmarshal(got, &seen) != nil || !slices.Equal(seen.SKUs, expected.SKUs) {
		return "compare-sheets"
	}
	if !slices.EqualFunc(seen.Rows, expected.Rows, sameRow) {
		return "compare-rows"
	}
	if !slices.EqualFunc(seen.Texts, expected.Texts, sameRow) {
		return "compare-texts"
	}
	return "compare-sheets"
}

func sameRow(a, b comparedRow) bool {
	return a.Section == b.Section && a.Name == b.Name && slices.Equal(a.Values, b.Values)
}
