package main

import "slices"

type comparisonJSON struct {
	SKUs  []string  `json:"skus"`
	Rows  []rowJSON `json:"rows"`
	Texts []rowJSON `json:"texts"`
}

// rowJSON has one value for each sheet, in their order; "" if a sheet has none.
type rowJSON struct {
	Section string   `json:"section,omitempty"`
	Name    string   `json:"name"`
	Values  []string `json:"values"`
}

// table puts the rows of several sheets below each other, in the order in which they are met.
type table struct {
	width int
	rows  []rowJSON
	at    map[[2]string]int // by section and name
}

func newTable(width int) *table {
	return &table{width: width, rows: []rowJSON{}, at: map[[2]string]int{}}
}

func (t *table) set(section, name string, column int, value string) {
	key := [2]string{section, name}
	at, met := t.at[key]
	if !met {
		at = len(t.rows)
		t.at[key] = at
		t.rows = append(t.rows, rowJSON{Section: section, Name: name, Values: make([]string, t.width)})
	}
	t.rows[at].Values[column] = value
}

// compare shows sheets side by side. With differing, rows of fields in which all values are
// equal are left out; texts are always shown.
func compare(sheets []sheetJSON, differing bool) comparisonJSON {
	fields, texts := newTable(len(sheets)), newTable(len(sheets))
	skus := make([]string, len(sheets))
	for column, s := range sheets {
		skus[column] = s.SKU
		for _, section := range s.Sections {
			for _, field := range section.Fields {
				fields.set(section.Title, field.Name, column, field.Value)
			}
		}
		for _, text := range s.Texts {
			texts.set("", text.Title, column, text.Text)
		}
	}
	rows := fields.rows
	if differing {
		rows = slices.DeleteFunc(rows, func(row rowJSON) bool { return allEqual(row.Values) })
	}
	return comparisonJSON{SKUs: skus, Rows: rows, Texts: texts.rows}
}

func allEqual(values []string) bool {
	return !slices.ContainsFunc(values, func(value string) bool { return value != values[0] })
}
