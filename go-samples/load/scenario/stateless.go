package scenario

import "context"

// stateless judges a service whose every answer follows from its request.
type stateless struct{ tally *tally }

func newStateless(classes []*class) *stateless {
	return &stateless{tally: newTally(classes)}
}

func (*stateless) Begin(*Request) Ticket { return Ticket{} }

func (s *stateless) End(_ Ticket, r *Request, a Answer) *Fault {
	fault := r.expect.check(a)
	s.tally.count(r, fault)
	return fault
}

func (*stateless) Lost(Ticket, *Request) {}

func (s *stateless) Close(context.Context) ([]Invariant, error) {
	return s.tally.invariants(), nil
}
