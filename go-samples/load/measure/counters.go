package measure

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"bazaar/load/lane"
	"bazaar/load/scenario"
)

var (
	readCounters = &scenario.Request{Method: http.MethodGet, Path: "/debug/flamelab/counters"}
	readLedger   = &scenario.Request{Method: http.MethodGet, Path: "/ledger"}
	resetLedger  = &scenario.Request{Method: http.MethodPost, Path: "/ledger/reset"}
)

const (
	// A handler may still be on its way out when its answer has arrived:
	// the counters are read again until the service says it is idle.
	settleTries = 50
	settlePause = time.Millisecond
)

// reading is what a target and its downstream say of themselves.
type reading struct {
	counters   json.RawMessage
	downstream *int64
}

// before reads the counters ahead of a slice and begins a new maximum of the
// calls in flight downstream.
func (m *meter) before(track *lane.Track) (json.RawMessage, error) {
	if payments := track.Payments(); payments != nil {
		answer, err := payments(m.ctx, resetLedger)
		if err == nil && answer.Status/100 != 2 {
			err = fmt.Errorf("status %d", answer.Status)
		}
		if err != nil {
			return nil, fmt.Errorf("reset the ledger of target %s: %w", track.Name, err)
		}
	}
	return m.counters(track)
}

func (m *meter) after(track *lane.Track) (reading, error) {
	counters, err := m.counters(track)
	if err != nil || track.Payments() == nil {
		return reading{counters: counters}, err
	}
	answer, err := track.Payments()(m.ctx, readLedger)
	if err != nil {
		return reading{}, fmt.Errorf("read the ledger of target %s: %w", track.Name, err)
	}
	var ledger struct {
		MaxInFlight int64 `json:"maxInFlight"`
	}
	if err := json.Unmarshal(answer.Body, &ledger); err != nil {
		return reading{}, fmt.Errorf("read the ledger of target %s: %w", track.Name, err)
	}
	return reading{counters: counters, downstream: &ledger.MaxInFlight}, nil
}

func (m *meter) counters(track *lane.Track) (json.RawMessage, error) {
	var raw json.RawMessage
	for range settleTries {
		answer, err := track.Probe(m.ctx, readCounters)
		if err != nil {
			return nil, fmt.Errorf("read the counters of target %s: %w", track.Name, err)
		}
		var idle struct {
			InFlight *int64 `json:"inFlight"`
		}
		if err := json.Unmarshal(answer.Body, &idle); err != nil || answer.Status != http.StatusOK || idle.InFlight == nil {
			return nil, fmt.Errorf("the counters of target %s are not readable: status %d, %.80q", track.Name, answer.Status, answer.Body)
		}
		raw = bytes.TrimSpace(answer.Body)
		if *idle.InFlight == 0 {
			return raw, nil
		}
		time.Sleep(settlePause)
	}
	// Someone else's requests keep it busy: the numbers stand as they are.
	return raw, nil
}
