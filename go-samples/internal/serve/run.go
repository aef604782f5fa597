package serve

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime"
	"time"
)

const (
	headerTimeout = 10 * time.Second
	readTimeout   = 30 * time.Second
	writeTimeout  = 30 * time.Second
	idleTimeout   = 2 * time.Minute
	maxHeader     = 16 << 10

	// stopTimeout is how long requests in flight may take to finish. The process is
	// to be gone 2.5 s after the signal.
	stopTimeout = 2200 * time.Millisecond
)

// process is one run of a service.
type process struct {
	name    string
	addr    string
	handler http.Handler
	ready   io.Writer // gets the ready line
}

type readyLine struct {
	Ready   bool   `json:"ready"`
	Service string `json:"service"`
	Addr    string `json:"addr"`
	PID     int    `json:"pid"`
	Go      string `json:"go"`
}

// run serves until ctx ends. The ready line is written once connections are accepted.
func run(ctx context.Context, p process) error {
	listener, err := net.Listen("tcp", p.addr)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	server := &http.Server{
		Handler:           p.handler,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()

	line := readyLine{Ready: true, Service: p.name, Addr: listener.Addr().String(), PID: os.Getpid(), Go: runtime.Version()}
	if err := json.NewEncoder(p.ready).Encode(line); err != nil {
		server.Close()
		return fmt.Errorf("write ready line: %w", err)
	}
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
		return stopServer(server)
	}
}

// stopServer lets requests finish; those that take too long are cut off.
func stopServer(server *http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), stopTimeout)
	defer cancel()
	err := server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		slog.Warn("stopped with requests in flight", "after", stopTimeout)
		err = server.Close()
	}
	if err != nil {
		return fmt.Errorf("stop: %w", err)
	}
	return nil
}
