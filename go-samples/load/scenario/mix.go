package scenario

import (
	"hash/fnv"
	"math/rand/v2"
)

// poolSize is how many different requests of a kind a plan makes; a thorough
// one makes thoroughSize. What is held out makes heldoutSize and asks for none
// twice before it has asked for all: no cache of whole requests helps there.
const (
	poolSize     = 512
	thoroughSize = 2000
	heldoutSize  = 4000
)

var tenants = []string{"atlas", "harbor", "juniper", "marble", "north"}

// source draws numbers that depend on the seed and the topic only.
func source(seed uint64, topic string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(topic))
	return rand.New(rand.NewPCG(seed, h.Sum64()))
}

// part is a kind of request with its share of the traffic.
type part struct {
	share  int // of the sum of all shares
	pool   []*Request
	skewed bool // the first of the pool are asked for most
}

// mix is a stream that draws a part and then one of its requests.
type mix struct {
	state *rand.PCG
	parts []part
	total int
}

func newMix(seed uint64, parts []part) *mix {
	m := &mix{state: rand.NewPCG(seed, 0x6d6978)}
	for _, p := range parts {
		if len(p.pool) > 0 && p.share > 0 {
			m.parts = append(m.parts, p)
			m.total += p.share
		}
	}
	return m
}

func (m *mix) Next() *Request {
	at := m.below(m.total)
	for _, p := range m.parts {
		if at < p.share {
			return p.pool[m.place(p)]
		}
		at -= p.share
	}
	panic("unreachable: at is below the sum of the shares")
}

// place draws from a pool; skewed means that its first tenth gets a quarter.
func (m *mix) place(p part) int {
	n := m.below(len(p.pool))
	if p.skewed {
		n = min(n, m.below(len(p.pool)), m.below(len(p.pool)))
	}
	return n
}

func (m *mix) below(n int) int { return int(m.state.Uint64() % uint64(n)) }

func (m *mix) Clone() Stream {
	state := *m.state
	return &mix{state: &state, parts: m.parts, total: m.total}
}

// round is a stream that asks everything in a pool, in an order of its own,
// before it asks anything again.
type round struct {
	pool []*Request
	at   int
}

func newRound(seed uint64, pool []*Request) *round {
	shuffled := append([]*Request(nil), pool...)
	r := source(seed, "round")
	r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	return &round{pool: shuffled}
}

func (r *round) Next() *Request {
	request := r.pool[r.at]
	r.at = (r.at + 1) % len(r.pool)
	return request
}

func (r *round) Clone() Stream {
	clone := *r
	return &clone
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

func chance(r *rand.Rand, percent int) bool { return r.IntN(100) < percent }
