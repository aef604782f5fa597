package arrival

// Turn returns which of n targets has slice i: forwards, then backwards, so
// that a drift of the machine hits all of them alike.
//
//	n = 2:  A B  B A  A B  B A …
//	n = 3:  A B C  C B A  A B C …
//
// Round(i, n) numbers the groups: every target has one slice in each.
func Turn(i, n int) int {
	place := i % n
	if Round(i, n)%2 == 1 {
		return n - 1 - place
	}
	return place
}

// Round is the group of n slices that slice i belongs to, from 0.
func Round(i, n int) int { return i / n }
