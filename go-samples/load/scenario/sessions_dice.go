package scenario

import (
	"hash/fnv"
	"math/rand/v2"
)

// dice draws as rand.Rand does, and can be copied: the copy goes on with the same numbers.
type dice struct{ state rand.PCG }

func newDice(seed uint64, topic string) dice {
	h := fnv.New64a()
	h.Write([]byte(topic))
	return dice{state: *rand.NewPCG(seed, h.Sum64())}
}

func (d *dice) below(n int) int { return int(d.state.Uint64() % uint64(n)) }

func (d *dice) chance(percent int) bool { return d.below(100) < percent }

func (d *dice) between(least, most int) int { return least + d.below(most-least+1) }

const urlLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// letters are n characters that need no escape and can't be compressed well.
func (d *dice) letters(n int) string {
	text := make([]byte, n)
	bits := uint64(0)
	for i := range text {
		if i%10 == 0 {
			bits = d.state.Uint64()
		}
		text[i] = urlLetters[bits&63]
		bits >>= 6
	}
	return string(text)
}

func oneOf[T any](d *dice, from []T) T { return from[d.below(len(from))] }
