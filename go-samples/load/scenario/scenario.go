// Package scenario makes the seeded traffic for one service and knows every
// right answer, from a model of its own that shares no code with the service.
//
// A Plan is one scenario for one seed and shape. Its requests are made, and
// the answers to them worked out, before the first one is sent, so that
// checking costs little while something is being measured; endlessly many
// visitors (sessions) are made one by one. It must not know
// how requests are sent, paced or timed.
//
//	plan, err := scenario.New(scenario.Options{Name: "search", Seed: 7, Shape: Default})
//	stream := plan.Stream()
//	judge, err := plan.Judge(ctx, access)
//	request := stream.Next()
//	ticket := judge.Begin(request)              // just before it is sent
//	fault := judge.End(ticket, request, answer) // nil: a right answer
package scenario

import (
	"context"
	"fmt"
	"slices"
)

// Request is one request, ready to be sent. Requests are shared between
// targets and sent many times: nothing changes one after it was made.
type Request struct {
	Method string
	Path   string // with query, as it goes on the wire
	Body   []byte
	Tenant string

	class  *class
	expect expectation
}

// Expected says in words what a right answer is.
func (r *Request) Expected() string { return r.expect.String() }

// Example is a right answer, if the request alone decides what that is.
func (r *Request) Example() (Answer, bool) {
	fixed, ok := r.expect.(interface{ example() Answer })
	if !ok {
		return Answer{}, false
	}
	return fixed.example(), true
}

// expectation knows the right answers to one request.
type expectation interface {
	check(a Answer) *Fault
	String() string
}

// Answer is what came back. Body is valid only during the call that it is
// handed to.
type Answer struct {
	Status      int
	ContentType string
	RetryAfter  string
	Body        []byte
}

// Fault is a wrong answer: the rule that it breaks, and what was right.
type Fault struct {
	Rule     string
	Expected string
}

// Invariant is one statement about a whole run, after its traffic ended.
type Invariant struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Pass     bool   `json:"pass"`
	Observed string `json:"observed"`
	Expected string `json:"expected"`
}

// Probe sends one request outside the traffic, to look at a service's state.
type Probe func(ctx context.Context, r *Request) (Answer, error)

// Ticket is what a judge remembers about a request while it is in flight.
type Ticket struct {
	accepted, returned, added int64 // pieces, for a stock's judge
	least                     []int // postings of accounts, for a judge of books
}

// Judge follows one target. Its methods may be called concurrently.
type Judge interface {
	Begin(r *Request) Ticket
	End(t Ticket, r *Request, a Answer) *Fault
	// Lost says that no answer came: whether the request had an effect is
	// not known.
	Lost(t Ticket, r *Request)
	// Close looks at the target when nothing is in flight any more.
	Close(ctx context.Context) ([]Invariant, error)
}

// Returns count visitors who had been there before and had left: those who were back within a
// second, and those who were back so late that there can't have been room for them any more.
type Returns struct {
	Soon, SoonKnown uint64
	Late, LateKnown uint64
}

// Returning is a judge that tells who was here before from who is known. Its counts only
// ever grow.
type Returning interface {
	Returns() Returns
}

// Stream is an endless series of requests that depends on the seed alone,
// never on answers. Not safe for concurrent use.
type Stream interface {
	Next() *Request
	// Clone goes on with the same series, independently.
	Clone() Stream
}

// Access is how a judge looks at its target, and at the target's payments
// instance. Payments is nil when there is none or it isn't to be touched.
type Access struct {
	Target   Probe
	Payments Probe
}

// Plan is one scenario for one seed and shape.
type Plan interface {
	Stream() Stream
	// Judge starts to follow a target; a stateful one reads its state first.
	Judge(ctx context.Context, access Access) (Judge, error)
}

// Busy is a plan whose service has a long job beside its small requests.
type Busy interface {
	Job() *Request
	// Small is the stream without jobs.
	Small() Stream
}

// Shapes of traffic. Small and Large differ in one size by a factor of 4. Failing has well-formed
// requests only, and none of them can succeed; notify alone has it. Huge has the rare requests
// only whose answers are far larger than all others; exports alone has it. Burst has requests of
// one size only, the largest; announcements alone has it.
const (
	Default = "default"
	Heldout = "heldout"
	Small   = "small"
	Large   = "large"
	Failing = "failing"
	Huge    = "huge"
	Burst   = "burst"
)

// Options choose a plan.
type Options struct {
	Name     string
	Seed     uint64
	ShopSeed uint64
	Shape    string
	// Thorough asks for a larger pool with every edge case in it, and for
	// judges that rely on being their targets' only source of traffic.
	Thorough bool
}

// New makes the plan that the options ask for.
func New(o Options) (Plan, error) {
	if !slices.Contains([]string{Default, Heldout, Small, Large, Failing, Huge, Burst}, o.Shape) {
		return nil, fmt.Errorf("unknown shape %q: default, heldout, small, large, failing, huge or burst", o.Shape)
	}
	if o.Shape == Failing && o.Name != "notify" || o.Shape == Burst && o.Name != "announcements" {
		return nil, fmt.Errorf("scenario %q has no shape %q", o.Name, o.Shape)
	}
	if o.Shape == Huge && o.Name != "exports" {
		return nil, fmt.Errorf("scenario %q has no shape %q", o.Name, o.Shape)
	}
	switch o.Name {
	case "search":
		return newSearch(o), nil
	case "reports":
		return newReports(o), nil
	case "catalog":
		return newCatalog(o), nil
	case "checkout":
		return newCheckout(o), nil
	case "gateway":
		return newGateway(o), nil
	case "notify":
		return newNotify(o), nil
	case "sessions":
		return newSessions(o), nil
	case "statements":
		return newStatements(o), nil
	case "exports":
		return newExports(o), nil
	case "announcements":
		return newAnnouncements(o), nil
	case "sheets":
		return newSheets(o), nil
	case "books":
		return newBooks(o), nil
	}
	return nil, fmt.Errorf("unknown scenario %q: search, reports, catalog, checkout, gateway, notify, sessions, statements, exports, announcements, sheets or books", o.Name)
}
