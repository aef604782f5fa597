package client

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"bazaar/load/scenario"
)

var (
	get  = &scenario.Request{Method: http.MethodGet, Path: "/search?q=a%20b+c&limit=3", Tenant: "atlas"}
	post = &scenario.Request{Method: http.MethodPost, Path: "/orders", Body: []byte(`{"n":1}`), Tenant: "north"}
)

func TestRequestsArriveAsTheyWereWritten(t *testing.T) {
	c := connect(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("Content-Type", "text/x")
		w.WriteHeader(http.StatusTeapot)
		fmt.Fprintf(w, "%s %s %s %s %d %s %v", r.Method, r.RequestURI, r.Header.Get("X-Tenant"),
			r.Header.Get("Content-Type"), r.ContentLength, body, len(r.Header))
	})
	for request, want := range map[*scenario.Request]string{
		get:  "GET /search?q=a%20b+c&limit=3 atlas  0  3",
		post: `POST /orders north application/json 7 {"n":1} 5`,
	} {
		answer, err := c.Probe(context.Background(), request)
		if err != nil || string(answer.Body) != want || answer.Status != http.StatusTeapot || answer.ContentType != "text/x" {
			t.Errorf("answer %d %q %q, %v, want %q", answer.Status, answer.ContentType, answer.Body, err, want)
		}
	}
}

func TestOneConnectionServesRequestsOneAfterAnother(t *testing.T) {
	var opened atomic.Int64
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, strings.Repeat("x", 100_000))
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			opened.Add(1)
		}
	}
	server.Start()
	defer server.Close()
	c := mustNew(t, server.URL)
	for range 50 {
		if _, err := c.Probe(context.Background(), get); err != nil {
			t.Fatal(err)
		}
	}
	if opened.Load() != 1 {
		t.Errorf("%d connections for 50 requests in a row", opened.Load())
	}
}

func TestAnAnswerThatIsTooLongIsAnError(t *testing.T) {
	c := connect(t, func(w http.ResponseWriter, _ *http.Request) {
		chunk := make([]byte, 1<<20)
		for range 2 * MaxBody / len(chunk) {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	})
	if _, err := c.Probe(context.Background(), get); err == nil || !strings.Contains(err.Error(), "longer than") {
		t.Errorf("error %v", err)
	}
}

func TestAnAnswerThatNeverEndsIsAnError(t *testing.T) {
	held := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.(http.Flusher).Flush()
		<-held
	}))
	defer server.Close()
	defer close(held)
	c, err := New(server.URL, 50*time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Probe(context.Background(), get); err == nil {
		t.Error("no error")
	}
}

func TestARedirectIsAnAnswerAndNotFollowed(t *testing.T) {
	c := connect(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/elsewhere", http.StatusFound) })
	if answer, err := c.Probe(context.Background(), get); err != nil || answer.Status != http.StatusFound {
		t.Errorf("status %d, %v", answer.Status, err)
	}
}

func TestOnlyPlainBaseAddressesAreTaken(t *testing.T) {
	for _, base := range []string{"", "127.0.0.1:80", "https://a:1", "http://", "http://a:1/x", "http://a:1?q", "http://u:p@a:1", "http://a:1\n"} {
		if _, err := New(base, time.Second); err == nil {
			t.Errorf("%q was taken", base)
		}
	}
}

func BenchmarkRequest(b *testing.B) {
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer server.Close()
	c := mustNew(b, server.URL)
	b.ReportAllocs()
	for range b.N {
		if err := c.Do(context.Background(), post, func(scenario.Answer) {}); err != nil {
			b.Fatal(err)
		}
	}
}

func connect(t *testing.T, handler http.HandlerFunc) *Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return mustNew(t, server.URL)
}

func mustNew(t testing.TB, base string) *Client {
	t.Helper()
	c, err := New(base, 10*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}
