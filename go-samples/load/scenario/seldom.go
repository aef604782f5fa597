package scenario

// seldom is a stream that asks something costly every so often, and first
// after half of that, so that a short run meets it too.
type seldom struct {
	Stream
	costly []*Request
	every  int
	count  int
}

func newSeldom(of Stream, costly []*Request, every int) *seldom {
	return &seldom{Stream: of, costly: costly, every: every}
}

func (s *seldom) Next() *Request {
	s.count++
	if turn := s.count - s.every/2; turn >= 0 && turn%s.every == 0 {
		return s.costly[turn/s.every%len(s.costly)]
	}
	return s.Stream.Next()
}

func (s *seldom) Clone() Stream {
	clone := *s
	clone.Stream = s.Stream.Clone()
	return &clone
}
