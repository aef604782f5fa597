package drive

import (
	"log/slog"
	"slices"
	"time"

	"bazaar/load/lane"
)

// opening is a set of targets that is ready to be driven, or why it isn't.
type opening struct {
	lanes []*lane.Lane
	err   error
}

// prepare opens the targets that are new while traffic to the old ones goes
// on; install then puts them in. Of several sets that come meanwhile the last
// counts.
func (d *driver) prepare(endpoints []lane.Endpoint) {
	if d.swapping {
		d.pending = endpoints
		return
	}
	d.swapping = true
	kept := make([]*lane.Lane, len(endpoints))
	for i, endpoint := range endpoints {
		at := slices.IndexFunc(d.tracks, func(t *lane.Track) bool {
			return t.Name == endpoint.Name && t.URL == endpoint.URL
		})
		if at >= 0 {
			kept[i] = d.tracks[at].Lane
		}
	}
	go func() {
		lanes, err := d.open(endpoints, kept)
		select {
		case d.openings <- opening{lanes: lanes, err: err}:
		case <-d.ctx.Done():
		}
	}()
}

func (d *driver) install(ready opening) {
	d.swapping = false
	if ready.err != nil {
		slog.Error("the targets stay as they are", "err", ready.err)
	} else {
		d.replace(ready.lanes)
	}
	if next := d.pending; next != nil {
		d.pending = nil
		d.prepare(next)
	}
}

// replace gives all targets of the new set the same place in the stream.
func (d *driver) replace(lanes []*lane.Lane) {
	tracks := make([]*lane.Track, len(lanes))
	for i, l := range lanes {
		tracks[i] = d.tracks[0].Join(l)
	}
	for _, old := range d.tracks {
		if !slices.Contains(lanes, old.Lane) {
			old.Close()
			d.retired = append(d.retired, old.Lane)
		}
	}
	d.tracks = tracks
	d.index, d.began, d.progress = 0, time.Now(), 0
}
