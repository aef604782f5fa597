package drive

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"bazaar/load/lane"
)

// Command is one line of stdin:
//
//	{"do":"rate","value":300}  {"do":"burst","requests":500}  {"do":"one"}
//	{"do":"pause"}  {"do":"resume"}
//	{"do":"targets","targets":{"candidate":"http://…"},"downstreams":{"candidate.payments":"http://…"}}
type Command struct {
	Do          string            `json:"do"`
	Value       float64           `json:"value"`
	Requests    int               `json:"requests"`
	Targets     map[string]string `json:"targets"`
	Downstreams map[string]string `json:"downstreams"`
}

const (
	// MaxRate and MaxBurst bound what may be asked for.
	MaxRate  = 100_000
	MaxBurst = 100_000
)

// ParseCommand reads one line and refuses what can't be done.
func ParseCommand(line []byte) (Command, error) {
	var c Command
	if err := json.Unmarshal(line, &c); err != nil {
		return c, fmt.Errorf("command %.80q: %w", line, err)
	}
	switch c.Do {
	case "pause", "resume", "one":
	case "rate":
		if !(c.Value >= 0 && c.Value <= MaxRate) {
			return c, fmt.Errorf("command rate: %v is not in 0..%d", c.Value, MaxRate)
		}
	case "burst":
		if c.Requests < 1 || c.Requests > MaxBurst {
			return c, fmt.Errorf("command burst: %d requests are not in 1..%d", c.Requests, MaxBurst)
		}
	case "targets":
		if len(c.Targets) == 0 {
			return c, fmt.Errorf("command targets: none given")
		}
	default:
		return c, fmt.Errorf("command %q is unknown", c.Do)
	}
	return c, nil
}

// endpoints are the command's targets by name: JSON objects have no order.
func (c Command) endpoints() []lane.Endpoint {
	var endpoints []lane.Endpoint
	for _, name := range slices.Sorted(maps.Keys(c.Targets)) {
		endpoints = append(endpoints, lane.Endpoint{
			Name: name, URL: c.Targets[name], Payments: c.Downstreams[name+".payments"],
		})
	}
	return endpoints
}

func (d *driver) apply(c Command) {
	switch c.Do {
	case "rate":
		for _, track := range d.tracks {
			track.SetRate(c.Value, d.offset(track))
		}
	case "burst":
		d.bursts++
		for _, track := range d.tracks {
			track.Burst(d.options.Seed+d.bursts, c.Requests, d.offset(track))
		}
	case "pause":
		d.pause()
	case "resume":
		d.resume()
	case "one":
		for _, track := range d.tracks {
			track.One(d.out.one)
		}
	case "targets":
		d.prepare(c.endpoints())
	}
}

func (d *driver) pause() {
	if !d.paused {
		d.paused, d.progress = true, min(time.Since(d.began), d.options.Slice)
	}
}

func (d *driver) resume() {
	if d.paused {
		d.paused, d.began = false, time.Now().Add(-d.progress)
	}
}
