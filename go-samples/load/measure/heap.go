package measure

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"bazaar/load/event"
	"bazaar/load/lane"
	"bazaar/load/scenario"
)

var (
	collectGarbage = &scenario.Request{Method: http.MethodPost, Path: "/debug/flamelab/gc"}
	readMetrics    = &scenario.Request{Method: http.MethodGet, Path: "/debug/flamelab/metrics"}
)

// Every connection of a target has buffers in the target's heap: a stall that makes a crowd
// of requests wait would look like growth. With Options.Heap at most heapInFlight are sent
// at a time, the rest later. Nor is made up for a delay: what forgets by the clock would
// see more visitors at once than ever come.
const (
	heapInFlight = 8
	heapPause    = 200 * time.Microsecond
	heapDelay    = 20 * time.Millisecond
)

// delay is how much later than planned everything is to be sent from now on.
func (m *meter) delay(due time.Time) time.Duration {
	if late := time.Since(due); m.options.Heap && late > heapDelay {
		return late
	}
	return 0
}

// makeRoom waits until one more request may be sent.
func (m *meter) makeRoom(track *lane.Track) {
	for m.options.Heap && track.InFlight() >= heapInFlight && m.ctx.Err() == nil {
		time.Sleep(heapPause)
	}
}

// heap has what is live after a collection, and what the judge saw since before, if it
// tells visitors apart.
func (m *meter) heap(track *lane.Track, before scenario.Returns) (*event.Heap, error) {
	if !m.options.Heap {
		return nil, nil
	}
	live, err := m.live(track)
	if err != nil {
		return nil, fmt.Errorf("read the heap of target %s: %w", track.Name, err)
	}
	now := returnsOf(track)
	return &event.Heap{
		LiveBytes: live,
		Soon:      now.Soon - before.Soon, SoonKnown: now.SoonKnown - before.SoonKnown,
		Late: now.Late - before.Late, LateKnown: now.LateKnown - before.LateKnown,
	}, nil
}

func (m *meter) live(track *lane.Track) (int64, error) {
	answer, err := track.Probe(m.ctx, collectGarbage)
	if err == nil && answer.Status/100 != 2 {
		err = fmt.Errorf("status %d for a collection", answer.Status)
	}
	if err != nil {
		return 0, err
	}
	if answer, err = track.Probe(m.ctx, readMetrics); err != nil {
		return 0, err
	}
	var metrics struct {
		Runtime struct {
			Live *int64 `json:"/gc/heap/live:bytes"`
		} `json:"runtime"`
	}
	if err := json.Unmarshal(answer.Body, &metrics); err != nil || metrics.Runtime.Live == nil {
		return 0, fmt.Errorf("no live heap in the metrics: status %d, %.80q", answer.Status, answer.Body)
	}
	return *metrics.Runtime.Live, nil
}

// returnsOf are a judge's counts so far.
func returnsOf(track *lane.Track) scenario.Returns {
	if judge, ok := track.Judge().(scenario.Returning); ok {
		return judge.Returns()
	}
	return scenario.Returns{}
}
