package scenario

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"time"
)

// A line may come into the log after its request's answer; a run waits logPause at a time
// for lines that aren't there yet, logPatience times in all.
const (
	logPatience = 60
	logPause    = 10 * time.Millisecond
)

// Close compares the log with what was answered, and looks at both levels.
func (j *gatewayJudge) Close(ctx context.Context) ([]Invariant, error) {
	invariants := j.tally.invariants()
	if err := j.settle(ctx); err != nil {
		return invariants, err
	}
	invariants = append(invariants, j.lineInvariants()...)
	levels, err := j.levelInvariants(ctx)
	return append(invariants, levels...), err
}

// settle reads what is new in the log until it has as many lines as there were answers.
func (j *gatewayJudge) settle(ctx context.Context) error {
	for {
		lines, err := j.read(ctx, logLines)
		if err != nil {
			return err
		}
		j.merge(lines)
		if total(j.logged) >= total(j.answered) || !j.wait(logPatience/2) {
			return nil
		}
	}
}

// wait pauses, unless there were more pauses than most already.
func (j *gatewayJudge) wait(most int) bool {
	if j.pauses >= most {
		return false
	}
	j.pauses++
	time.Sleep(logPause)
	return true
}

func total(counts map[logFields]int) int {
	sum := 0
	for _, n := range counts {
		sum += n
	}
	return sum
}

var lineTitles = [lineKinds]struct{ id, title string }{
	plainLine:   {"log-fields", "Lines of plain requests have the fields of their requests"},
	spelledLine: {"log-spelling", "Lines have the right fields however a body's JSON is written"},
	longLine:    {"log-long", "Lines of long bodies have the fields of their requests"},
	joinedLine:  {"log-items", "Lines count the items of a request as they were sent"},
	refusedLine: {"log-codes", "Lines of refused requests have the code of the refusal"},
}

func (j *gatewayJudge) lineInvariants() []Invariant {
	answered, logged := total(j.answered), total(j.logged)
	invariants := []Invariant{
		{
			ID: "log-kept", Title: "There is a log", Pass: logged > 0,
			Observed: fmt.Sprintf("%d lines", logged), Expected: fmt.Sprint(answered),
		},
		{
			ID: "log-most", Title: "Nearly every request has a line in the log", Pass: 10*logged >= 9*answered,
			Observed: fmt.Sprintf("%d lines", logged), Expected: fmt.Sprint(answered),
		},
		equal("log-lines", "Every request has one line in the log", int64(logged), int64(answered), "lines"),
		counted("log-numbers", "Lines are numbered one after another", j.gaps, "lines out of order"),
		counted("log-quiet", "At level info lines have no bodies", int64(j.bodies), "lines with bodies"),
	}
	wrong, first := j.wrongLines()
	for kind, title := range lineTitles {
		invariant := counted(title.id, title.title, int64(wrong[kind]), "lines with other fields")
		invariant.Observed += first[kind]
		invariants = append(invariants, invariant)
	}
	return invariants
}

// wrongLines pairs lines that nobody expected with requests whose lines are missing, and
// counts the pairs by what kind of request it was. A missing line without a partner isn't
// wrong; it is lost.
func (j *gatewayJudge) wrongLines() (wrong [lineKinds]int, first [lineKinds]string) {
	surplus := map[logHead][]*strayLine{}
	for line, n := range j.logged {
		if n -= j.answered[line]; n > 0 {
			surplus[line.head()] = append(surplus[line.head()], &strayLine{line, n})
		}
	}
	kinds := j.plan.kindsOfLines()
	for line, n := range j.answered {
		for n -= j.logged[line]; n > 0; n-- {
			stray := nearest(line, surplus[line.head()])
			if stray == nil {
				break
			}
			stray.count--
			wrong[kinds[line]]++
			if first[kinds[line]] == "" {
				first[kinds[line]] = fmt.Sprintf(", e.g. %s instead of %s", mustJSON(stray.line), mustJSON(line))
			}
		}
	}
	return wrong, first
}

// logHead is what a line says without having read a body.
type logHead struct {
	method, path, tenant string
	status               int
}

func (l logFields) head() logHead { return logHead{l.Method, l.Path, l.Tenant, l.Status} }

type strayLine struct {
	line  logFields
	count int
}

// nearest is the stray line that shares the most fields with a missing one.
func nearest(missing logFields, strays []*strayLine) *strayLine {
	var best *strayLine
	most := -1
	for _, stray := range strays {
		if same := sameFields(missing, stray.line); stray.count > 0 && same > most {
			best, most = stray, same
		}
	}
	return best
}

