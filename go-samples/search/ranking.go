package main

import (
	"slices"
	"sort"
)

// match is a product that satisfies a query.
type match struct {
	at    int // place in the index's products, in the order of their ids
	score int
}

// before says whether m is listed above other.
func (m match) before(other match) bool {
	if m.score != other.score {
		return m.score > other.score
	}
	return m.at < other.at
}

// ranking counts matches and keeps the best ones, sorted.
type ranking struct {
	limit int
	total int
	best  []match
}

func (r *ranking) add(m match) {
	r.total++
	if len(r.best) == r.limit {
		if !m.before(r.best[r.limit-1]) {
			return
		}
		r.best = r.best[:r.limit-1]
	}
	place := sort.Search(len(r.best), func(i int) bool { return m.before(r.best[i]) })
	r.best = slices.Insert(r.best, place, m)
}
