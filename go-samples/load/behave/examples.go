package behave

import (
	"sync"

	"bazaar/load/event"
	"bazaar/load/scenario"
)

const (
	maxExamples = 20
	maxPerRule  = 3
)

// examples keeps the first few wrong answers of each rule, so that a frequent
// fault doesn't hide a rare one.
type examples struct {
	mu     sync.Mutex
	kept   []event.Example
	byRule map[string]int
}

func newExamples() *examples {
	return &examples{kept: []event.Example{}, byRule: map[string]int{}}
}

func (e *examples) add(r *scenario.Request, a scenario.Answer, f *scenario.Fault) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.kept) < maxExamples && e.byRule[f.Rule] < maxPerRule {
		e.byRule[f.Rule]++
		e.kept = append(e.kept, event.NewExample(r, a, f))
	}
}

func (e *examples) list() []event.Example {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.kept
}
