// Package client sends requests to one base URL over kept connections, and
// reads answers with a bound. It follows no redirects, retries nothing that
// may have had an effect, and sends the same headers whoever asks.
package client

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"bazaar/load/scenario"
)

// MaxBody bounds the body of an answer.
const MaxBody = 8 << 20

const (
	maxConnections = 1024
	maxIdle        = 512
	keptBuffer     = 1 << 20
	// Shorter than any server keeps one, so that no request is sent on a
	// connection that its server is just closing.
	idleTimeout = 15 * time.Second
)

// Client talks to one base URL. Use New; Close when done.
type Client struct {
	base      *http.Request
	transport *http.Transport
	headers   sync.Map // headerKey → http.Header, shared and never changed
	timeout   time.Duration
	open      atomic.Int64
}

// counted is a connection that counts as open until it is closed.
type counted struct {
	net.Conn
	closed func()
}

func (c *counted) Close() error {
	c.closed()
	return c.Conn.Close()
}

type headerKey struct {
	tenant  string
	hasBody bool
}

// New makes a client for an http base URL without path. Each request may
// take timeout from its sending to the last byte of its answer.
func New(base string, timeout time.Duration) (*Client, error) {
	u, err := url.Parse(base)
	if err != nil {
		return nil, fmt.Errorf("target %q: %w", base, err)
	}
	if u.Scheme != "http" || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.User != nil {
		return nil, fmt.Errorf("target %q: want http://HOST:PORT", base)
	}
	dialer := &net.Dialer{Timeout: timeout}
	c := &Client{
		base: &http.Request{
			URL: &url.URL{Scheme: u.Scheme, Host: u.Host}, Host: u.Host,
			Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		},
		transport: &http.Transport{
			Proxy:               nil,
			DisableCompression:  true,
			MaxConnsPerHost:     maxConnections,
			MaxIdleConns:        maxIdle,
			MaxIdleConnsPerHost: maxIdle,
			IdleConnTimeout:     idleTimeout,
		},
		timeout: timeout,
	}
	c.transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dialer.DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		c.open.Add(1)
		return &counted{Conn: conn, closed: sync.OnceFunc(func() { c.open.Add(-1) })}, nil
	}
	return c, nil
}

// Connections is how many connections are open, in use or not.
func (c *Client) Connections() int64 { return c.open.Load() }

// Close gives up idle connections.
func (c *Client) Close() { c.transport.CloseIdleConnections() }

// Do sends r and hands its answer to use; the answer's body is valid only
// until use returns.
func (c *Client) Do(ctx context.Context, r *scenario.Request, use func(scenario.Answer)) error {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	response, err := c.transport.RoundTrip(c.wire(ctx, r))
	if err != nil {
		return err
	}
	defer response.Body.Close()
	buffer := buffers.Get().(*bytes.Buffer)
	defer keep(buffer)
	if err := drain(buffer, response.Body); err != nil {
		return err
	}
	use(scenario.Answer{
		Status:      response.StatusCode,
		ContentType: response.Header.Get("Content-Type"),
		RetryAfter:  response.Header.Get("Retry-After"),
		Body:        buffer.Bytes(),
	})
	return nil
}

// Probe is Do for callers that keep the answer.
func (c *Client) Probe(ctx context.Context, r *scenario.Request) (scenario.Answer, error) {
	var kept scenario.Answer
	err := c.Do(ctx, r, func(a scenario.Answer) {
		kept = a
		kept.Body = bytes.Clone(a.Body)
	})
	return kept, err
}

// wire is the request as net/http sends it: one shallow copy of the base.
func (c *Client) wire(ctx context.Context, r *scenario.Request) *http.Request {
	request := c.base.WithContext(ctx)
	request.Method = r.Method
	path, query, _ := strings.Cut(r.Path, "?")
	request.URL = &url.URL{Scheme: c.base.URL.Scheme, Host: c.base.URL.Host, Opaque: path, RawQuery: query}
	request.Header = c.header(headerKey{tenant: r.Tenant, hasBody: r.Body != nil})
	if r.Body != nil {
		body := r.Body
		request.ContentLength = int64(len(body))
		request.Body = io.NopCloser(bytes.NewReader(body))
		request.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	}
	return request
}

func (c *Client) header(key headerKey) http.Header {
	if header, ok := c.headers.Load(key); ok {
		return header.(http.Header)
	}
	header := http.Header{"Accept": {"*/*"}, "User-Agent": {"bazaar-web/1"}}
	if key.tenant != "" {
		header.Set("X-Tenant", key.tenant)
	}
	if key.hasBody {
		header.Set("Content-Type", "application/json")
	}
	c.headers.Store(key, header)
	return header
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// keep gives a buffer back, unless one huge answer would stay in the pool.
func keep(buffer *bytes.Buffer) {
	if buffer.Cap() <= keptBuffer {
		buffer.Reset()
		buffers.Put(buffer)
	}
}

func drain(buffer *bytes.Buffer, body io.Reader) error {
	n, err := buffer.ReadFrom(io.LimitReader(body, MaxBody+1))
	if err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	if n > MaxBody {
		return fmt.Errorf("the answer is longer than %d bytes", MaxBody)
	}
	return nil
}
