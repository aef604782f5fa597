package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	chargeTimeout  = 10 * time.Second
	connectTimeout = 2 * time.Second
	idleTimeout    = time.Minute // shorter than payments keeps a connection
	maxIdle        = 256
	maxReply       = 4 << 10
)

var errDeclined = errors.New("the card was declined")

// payments charges cards and knows what was charged. Safe for concurrent use.
type payments struct {
	chargeURL  string
	archiveURL string // the ID of an order follows
	client     *http.Client
}

// charge is what payments wants to know.
type charge struct {
	Order       string `json:"order"`
	Card        string `json:"card"`
	AmountCents int    `json:"amountCents"`
}

func newPayments(base string) (*payments, error) {
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "http" || u.Host == "" {
		return nil, fmt.Errorf("-payments is %q, must be like http://127.0.0.1:8090", base)
	}
	return &payments{
		chargeURL:  strings.TrimSuffix(base, "/") + "/charge",
		archiveURL: strings.TrimSuffix(base, "/") + "/charges/",
		client: &http.Client{
			Timeout: chargeTimeout,
			Transport: &http.Transport{
				DialContext:         (&net.Dialer{Timeout: connectTimeout}).DialContext,
				MaxIdleConns:        maxIdle,
				MaxIdleConnsPerHost: maxIdle,
				IdleConnTimeout:     idleTimeout,
			},
		},
	}, nil
}

// charge returns nil if the card was charged and errDeclined if it was declined. After
// any other error nobody knows. A charge that has begun is seen through, even if ctx ends.
func (p *payments) charge(ctx context.Context, c charge) error {
	body, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("charge: %w", err)
	}
	request, err := http.NewRequestWithContext(context.WithoutCancel(ctx), http.MethodPost, p.chargeURL, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("charge: %w", err)
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := p.client.Do(request)
	if err != nil {
		return fmt.Errorf("charge: %w", err)
	}
	defer response.Body.Close()
	// The body is read to its end so that the connection can be used again.
	reply, err := io.ReadAll(io.LimitReader(response.Body, maxReply))
	switch {
	case response.StatusCode == http.StatusPaymentRequired:
		return errDeclined
	case response.StatusCode != http.StatusOK:
		return fmt.Errorf("charge: payments says %s: %s", response.Status, reply)
	case err != nil:
		return fmt.Errorf("charge: %w", err)
	}
	return nil
}
