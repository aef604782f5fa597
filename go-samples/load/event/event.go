// Package event is what load says on stdout: one JSON object a line, each
// with its kind in "event". Diagnostics go to stderr, never here.
package event

import (
	"encoding/json"
	"io"
	"sync"
	"unicode/utf8"

	"bazaar/load/scenario"
)

// Stats are one target's figures for one interval; latencies count from the
// intended send time.
type Stats struct {
	Event      string `json:"event"`
	UnixMillis int64  `json:"unixMillis"`
	Target     string `json:"target"`
	Sent       uint64 `json:"sent"`
	Completed  uint64 `json:"completed"`
	Errors     uint64 `json:"errors"`
	Wrong      uint64 `json:"wrong"`
	P50Micros  int64  `json:"p50Micros"`
	P90Micros  int64  `json:"p90Micros"`
	P99Micros  int64  `json:"p99Micros"`
	P999Micros int64  `json:"p999Micros"`
	MaxMicros  int64  `json:"maxMicros"`
}

// Request is a request as people read it.
type Request struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	Body   string `json:"body"`
}

// Example is one wrong answer.
type Example struct {
	Request  Request `json:"request"`
	Status   int     `json:"status"`
	Got      string  `json:"got"`
	Expected string  `json:"expected"`
	Rule     string  `json:"rule"`
}

// Wrong is an example that was seen while driving.
type Wrong struct {
	Event  string `json:"event"`
	Target string `json:"target"`
	Example
}

// One answers the command "one".
type One struct {
	Event    string  `json:"event"`
	Target   string  `json:"target"`
	Request  Request `json:"request"`
	Status   int     `json:"status"`
	Body     string  `json:"body"`
	Millis   float64 `json:"millis"`
	OK       bool    `json:"ok"`
	Expected string  `json:"expected"`
	Error    string  `json:"error,omitempty"`
}

// Overload says that Refused requests were due and not sent; they are also
// counted as sent and as errors.
type Overload struct {
	Event    string `json:"event"`
	Target   string `json:"target"`
	Refused  uint64 `json:"refused"`
	InFlight int64  `json:"inFlight"`
}

// Slice is one target's turn in a measurement.
type Slice struct {
	Event       string          `json:"event"`
	Index       int             `json:"index"`
	Pair        int             `json:"pair"`
	Target      string          `json:"target"`
	StartMillis int64           `json:"startMillis"`
	EndMillis   int64           `json:"endMillis"`
	Offered     uint64          `json:"offered"`
	Completed   uint64          `json:"completed"`
	Errors      uint64          `json:"errors"`
	Wrong       uint64          `json:"wrong"`
	Before      json.RawMessage `json:"before"`
	After       json.RawMessage `json:"after"`
	Downstream  *int64          `json:"maxInFlightDownstream,omitempty"`
	P50Micros   int64           `json:"p50Micros"`
	P99Micros   int64           `json:"p99Micros"`
	Heap        *Heap           `json:"heap,omitempty"`
}

// Heap is what is live when a slice is over and its garbage collected, and how many of its
// visitors had been there before, soon or late (scenario.Returns), and were known.
type Heap struct {
	LiveBytes int64  `json:"liveBytes"`
	Soon      uint64 `json:"soon"`
	SoonKnown uint64 `json:"soonKnown"`
	Late      uint64 `json:"late"`
	LateKnown uint64 `json:"lateKnown"`
}

// Probed is one request that was alone on its target. Calls and MaxInFlight are
// of the target's payments instance, if it has one.
type Probed struct {
	Event       string  `json:"event"`
	Target      string  `json:"target"`
	Round       int     `json:"round"`
	Millis      float64 `json:"millis"`
	OK          bool    `json:"ok"`
	Calls       *int64  `json:"calls,omitempty"`
	MaxInFlight *int64  `json:"maxInFlight,omitempty"`
}

// Burst is what became of a base load and a burst, and how many goroutines there were. Sent and
// MostInLine are the push provider's count of both.
type Burst struct {
	Event          string     `json:"event"`
	Target         string     `json:"target"`
	Base           BurstPhase `json:"base"`
	Burst          BurstPhase `json:"burst"`
	MostGoroutines int        `json:"mostGoroutines"`
	Samples        int        `json:"samples"`
	StackBytes     int64      `json:"stackBytes"` // at the burst's end
	Sent           int64      `json:"sent"`
	Each           int64      `json:"each"`         // messages of one accepted request
	CapacityUsed   float64    `json:"capacityUsed"` // of the provider's slots, while the burst lasted
	MostInLine     int64      `json:"mostInLine"`
	Examples       []Example  `json:"examples"`
}

// BurstPhase counts requests; a refusal is no wrong answer, and an error no answer at all.
type BurstPhase struct {
	Offered    uint64 `json:"offered"`
	Accepted   uint64 `json:"accepted"`
	Refused    uint64 `json:"refused"`
	Wrong      uint64 `json:"wrong"`
	Errors     uint64 `json:"errors"`
	Unanswered uint64 `json:"unanswered"`
}

// Stalled is one long job of a target, with what each small request waited that
// was due a moment before it, during it or a moment after it.
type Stalled struct {
	Event       string  `json:"event"`
	Target      string  `json:"target"`
	Round       int     `json:"round"`
	JobMillis   float64 `json:"jobMillis"`
	Offered     uint64  `json:"offered"`
	Completed   uint64  `json:"completed"`
	Errors      uint64  `json:"errors"`
	Wrong       uint64  `json:"wrong"`
	ReadMicros  []int64 `json:"readMicros"`  // waits of GET requests
	WriteMicros []int64 `json:"writeMicros"` // and of all others
}

// Done ends a measurement.
type Done struct {
	Event  string `json:"event"`
	Pairs  int    `json:"pairs"`
	Millis int64  `json:"millis"`
}

// Progress is a sign of life from behave.
type Progress struct {
	Event    string `json:"event"`
	Requests int64  `json:"requests"`
}

// Behaved ends a behaviour run.
type Behaved struct {
	Event      string               `json:"event"`
	Requests   int64                `json:"requests"`
	Wrong      int64                `json:"wrong"`
	Errors     int64                `json:"errors"`
	Millis     int64                `json:"millis"`
	Examples   []Example            `json:"examples"`
	Invariants []scenario.Invariant `json:"invariants"`
}

// NewExample describes a fault, its texts trimmed.
func NewExample(r *scenario.Request, a scenario.Answer, f *scenario.Fault) Example {
	return Example{
		Request:  NewRequest(r),
		Status:   a.Status,
		Got:      Trim(string(a.Body), MaxText),
		Expected: Trim(f.Expected, MaxText),
		Rule:     f.Rule,
	}
}

// NewRequest describes a request.
func NewRequest(r *scenario.Request) Request {
	return Request{Method: r.Method, Path: Trim(r.Path, MaxText), Body: Trim(string(r.Body), MaxText)}
}

// MaxText bounds texts in examples, in bytes.
const MaxText = 500

// Trim cuts text to at most limit bytes, between characters, and marks the cut.
func Trim(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	const mark = "…"
	cut := limit - len(mark)
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + mark
}

// Writer writes events as lines, whole, from any goroutine.
type Writer struct {
	mu      sync.Mutex
	encoder *json.Encoder
}

// NewWriter writes to out.
func NewWriter(out io.Writer) *Writer {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	return &Writer{encoder: encoder}
}

// Write sends one event. Nobody is left to tell when stdout is gone: the end
// of stdin, which comes with it, stops the program.
func (w *Writer) Write(event any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	_ = w.encoder.Encode(event)
}
