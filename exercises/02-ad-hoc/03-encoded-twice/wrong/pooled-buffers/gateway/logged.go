package main

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"sync"
)

// privateFields never reach the log.
var privateFields = []string{"card", "email"}

// keptBuffer bounds the buffers that are used again.
const keptBuffer = 128 << 10

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func giveBack(b *bytes.Buffer) {
	if b.Cap() <= keptBuffer {
		b.Reset()
		buffers.Put(b)
	}
}

// logged writes a line for each request that next answers.
func (l *accessLog) logged(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		sent, answered := buffers.Get().(*bytes.Buffer), buffers.Get().(*bytes.Buffer)
		defer giveBack(sent)
		defer giveBack(answered)
		r.Body = struct {
			io.Reader
			io.Closer
		}{io.TeeReader(r.Body, sent), r.Body}
		answer := &recorder{ResponseWriter: w, status: http.StatusOK, body: answered}
		next(answer, r)
		l.write(r, answer.status, sent.Bytes(), answered.Bytes())
	}
}

// write logs a request and its answer, without what is private in them.
func (l *accessLog) write(r *http.Request, status int, sent, answered []byte) {
	requestText, responseText := buffers.Get().(*bytes.Buffer), buffers.Get().(*bytes.Buffer)
	defer giveBack(requestText)
	defer giveBack(responseText)
	request, response := redact(sent, requestText), redact(answered, responseText)
	e := entry{Method: r.Method, Path: r.URL.Path, Tenant: r.Header.Get("X-Tenant"), Status: status}
	if status == http.StatusOK {
		items, _ := request["items"].([]any)
		e.Customer, _ = request["customer"].(string)
		e.Reference, _ = request["reference"].(string)
		e.Items = len(items)
		e.Units = number(response["units"])
		e.TotalCents = number(response["totalCents"])
	} else {
		refusal, _ := response["error"].(map[string]any)
		e.Code, _ = refusal["code"].(string)
	}
	if l.level.Level() <= slog.LevelDebug {
		e.Request, e.Response = bytes.Clone(requestText.Bytes()), bytes.Clone(responseText.Bytes())
	}
	l.add(e)
}

// redact reads a body that is a JSON object and writes it again, without its private
// fields, into text. Other bodies have neither fields nor text.
func redact(body []byte, text *bytes.Buffer) (fields map[string]any) {
	if err := json.Unmarshal(body, &fields); err != nil || fields == nil {
		return nil
	}
	for _, name := range privateFields {
		if _, ok := fields[name]; ok {
			fields[name] = "***"
		}
	}
	if err := json.NewEncoder(text).Encode(fields); err != nil {
		slog.Warn("body not logged", "error", err)
	}
	return fields
}

// number is a JSON number as an integer, and 0 for anything else.
func number(value any) int {
	n, _ := value.(float64)
	return int(n)
}

// recorder keeps what is answered.
type recorder struct {
	http.ResponseWriter
	status int
	body   *bytes.Buffer
}

// WriteHeader implements http.ResponseWriter.
func (a *recorder) WriteHeader(status int) {
	a.status = status
	a.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (a *recorder) Write(p []byte) (int, error) {
	a.body.Write(p)
	return a.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController through.
func (a *recorder) Unwrap() http.ResponseWriter { return a.ResponseWriter }
