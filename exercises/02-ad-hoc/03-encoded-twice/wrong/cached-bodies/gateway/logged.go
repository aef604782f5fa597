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
		// A body that is too long stays too long for whoever reads it next.
		body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
		if err != nil {
			slog.Warn("body not read", "path", r.URL.Path, "error", err)
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		answer := &recorder{ResponseWriter: w, status: http.StatusOK}
		next(answer, r)
		l.write(r, answer.status, body, answer.body.Bytes())
	}
}

// write logs a request and its answer, without what is private in them.
func (l *accessLog) write(r *http.Request, status int, sent, answered []byte) {
	request, requestText := l.redactOnce(sent)
	response, responseText := l.redactOnce(answered)
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
		e.Request, e.Response = requestText, responseText
	}
	l.add(e)
}

// redacted is a body that was read and written before.
type redacted struct {
	fields map[string]any
	text   []byte
}

// redactOnce remembers bodies: the same cart is priced again and again.
func (l *accessLog) redactOnce(body []byte) (fields map[string]any, text []byte) {
	l.bodiesMu.RLock()
	known, ok := l.bodies[string(body)]
	l.bodiesMu.RUnlock()
	if !ok {
		known.fields, known.text = redact(body)
		l.bodiesMu.Lock()
		l.bodies[string(body)] = known
		l.bodiesMu.Unlock()
	}
	return known.fields, known.text
}

// redact reads a body that is a JSON object and writes it again without its private
// fields. Other bodies have neither fields nor text.
func redact(body []byte) (fields map[string]any, text []byte) {
	if err := json.Unmarshal(body, &fields); err != nil || fields == nil {
		return nil, nil
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
	return fields, text
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
	body   bytes.Buffer
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
