package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
)

type entryKey struct{}

// entryOf is the line that will be written for a request. Handlers fill in what they know.
func entryOf(r *http.Request) *entry {
	return r.Context().Value(entryKey{}).(*entry)
}

// accept notes an accepted cart, as sent and as answered.
func (e *entry) accept(c *cart, p *priced) {
	e.Customer, e.Reference, e.Items = c.Customer, c.Reference, len(c.Items)
	e.Units, e.TotalCents = p.Units, p.TotalCents
}

// logged writes a line for each request that next answers.
func (l *accessLog) logged(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		e := &entry{Method: r.Method, Path: r.URL.Path, Tenant: r.Header.Get("X-Tenant")}
		answer := &recorder{ResponseWriter: w, status: http.StatusOK}
		r = r.WithContext(context.WithValue(r.Context(), entryKey{}, e))
		if l.level.Level() <= slog.LevelDebug {
			answer.body = new(bytes.Buffer)
			sent := readAhead(r)
			next(answer, r)
			e.Request, e.Response = asLogged(sent), asLogged(answer.body.Bytes())
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

// asLogged is a body as it is, if it is JSON.
func asLogged(body []byte) json.RawMessage {
	if !json.Valid(body) {
		return nil
	}
	return body
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
