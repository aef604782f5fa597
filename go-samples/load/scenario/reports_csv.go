package scenario

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net/http"
	"slices"
)

// csvAnswer expects 200 and a text, byte for byte.
type csvAnswer struct{ body []byte }

func (c *csvAnswer) check(a Answer) *Fault {
	rule := wrongHead(a, mediaCSV)
	if rule == "" && string(a.Body) != string(c.body) {
		rule = explainCSV(c.body, a.Body)
	}
	if rule == "" {
		return nil
	}
	return &Fault{Rule: rule, Expected: "200 " + firstDifference(c.body, a.Body)}
}

func (c *csvAnswer) example() Answer {
	return Answer{Status: http.StatusOK, ContentType: mediaCSV, Body: c.body}
}

func (c *csvAnswer) String() string { return "200 " + string(c.body) }

// explainCSV names what is wrong with a CSV that isn't the expected one.
func explainCSV(want, got []byte) string {
	expected, _ := csv.NewReader(bytes.NewReader(want)).ReadAll()
	seen, err := csv.NewReader(bytes.NewReader(got)).ReadAll()
	switch {
	case err != nil:
		return "csv-quoting"
	case len(seen) == 0 || !slices.Equal(seen[0], csvHeader):
		return "csv-header"
	case len(seen) != len(expected):
		return "csv-rows"
	case !slices.EqualFunc(seen, expected, slices.Equal):
		return "csv-fields"
	}
	return "csv-bytes" // the same records, written differently
}

// firstDifference shows the line of want in which got differs.
func firstDifference(want, got []byte) string {
	same := 0
	for same < min(len(want), len(got)) && want[same] == got[same] {
		same++
	}
	start := bytes.LastIndexByte(want[:same], '\n') + 1
	line := 1 + bytes.Count(want[:start], []byte("\n"))
	end := len(want)
	if at := bytes.IndexByte(want[same:], '\n'); at >= 0 {
		end = same + at
	}
	return fmt.Sprintf("line %d: %s", line, want[start:end])
}
