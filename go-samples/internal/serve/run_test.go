package serve

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
	"strings"
	"testing"
)

// startProcess runs a service until the returned stop is called, which waits for its end.
func startProcess(t *testing.T, routes ...Route) (line readyLine, stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	out, in := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- run(ctx, process{name: "test", addr: "127.0.0.1:0", handler: newHandler(ctx, routes), ready: in})
	}()
	if err := json.NewDecoder(out).Decode(&line); err != nil {
		t.Fatal(err)
	}
	return line, func() error { cancel(); return <-ended }
}

func TestReadyLineNamesTheRealPort(t *testing.T) {
	line, stop := startProcess(t)
	if status, body := get(t, "http://"+line.Addr+"/healthz"); status != 200 || body != "{\"ok\":true}\n" {
		t.Errorf("healthz: %d %q", status, body)
	}
	want := readyLine{true, "test", line.Addr, os.Getpid(), runtime.Version()}
	if line != want || strings.HasSuffix(line.Addr, ":0") {
		t.Errorf("ready line %+v", line)
	}
	if err := stop(); err != nil {
		t.Errorf("stop: %v", err)
	}
}

func TestStopLetsRequestsFinish(t *testing.T) {
	entered, leave := make(chan struct{}), make(chan struct{})
	line, stop := startProcess(t, Route{"GET /slow", func(w http.ResponseWriter, r *http.Request) {
		close(entered)
		<-leave
		WriteJSON(w, http.StatusOK, r.Context().Err() == nil)
	}})
	answered := make(chan string, 1)
	go func() {
		_, body := get(t, "http://"+line.Addr+"/slow")
		answered <- body
	}()
	<-entered
	stopped := make(chan error, 1)
	go func() { stopped <- stop() }()
	// New connections are refused as soon as the stop has begun.
	for {
		conn, err := net.Dial("tcp", line.Addr)
		if err != nil {
			break
		}
		conn.Close()
		runtime.Gosched()
	}
	close(leave)
	if body := <-answered; body != "true\n" {
		t.Errorf("request in flight got %q", body)
	}
	if err := <-stopped; err != nil {
		t.Errorf("stop: %v", err)
	}
}

func TestPortInUseIsAnError(t *testing.T) {
	line, stop := startProcess(t)
	defer stop()
	err := run(context.Background(), process{name: "second", addr: line.Addr, handler: newHandler(context.Background(), nil), ready: io.Discard})
	if err == nil || !strings.HasPrefix(err.Error(), "listen: ") {
		t.Errorf("second listener on the port: %v", err)
	}
}

func TestClosedStdinStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	out, in := io.Pipe()
	go stopAtEOF(out, cancel)
	in.Write([]byte("ignored\n"))
	if ctx.Err() != nil {
		t.Error("stopped by input")
	}
	in.Close()
	<-ctx.Done()
}
