package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"bazaar/internal/serve"
)

const (
	leastCompared = 2
	mostCompared  = 8
)

// sheets answers for the data sheets. They are read when the first one is asked for: a
// replica that only merges lists needs none.
type sheets struct {
	documents iter.Seq[[]byte]
	load      sync.Once
	bySKU     map[string]*sheet
}

func newSheets(documents iter.Seq[[]byte]) *sheets { return &sheets{documents: documents} }

func (s *sheets) routes() []serve.Route {
	return []serve.Route{
		{Pattern: "GET /sheets/{sku}", Handle: s.handleSheet},
		{Pattern: "GET /compare", Handle: s.handleCompare},
	}
}

func (s *sheets) handleSheet(w http.ResponseWriter, r *http.Request) {
	sku := r.PathValue("sku")
	if !isSKU(sku) {
		serve.WriteError(w, http.StatusBadRequest, "bad-sku", fmt.Sprintf("%q is not an SKU, such as KT-0042", sku))
		return
	}
	found, ok := s.find(sku)
	if !ok {
		unknownSheet(w, sku)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Write(found.answer)
}

func (s *sheets) handleCompare(w http.ResponseWriter, r *http.Request) {
	skus, differing, err := parseCompare(r.URL.Query())
	if err != nil {
		serve.WriteError(w, http.StatusBadRequest, "bad-comparison", err.Error())
		return
	}
	compared := make([]*sheet, len(skus))
	for i, sku := range skus {
		found, ok := s.find(sku)
		if !ok {
			unknownSheet(w, sku)
			return
		}
		compared[i] = found
	}
	writePooled(w, compare(compared, differing))
}

// buffers are used again and again for answers. A sync.Pool would be emptied by every
// second collection, and there are dozens of them a second.
var buffers = make(chan *bytes.Buffer, 32)

func getBuffer() *bytes.Buffer {
	select {
	case buffer := <-buffers:
		buffer.Reset()
		return buffer
	default:
		return new(bytes.Buffer)
	}
}

func putBuffer(buffer *bytes.Buffer) {
	select {
	case buffers <- buffer:
	default:
	}
}

func writePooled(w http.ResponseWriter, v any) {
	buffer := getBuffer()
	defer putBuffer(buffer)
	if err := json.NewEncoder(buffer).Encode(v); err != nil {
		serve.WriteError(w, http.StatusInternalServerError, "internal", "the answer can't be encoded")
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Write(buffer.Bytes())
}

func unknownSheet(w http.ResponseWriter, sku string) {
	serve.WriteError(w, http.StatusNotFound, "unknown-sheet", "there is no data sheet of "+sku)
}

func (s *sheets) find(sku string) (*sheet, bool) {
	s.load.Do(s.read)
	found, ok := s.bySKU[sku]
	return found, ok
}

// read takes in all documents; one that can't be read is left out.
func (s *sheets) read() {
	s.bySKU = map[string]*sheet{}
	for document := range s.documents {
		taken, err := newSheet(document)
		if err != nil {
			slog.Warn("data sheet left out", "error", err)
			continue
		}
		s.bySKU[taken.sku] = taken
	}
}

func parseCompare(params url.Values) (skus []string, differing bool, err error) {
	skus = strings.Split(params.Get("skus"), ",")
	if len(skus) < leastCompared || len(skus) > mostCompared {
		return nil, false, fmt.Errorf("skus: want %d to %d, separated by commas", leastCompared, mostCompared)
	}
	for i, sku := range skus {
		if !isSKU(sku) || slices.Contains(skus[:i], sku) {
			return nil, false, fmt.Errorf("skus: %q is not an SKU, such as KT-0042, or is there twice", sku)
		}
	}
	if params.Has("differing") && params.Get("differing") != "1" {
		return nil, false, errors.New("differing: want 1, or leave it out")
	}
	return skus, params.Has("differing"), nil
}

// isSKU says whether a text is two capital letters, a dash and four digits.
func isSKU(text string) bool {
	if len(text) != len("KT-0042") || text[2] != '-' {
		return false
	}
	for i, c := range []byte(text) {
		switch {
		case i < 2 && (c < 'A' || c > 'Z'):
			return false
		case i > 2 && (c < '0' || c > '9'):
			return false
		}
	}
	return true
}
