package main

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
)

// privateFields never reach the log.
var privateFields = []string{"card", "email"}

// logged writes a line for each request that next answers.
func (l *accessLog) logged(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		e := &entry{Method: r.Method, Path: r.URL.Path, Tenant: r.Header.Get("X-Tenant")}
		answer := &recorder{ResponseWriter: w, status: http.StatusOK}
		if l.level.Level() <= slog.LevelDebug {
			answer.body = new(bytes.Buffer)
			sent := readAhead(r)
			next(answer, r)
			e.Request, e.Response = redact(sent), redact(answer.body.Bytes())
		} else {
			next(answer, r)
		}
		e.Status = answer.status
		l.add(*e)
	}
}

// readAhead takes a copy of a body that is still to be read.
func readAhead(r *http.Request) []byte {
	// A body that is too long stays too long for whoever reads it next.
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil {
		slog.Warn("body not read", "path", r.URL.Path, "error", err)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	return body
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

// recorder keeps the status of an answer, and its body if there is a buffer for it.
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
	if a.body != nil {
		a.body.Write(p)
	}
	return a.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController through.
func (a *recorder) Unwrap() http.ResponseWriter { return a.ResponseWriter }
