package serve

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
)

// Main runs the service called name until it is told to stop, then exits the process:
// 0 after a stop, 1 if it couldn't start, 2 for bad flags. Flags of the service's own
// are defined on flag.CommandLine before; they are parsed when build is called.
func Main(name string, build func(seed uint64) ([]Route, error)) {
	addr := flag.String("addr", "127.0.0.1:0", "listen on `HOST:PORT`; port 0 takes a free one")
	seed := flag.Uint64("seed", 1, "`seed` of the shop's data")
	untilEOF := flag.Bool("exit-on-stdin-close", false, "stop when stdin is closed")
	flag.Parse()
	if flag.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "%s: unexpected argument %q\n", name, flag.Arg(0))
		os.Exit(2)
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, nil)).With("service", name))

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	if *untilEOF {
		go stopAtEOF(os.Stdin, stop)
	}
	err := start(ctx, name, *addr, func() ([]Route, error) { return build(*seed) })
	stop()
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
		os.Exit(1)
	}
}

func start(ctx context.Context, name, addr string, build func() ([]Route, error)) error {
	setProfileRates()
	routes, err := build()
	if err != nil {
		return err
	}
	return run(ctx, process{name: name, addr: addr, handler: newHandler(ctx, routes), ready: os.Stdout})
}

// stopAtEOF lets a service notice that whoever started it is gone.
func stopAtEOF(r io.Reader, stop func()) {
	if _, err := io.Copy(io.Discard, r); err != nil && !errors.Is(err, os.ErrClosed) {
		slog.Warn("stdin failed, stopping", "error", err)
	}
	stop()
}
