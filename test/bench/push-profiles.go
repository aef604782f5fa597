// Push-profiles pushes the profiles of a corpus into a lab over keep-alive connections, as collectors elsewhere would. In Go, as
// it shares the machine with the lab that is measured.
//
//	push-profiles PORT TOKEN FOLDER COUNT
//
// Each line of stdin is one task, answered by one line:
//
//	{"instance":"a","clients":64}                                  each profile once, as fast as answers come
//	{"instance":"a","clients":64,"perSecond":200,"seconds":1800}   at that pace, from the first again after the last
//	→ {"pushed":5000,"refused":0,"millis":1900}
//
// A profile's start is moved to the time of the push, its place among the others kept: a store lets old profiles go.
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

type task struct {
	Instance  string
	Clients   int
	PerSecond float64
	Seconds   float64
}

type result struct {
	Pushed  int64   `json:"pushed"`
	Refused int64   `json:"refused"`
	Millis  float64 `json:"millis"`
}

// recorded is a profile of the corpus, inflated, and where the nine bytes of its time stand.
type recorded struct {
	millis            int64
	service, instance string
	raw               []byte
	timeAt            int
}

func main() {
	log.SetFlags(0)
	// It waits for answers: a second thread would only take the lab's other core.
	runtime.GOMAXPROCS(1)
	port, token, folder := os.Args[1], os.Args[2], os.Args[3]
	count, err := strconv.Atoi(os.Args[4])
	if err != nil {
		log.Fatal(err)
	}
	corpus, err := loadCorpus(folder, count)
	if err != nil {
		log.Fatal(err)
	}
	lab := lab{address: "127.0.0.1:" + port, token: token}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var next task
		if err := json.Unmarshal(lines.Bytes(), &next); err != nil {
			log.Fatal(err)
		}
		done, err := run(lab, corpus, next)
		if err != nil {
			log.Fatal(err)
		}
		line, _ := json.Marshal(done)
		fmt.Println(string(line))
	}
}

