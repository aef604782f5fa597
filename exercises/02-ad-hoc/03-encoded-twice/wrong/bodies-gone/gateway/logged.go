package main

import (
	"context"
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
		next(answer, r)
		e.Status = answer.status
		l.add(*e)
	}
}

// recorder keeps the status of an answer.
type recorder struct {
	http.ResponseWriter
	status int
}

// WriteHeader implements http.ResponseWriter.
func (a *recorder) WriteHeader(status int) {
	a.status = status
	a.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController through.
func (a *recorder) Unwrap() http.ResponseWriter { return a.ResponseWriter }
