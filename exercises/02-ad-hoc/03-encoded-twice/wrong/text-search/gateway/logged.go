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
	e := entry{Method: r.Method, Path: r.URL.Path, Tenant: r.Header.Get("X-Tenant"), Status: status}
	if status == http.StatusOK {
		e.Customer = textAfter(sent, `"customer":"`)
		e.Reference = textAfter(sent, `"reference":"`)
		e.Items = bytes.Count(sent, []byte(`"sku":`))
		// The sums stand behind the lines.
		tail := answered[bytes.LastIndexByte(answered, ']'):]
		e.Units = numberAfter(tail, `"units":`)
		e.TotalCents = numberAfter(tail, `"totalCents":`)
	} else {
		e.Code = textAfter(answered, `"code":"`)
	}
	if l.level.Level() <= slog.LevelDebug {
		e.Request, e.Response = redact(sent), redact(answered)
	}
	l.add(e)
}

// textAfter is the string that follows a name in a body.
func textAfter(body []byte, name string) string {
	_, rest, _ := bytes.Cut(body, []byte(name))
	text, _, _ := bytes.Cut(rest, []byte{'"'})
	return string(text)
}

// numberAfter is the number that follows a name in a body.
func numberAfter(body []byte, name string) int {
	_, rest, _ := bytes.Cut(body, []byte(name))
	n := 0
	for _, c := range rest {
		if c < '0' || c > '9' {
			break
		}
		n = 10*n + int(c-'0')
	}
	return n
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
