package scenario

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
)

// logFields are what a line of the access log says of its request.
type logFields struct {
	Method     string `json:"method"`
	Path       string `json:"path"`
	Tenant     string `json:"tenant"`
	Status     int    `json:"status"`
	Customer   string `json:"customer"`
	Reference  string `json:"reference"`
	Items      int    `json:"items"`
	Units      int    `json:"units"`
	TotalCents int    `json:"totalCents"`
	Code       string `json:"code"`
}

// logLine is one line as it is read.
type logLine struct {
	Number int64 `json:"number"`
	logFields
	Request  json.RawMessage `json:"request"`
	Response json.RawMessage `json:"response"`
}

// readLines reads an answer to GET /log.
func readLines(a Answer) ([]logLine, error) {
	var body struct {
		Lines *[]logLine `json:"lines"`
	}
	if a.Status != http.StatusOK || json.Unmarshal(a.Body, &body) != nil || body.Lines == nil {
		return nil, fmt.Errorf("read the log: status %d, %.80q", a.Status, a.Body)
	}
	return *body.Lines, nil
}

// logReading expects lines; what must stand in them is the judge's affair.
type logReading struct{}

func (e logReading) check(a Answer) *Fault {
	rule := wrongHead(a, mediaJSON)
	if rule == "" {
		if _, err := readLines(a); err != nil {
			rule = ruleNotJSON
		}
	}
	if rule == "" {
		return nil
	}
	return &Fault{Rule: rule, Expected: e.String()}
}

func (logReading) example() Answer {
	return Answer{Status: http.StatusOK, ContentType: mediaJSON, Body: []byte(`{"lines":[]}`)}
}

func (logReading) String() string { return `200 {"lines":[…]}` }

// gatewayJudge follows one target and its log. Lines can't be told apart by
// request, so both sides are counted: what was answered, and what was logged.
type gatewayJudge struct {
	plan   *gatewayPlan
	access Access
	tally  *tally

	mu       sync.Mutex
	answered map[logFields]int
	logged   map[logFields]int
	last     int64 // number of the newest line that was read
	gaps     int64 // lines that a number is missing of, or that came twice
	bodies   int   // lines with bodies though the level is info
	pauses   int   // that were made to wait for lines
}

func newGatewayJudge(p *gatewayPlan, access Access) *gatewayJudge {
	return &gatewayJudge{
		plan: p, access: access, tally: newTally(p.classes),
		answered: map[logFields]int{}, logged: map[logFields]int{},
	}
}

// begin finds out where the log stands.
func (j *gatewayJudge) begin(ctx context.Context) error {
	lines, err := j.read(ctx, 1)
	if err == nil && len(lines) > 0 {
		j.last = lines[len(lines)-1].Number
	}
	return err
}

func (*gatewayJudge) Begin(*Request) Ticket { return Ticket{} }

func (j *gatewayJudge) End(_ Ticket, r *Request, a Answer) *Fault {
	fault := r.expect.check(a)
	j.tally.count(r, fault)
	switch e := r.expect.(type) {
	case *gatewayAsk:
		j.mu.Lock()
		j.answered[e.line]++
		j.mu.Unlock()
	case logReading:
		if lines, err := readLines(a); err == nil {
			j.merge(lines)
		}
	}
	return fault
}

func (*gatewayJudge) Lost(Ticket, *Request) {}

// merge counts the lines that weren't read before:
//
//	read before   … 41 42 43
//	this reading        42 43 44 45     44 and 45 are counted
//	a late one      41 42               nothing is
func (j *gatewayJudge) merge(lines []logLine) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for i, line := range lines {
		if i > 0 && line.Number != lines[i-1].Number+1 {
			j.gaps++
		}
		if line.Number <= j.last {
			continue
		}
		j.last = line.Number
		j.logged[line.logFields]++
		if line.Request != nil || line.Response != nil {
			j.bodies++
		}
	}
}

func (j *gatewayJudge) read(ctx context.Context, last int) ([]logLine, error) {
	answer, err := j.access.Target(ctx, logRequest(last, nil))
	if err != nil {
		return nil, fmt.Errorf("read the log: %w", err)
	}
	return readLines(answer)
}
