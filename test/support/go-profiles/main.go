// Command go-profiles writes real profiles of a small web server under load: the samples that tests and benches read.
//
//	go run . -out DIR -windows 4 -millis 1000
//
// makes cpu-0.pb.gz … cpu-3.pb.gz, heap.pb.gz, allocs.pb.gz, goroutine.pb.gz, mutex.pb.gz and block.pb.gz in DIR.
package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"sync"
	"time"
)

type order struct {
	ID    int      `json:"id"`
	User  string   `json:"user"`
	Items []string `json:"items"`
	Total float64  `json:"total"`
}

type shop struct {
	mu     sync.Mutex
	orders []order
	kept   [][]byte
}

func main() {
	out := flag.String("out", ".", "folder for the profiles")
	windows := flag.Int("windows", 4, "number of CPU profiles")
	millis := flag.Int("millis", 1000, "length of each CPU profile")
	flag.Parse()
	if err := run(*out, *windows, time.Duration(*millis)*time.Millisecond); err != nil {
		log.Fatal(err)
	}
}

func run(out string, windows int, window time.Duration) error {
	runtime.SetMutexProfileFraction(1)
	runtime.SetBlockProfileRate(1)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	server := &http.Server{Handler: newShop()}
	go server.Serve(listener)
	defer server.Close()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	for client := range 4 {
		go drive(ctx, "http://"+listener.Addr().String(), client)
	}
	for i := range windows {
		if err := writeCPU(filepath.Join(out, fmt.Sprintf("cpu-%d.pb.gz", i)), window); err != nil {
			return fmt.Errorf("write CPU profile: %w", err)
		}
	}
	runtime.GC()
	for _, kind := range []string{"heap", "allocs", "goroutine", "mutex", "block"} {
		if err := writeKind(filepath.Join(out, kind+".pb.gz"), kind); err != nil {
			return fmt.Errorf("write %s profile: %w", kind, err)
		}
	}
	return nil
}

func newShop() http.Handler {
	s := &shop{}
	for i := range 300 {
		s.orders = append(s.orders, order{ID: i, User: fmt.Sprintf("user-%d", i%7), Items: []string{"tea", "bread", "salt"}, Total: float64(i*7919%1000) / 3})
	}
	mux := http.NewServeMux()
	for path, handler := range map[string]http.HandlerFunc{"/search": s.search, "/orders": s.list, "/report": s.report, "/walk": s.walk} {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			labels := pprof.Labels("endpoint", path, "tenant", r.URL.Query().Get("tenant"))
			pprof.Do(r.Context(), labels, func(context.Context) { handler(w, r) })
		})
	}
	return mux
}

func (s *shop) search(w http.ResponseWriter, r *http.Request) {
	pattern := regexp.MustCompile(`^user-[0-6]\d*$`)
	found := 0
	for _, o := range s.orders {
		if pattern.MatchString(o.User) {
			found++
		}
	}
	fmt.Fprintln(w, found)
}

func (s *shop) list(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	sorted := slices.Clone(s.orders)
	slices.SortFunc(sorted, func(a, b order) int { return strings.Compare(a.User, b.User) })
	text, err := json.Marshal(sorted)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if len(s.kept) < 64 {
		s.kept = append(s.kept, text)
	}
	w.Write(text)
}

func (s *shop) report(w http.ResponseWriter, r *http.Request) {
	var text bytes.Buffer
	for _, o := range s.orders {
		fmt.Fprintf(&text, "%-12s %8.2f %s\n", o.User, o.Total, strings.Join(o.Items, ","))
	}
	zip := gzip.NewWriter(w)
	defer zip.Close()
	io.Copy(zip, &text)
}

func (s *shop) walk(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintln(w, descend(s.orders, 24))
}

// descend recurses, so that a function stands more than once in a stack.
func descend(orders []order, depth int) float64 {
	if depth == 0 {
		sum := 0.0
		for i := range 2000 {
			sum += orders[i%len(orders)].Total
		}
		return sum
	}
	return descend(orders, depth-1) + 1
}

func drive(ctx context.Context, address string, client int) {
	paths := []string{"/search", "/orders", "/report", "/walk"}
	for i := client; ctx.Err() == nil; i++ {
		answer, err := http.Get(fmt.Sprintf("%s%s?tenant=t%d", address, paths[i%len(paths)], i%3))
		if err != nil {
			continue
		}
		io.Copy(io.Discard, answer.Body)
		answer.Body.Close()
	}
}

func writeCPU(path string, window time.Duration) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return err
	}
	time.Sleep(window)
	pprof.StopCPUProfile()
	return file.Close()
}

func writeKind(path, kind string) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := pprof.Lookup(kind).WriteTo(file, 0); err != nil {
		return err
	}
	return file.Close()
}