func sameFields(a, b logFields) int {
	same := 0
	for _, equal := range []bool{
		a.Customer == b.Customer, a.Reference == b.Reference, a.Items == b.Items,
		a.Units == b.Units, a.TotalCents == b.TotalCents, a.Code == b.Code,
	} {
		if equal {
			same++
		}
	}
	return same
}

func (p *gatewayPlan) kindsOfLines() map[logFields]lineKind {
	kinds := map[logFields]lineKind{}
	for _, pool := range [][]*Request{p.bodies, p.refusals} {
		for _, r := range pool {
			if ask, ok := r.expect.(*gatewayAsk); ok {
				kinds[ask.line] = ask.kind
			}
		}
	}
	return kinds
}

// levelInvariants asks a few things more at level debug, one after another, and then at info again.
func (j *gatewayJudge) levelInvariants(ctx context.Context) ([]Invariant, error) {
	var late, different, private, noisy int64
	for _, level := range []string{"debug", "info"} {
		if err := j.setLevel(ctx, level); err != nil {
			return nil, err
		}
		for _, r := range j.plan.samples() {
			line, answer, err := j.askAndRead(ctx, r)
			if err != nil {
				return nil, err
			}
			switch {
			case line.Number == 0:
				late++
			case level == "info" && (line.Request != nil || line.Response != nil):
				noisy++
			case level == "info":
			case isTold(line, r.Body):
				private++
			case !isRedacted(line.Request, r.Body) || !isRedacted(line.Response, answer.Body):
				different++
			}
		}
	}
	return []Invariant{
		counted("log-last", "The line of a request can be read when it is answered", late, "lines that didn't come"),
		counted("log-debug", "At level debug lines have both bodies, with private fields hidden", different, "lines with other bodies"),
		counted("log-private", "No line shows a card or an email", private, "lines that do"),
		counted("log-quiet-again", "Back at level info lines have no bodies", noisy, "lines with bodies"),
	}, nil
}

// samples are some requests of every kind, all with objects for bodies.
func (p *gatewayPlan) samples() []*Request {
	var all []*Request
	var taken [lineKinds]int
	for _, pool := range [][]*Request{p.bodies, p.refusals} {
		for _, r := range pool {
			ask, ok := r.expect.(*gatewayAsk)
			if !ok || taken[ask.kind] == 12 || objectOf(r.Body) == nil {
				continue
			}
			taken[ask.kind]++
			all = append(all, r)
		}
	}
	return all
}

func (j *gatewayJudge) setLevel(ctx context.Context, level string) error {
	body := fmt.Sprintf(`{"level":%q}`, level)
	answer, err := j.access.Target(ctx, &Request{Method: http.MethodPut, Path: "/log/level", Body: []byte(body)})
	if err == nil && answer.Status != http.StatusOK {
		err = fmt.Errorf("status %d, %.80q", answer.Status, answer.Body)
	}
	if err != nil {
		return fmt.Errorf("set the level to %s: %w", level, err)
	}
	return nil
}

// askAndRead sends a request and returns its line; one that doesn't come is empty.
func (j *gatewayJudge) askAndRead(ctx context.Context, r *Request) (logLine, Answer, error) {
	answer, err := j.access.Target(ctx, r)
	if err != nil {
		return logLine{}, answer, fmt.Errorf("%s %s: %w", r.Method, r.Path, err)
	}
	for {
		lines, err := j.read(ctx, 1)
		if err != nil {
			return logLine{}, answer, err
		}
		if len(lines) == 1 && lines[0].Number > j.last {
			j.last = lines[0].Number
			return lines[0], answer, nil
		}
		if !j.wait(logPatience) {
			return logLine{}, answer, nil
		}
	}
}

// isTold says whether a line has what is private in the body of its request.
func isTold(line logLine, body []byte) bool {
	for _, name := range []string{"card", "email"} {
		text, _ := objectOf(body)[name].(string)
		told := bytes.Contains(line.Request, []byte(text)) || bytes.Contains(line.Response, []byte(text))
		if len(text) > 3 && told {
			return true
		}
	}
	return false
}

// isRedacted says whether text is body with "***" for what is private.
func isRedacted(text json.RawMessage, body []byte) bool {
	want := objectOf(body)
	for _, name := range []string{"card", "email"} {
		if _, there := want[name]; there {
			want[name] = "***"
		}
	}
	return text != nil && reflect.DeepEqual(objectOf(text), want)
}

// objectOf is a JSON object, or nil.
func objectOf(text []byte) map[string]any {
	var fields map[string]any
	if json.Unmarshal(text, &fields) != nil {
		return nil
	}
	return fields
}
