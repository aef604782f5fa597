package scenario

import (
	"fmt"
	"sync/atomic"
)

// class is one kind of request, so that a run can say which kinds it proved.
type class struct {
	id    string
	title string
	at    int // in the tally
}

// classes numbers them in the order of their invariants.
func classes(list ...*class) []*class {
	for i, c := range list {
		c.at = i
	}
	return list
}

// tally counts right and wrong answers by class.
type tally struct {
	classes []*class
	counts  []struct{ right, wrong atomic.Int64 }
}

func newTally(classes []*class) *tally {
	return &tally{classes: classes, counts: make([]struct{ right, wrong atomic.Int64 }, len(classes))}
}

func (t *tally) count(r *Request, fault *Fault) {
	if fault == nil {
		t.counts[r.class.at].right.Add(1)
	} else {
		t.counts[r.class.at].wrong.Add(1)
	}
}

// invariants has one statement for each class that was asked.
func (t *tally) invariants() []Invariant {
	var list []Invariant
	for i, c := range t.classes {
		right, wrong := t.counts[i].right.Load(), t.counts[i].wrong.Load()
		if right+wrong == 0 {
			continue
		}
		list = append(list, Invariant{
			ID: c.id, Title: c.title, Pass: wrong == 0,
			Observed: fmt.Sprintf("%d of %d right", right, right+wrong),
			Expected: fmt.Sprintf("%d of %d", right+wrong, right+wrong),
		})
	}
	return list
}
