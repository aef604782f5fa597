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

// sentFields are those of a request that are logged. Items are only counted.
type sentFields struct {
	Customer  string     `json:"customer"`
	Reference string     `json:"reference"`
	Items     []struct{} `json:"items"`
}

// answeredFields are those of an answer that are logged.
type answeredFields struct {
	Units      int `json:"units"`
	TotalCents int `json:"totalCents"`
	Error      struct {
		Code string `json:"code"`
	} `json:"error"`
}

// write logs a request and its answer, without what is private in them.
func (l *accessLog) write(r *http.Request, status int, sent, answered []byte) {
	e := entry{Method: r.Method, Path: r.URL.Path, Tenant: r.Header.Get("X-Tenant"), Status: status}
	var response answeredFields
	if err := json.Unmarshal(answered, &response); err != nil {
		slog.Warn("answer not logged", "path", e.Path, "error", err)
	}
	e.Units, e.TotalCents, e.Code = response.Units, response.TotalCents, response.Error.Code
	if status == http.StatusOK {
		var request sentFields
		if err := json.Unmarshal(sent, &request); err != nil {
			slog.Warn("body not logged", "path", e.Path, "error", err)
		}
		e.Customer, e.Reference, e.Items = request.Customer, request.Reference, len(request.Items)
	}
	if l.level.Level() <= slog.LevelDebug {
		e.Request, e.Response = redact(sent), redact(answered)
	}
	l.add(e)
}

// redact writes a body that is a JSON object again, without its private fields.
func redact(body []byte) json.RawMessage {
	var fields map[string]any
	if err := json.Unmarshal(body, &fields); err != nil || fields == nil {
		return nil
	}
	for _, name := range privateFields {
		if _, ok := fields[name]; ok {
			fields[name] = "***"
		}
	}
	text, err := json.Marshal(fields)
	if err != nil {
		slog.Warn("body not logged", "error", err)
	}
	return text
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
