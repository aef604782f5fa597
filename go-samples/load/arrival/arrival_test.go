package arrival

import (
	"math"
	"slices"
	"testing"
	"time"
)

func TestTurnsGoForwardsThenBackwards(t *testing.T) {
	names, got := "ABC", map[int]string{}
	for n := 1; n <= 3; n++ {
		for i := range 4 * n {
			got[n] += string(names[Turn(i, n)])
		}
	}
	want := map[int]string{1: "AAAA", 2: "ABBAABBA", 3: "ABCCBAABCCBA"}
	for n := range want {
		if got[n] != want[n] {
			t.Errorf("%d targets take turns %s, want %s", n, got[n], want[n])
		}
	}
}

func TestTheSameSeedGivesTheSameArrivals(t *testing.T) {
	first, second, other := take(NewProcess(9, 250, 0), 500), take(NewProcess(9, 250, 0), 500), take(NewProcess(10, 250, 0), 500)
	if !slices.Equal(first, second) {
		t.Error("one seed gave two different series")
	}
	if slices.Equal(first, other) {
		t.Error("two seeds gave the same series")
	}
}

func TestArrivalsArePoisson(t *testing.T) {
	const rate, n = 400.0, 100_000
	times := take(NewProcess(3, rate, 0), n)
	// Exponential gaps: mean and standard deviation are both 1/rate.
	var sum, squares float64
	last := time.Duration(0)
	for _, at := range times {
		gap := (at - last).Seconds() * rate
		sum, squares, last = sum+gap, squares+gap*gap, at
	}
	mean := sum / n
	deviation := math.Sqrt(squares/n - mean*mean)
	if math.Abs(mean-1) > 0.02 || math.Abs(deviation-1) > 0.02 {
		t.Errorf("gaps have mean %.3f and deviation %.3f of 1/rate, want 1 and 1", mean, deviation)
	}
	if !slices.IsSorted(times) {
		t.Error("time went backwards")
	}
}

func TestAChangedRateStretchesTheRestOfTheGap(t *testing.T) {
	p := NewProcess(5, 100, 0)
	due := p.Next()
	now := due / 4
	p.SetRate(50, now)
	want := now + 2*(due-now)
	if got := p.Next(); (got - want).Abs() > time.Microsecond {
		t.Errorf("next arrival %v, want %v", got, want)
	}
}

func TestARateOfZeroNeverArrivesAndComesBack(t *testing.T) {
	p := NewProcess(5, 100, 0)
	p.SetRate(0, time.Second)
	if p.Take() != Never {
		t.Error("an arrival at rate 0")
	}
	p.SetRate(100, 2*time.Second)
	if next := p.Take(); next < 2*time.Second || next == Never {
		t.Errorf("next arrival %v after the rate came back at 2 s", next)
	}
}

func TestACopyGoesOnWithTheSameArrivals(t *testing.T) {
	p := NewProcess(8, 10, 0)
	take(p, 3)
	p.Take()
	copied := p
	if !slices.Equal(take(p, 50), take(copied, 50)) {
		t.Error("the copy went its own way")
	}
}

func take(p Process, n int) []time.Duration {
	times := make([]time.Duration, n)
	for i := range times {
		times[i] = p.Take()
	}
	return times
}
