package hdr

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

var shares = []float64{0, 0.01, 0.25, 0.29, 0.5, 0.9, 0.99, 0.999, 1}

func TestQuantilesStayWithinAThousandthOfAnExactSort(t *testing.T) {
	draws := map[string]func(*rand.Rand) int64{
		"uniform":     func(r *rand.Rand) int64 { return 1 + r.Int64N(Highest) },
		"exponential": func(r *rand.Rand) int64 { return 1 + int64(r.ExpFloat64()*3_000) },
		"log-uniform": func(r *rand.Rand) int64 { return int64(math.Pow(10, r.Float64()*7.7)) },
		"two-humped":  func(r *rand.Rand) int64 { return 200 + r.Int64N(50) + r.Int64N(2)*2_000_000 },
		"constant":    func(*rand.Rand) int64 { return 4_097 },
	}
	for name, draw := range draws {
		for _, size := range []int{1, 2, 10, 100, 20_000} {
			random := rand.New(rand.NewPCG(7, uint64(size)))
			h, exact := New(), make([]int64, size)
			for i := range exact {
				exact[i] = min(draw(random), Highest)
				h.Record(exact[i])
			}
			slices.Sort(exact)
			for i, got := range h.Quantiles(shares...) {
				want := exact[exactRank(shares[i], size)-1]
				if got < want || float64(got) > float64(want)*(1+1.0/half) {
					t.Errorf("%s of %d: quantile %v is %d, exact sort says %d", name, size, shares[i], got, want)
				}
			}
			if h.Max() != exact[size-1] {
				t.Errorf("%s of %d: max %d, exact %d", name, size, h.Max(), exact[size-1])
			}
		}
	}
}

// exactRank counts in thousandths, so that no rounding of a float decides.
func exactRank(share float64, size int) int {
	thousandths := int(math.Round(share * 1000))
	return max(1, (thousandths*size+999)/1000)
}

func TestMergingEqualsRecordingEverythingInOne(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	parts, whole := []*Histogram{New(), New(), New()}, New()
	for i := range 9_000 {
		value := random.Int64N(5_000_000)
		parts[i%3].Record(value)
		whole.Record(value)
	}
	merged := New()
	for _, part := range parts {
		merged.Merge(part)
	}
	if !slices.Equal(merged.counts, whole.counts) || merged.total != whole.total || merged.max != whole.max {
		t.Fatal("the merged histogram differs from one that saw every value")
	}
}

func TestValuesOutsideTheRangeAreCountedAtItsBounds(t *testing.T) {
	h := New()
	h.Record(-5)
	h.Record(0)
	h.Record(90_000_000)
	if got := h.Quantiles(0.5, 1); got[0] != Lowest || got[1] != Highest {
		t.Fatalf("quantiles %v, want [%d %d]", got, Lowest, Highest)
	}
	if h.Count() != 3 {
		t.Fatalf("count %d, want 3", h.Count())
	}
}

func TestAnEmptyOrResetHistogramAnswersZero(t *testing.T) {
	h := New()
	h.Record(12)
	h.Reset()
	if h.Quantile(0.5) != 0 || h.Max() != 0 || h.Count() != 0 {
		t.Fatalf("after a reset: p50 %d, max %d, count %d", h.Quantile(0.5), h.Max(), h.Count())
	}
}

func TestEverySlotEndsWhereTheNextBegins(t *testing.T) {
	for i := 1; i < slots; i++ {
		if indexOf(topOf(i)) != i || indexOf(topOf(i-1)+1) != i {
			t.Fatalf("slot %d does not span (%d, %d]", i, topOf(i-1), topOf(i))
		}
	}
}

func BenchmarkRecord(b *testing.B) {
	h := New()
	b.ReportAllocs()
	for i := range b.N {
		h.Record(int64(i & 0xfffff))
	}
}