func loadCorpus(folder string, count int) ([]recorded, error) {
	names, err := filepath.Glob(filepath.Join(folder, "*.pb.gz")) // sorted: by time
	if err != nil {
		return nil, err
	}
	corpus := make([]recorded, 0, count)
	for _, name := range names[:min(count, len(names))] {
		profile, err := load(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		corpus = append(corpus, profile)
	}
	return corpus, nil
}

var namePattern = regexp.MustCompile(`^(\d+)-((.+)-\d+)\.pb\.gz$`)

func load(path string) (recorded, error) {
	parts := namePattern.FindStringSubmatch(filepath.Base(path))
	if parts == nil {
		return recorded{}, errors.New("not MILLIS-SERVICE-NUMBER.pb.gz")
	}
	millis, _ := strconv.ParseInt(parts[1], 10, 64)
	file, err := os.Open(path)
	if err != nil {
		return recorded{}, err
	}
	defer file.Close()
	inflated, err := gzip.NewReader(file)
	if err != nil {
		return recorded{}, err
	}
	raw, err := io.ReadAll(inflated)
	if err != nil {
		return recorded{}, err
	}
	timeAt, err := findTime(raw)
	return recorded{millis, parts[3], parts[2], raw, timeAt}, err
}

// findTime finds time_nanos (field 9 of Profile): nine bytes for centuries.
func findTime(raw []byte) (int, error) {
	for at := 0; at < len(raw); {
		tag, n := binary.Uvarint(raw[at:])
		if at += n; n <= 0 {
			break
		}
		if tag == 9<<3 {
			return at, nil
		}
		value, n := binary.Uvarint(raw[at:])
		if at += n; n <= 0 {
			break
		}
		if tag&7 == 2 {
			at += int(value)
		}
	}
	return 0, errors.New("a profile without a time")
}

type lab struct{ address, token string }

// compressors are as Go's runtime uses them for its profiles; each takes a megabyte.
var compressors = sync.Pool{New: func() any {
	compressor, _ := gzip.NewWriterLevel(io.Discard, gzip.BestSpeed)
	return compressor
}}

// request is a whole HTTP request.
func (l lab) request(profile *recorded, suffix string, nanos int64) []byte {
	raw := bytes.Clone(profile.raw)
	for at := range 9 {
		raw[profile.timeAt+at] = byte(nanos>>(7*at)) | 0x80
	}
	raw[profile.timeAt+8] &= 0x7f
	var body bytes.Buffer
	gz := compressors.Get().(*gzip.Writer)
	gz.Reset(&body)
	gz.Write(raw)
	gz.Close()
	compressors.Put(gz)
	head := fmt.Sprintf("POST /api/profiles?kind=cpu&service=%s&instance=%s-%s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n"+
		"Content-Type: application/octet-stream\r\nContent-Length: %d\r\n\r\n",
		profile.service, profile.instance, suffix, l.address, l.token, body.Len())
	return append([]byte(head), body.Bytes()...)
}

func run(lab lab, corpus []recorded, next task) (result, error) {
	if next.PerSecond > 0 {
		return pushAll(lab, next.Clients, paced(lab, corpus, next))
	}
	return pushAll(lab, next.Clients, onceEach(lab, corpus, next.Instance))
}

// source gives the next request, nil when there is none; called by many at once.
type source func() []byte

func onceEach(lab lab, corpus []recorded, suffix string) source {
	shift := time.Now().UnixMilli() - corpus[len(corpus)-1].millis
	requests := make([][]byte, len(corpus))
	for at := range corpus {
		// Below a millisecond they differ, so that no two profiles are one.
		requests[at] = lab.request(&corpus[at], suffix, (corpus[at].millis+shift)*1e6+int64(at%1e6))
	}
	var taken atomic.Int64
	return func() []byte {
		if at := int(taken.Add(1)) - 1; at < len(requests) {
			return requests[at]
		}
		return nil
	}
}

func paced(lab lab, corpus []recorded, next task) source {
	started := time.Now()
	var taken atomic.Int64
	return func() []byte {
		at := taken.Add(1) - 1
		due := time.Duration(float64(at) / next.PerSecond * float64(time.Second))
		if due.Seconds() >= next.Seconds {
			return nil
		}
		time.Sleep(time.Until(started.Add(due)))
		return lab.request(&corpus[at%int64(len(corpus))], next.Instance, time.Now().UnixNano())
	}
}

func pushAll(lab lab, clients int, next source) (result, error) {
	var done result
	var failed atomic.Pointer[error]
	var all sync.WaitGroup
	started := time.Now()
	for range clients {
		all.Add(1)
		go func() {
			defer all.Done()
			if err := push(lab, next, &done); err != nil {
				failed.Store(&err)
			}
		}()
	}
	all.Wait()
	done.Millis = float64(time.Since(started).Microseconds()) / 1e3
	if err := failed.Load(); err != nil {
		return result{}, *err
	}
	return done, nil
}

// push is one client: a connection of its own, one request at a time.
func push(lab lab, next source, done *result) error {
	connection, err := net.Dial("tcp", lab.address)
	if err != nil {
		return err
	}
	defer connection.Close()
	answers := bufio.NewReader(connection)
	for request := next(); request != nil; request = next() {
		if _, err := connection.Write(request); err != nil {
			return err
		}
		status, err := readAnswer(answers)
		if err != nil {
			return err
		}
		if status == http.StatusCreated {
			atomic.AddInt64(&done.Pushed, 1)
		} else {
			atomic.AddInt64(&done.Refused, 1)
		}
	}
	return nil
}

// readAnswer reads one answer to its end.
func readAnswer(from *bufio.Reader) (status int, err error) {
	length := 0
	for first := true; ; first = false {
		line, err := from.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		text := strings.TrimRight(string(line), "\r\n")
		name, value, _ := strings.Cut(text, ":")
		switch {
		case first && len(text) >= 12:
			status, err = strconv.Atoi(text[9:12])
		case strings.EqualFold(name, "content-length"):
			length, err = strconv.Atoi(strings.TrimSpace(value))
		case text == "":
			_, err = from.Discard(length)
			return status, err
		}
		if err != nil {
			return 0, err
		}
	}
}
