package shop

import (
	"hash/fnv"
	"math/rand/v2"
)

// dice draws numbers that depend only on the seed and the topic, so that a
// longer list of customers doesn't change the products.
type dice struct {
	source *rand.PCG
}

func newDice(seed uint64, topic string) *dice {
	h := fnv.New64a()
	h.Write([]byte(topic))
	return &dice{source: rand.NewPCG(seed, h.Sum64())}
}

// below draws from 0..n-1. The modulo's bias is far below anything visible at these sizes.
func (d *dice) below(n int) int {
	return int(d.source.Uint64() % uint64(n))
}

// lowest draws the smallest of several numbers below n: small ones become common, big ones rare.
func (d *dice) lowest(n, draws int) int {
	least := d.below(n)
	for range draws - 1 {
		least = min(least, d.below(n))
	}
	return least
}

// often is true in percent of 100 cases.
func (d *dice) often(percent int) bool {
	return d.below(100) < percent
}

func pick[T any](d *dice, from []T) T {
	return from[d.below(len(from))]
}
