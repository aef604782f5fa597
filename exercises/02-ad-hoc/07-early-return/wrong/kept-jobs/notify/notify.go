package main

import "sync"

// job is an alert that is being sent.
type job struct {
	mu       sync.Mutex
	left     int
	messages []*message
	err      error
	done     chan struct{} // closed with the last message or the first error
}

// jobs are the alerts under way.
type jobs struct {
	mu   sync.Mutex
	last int
	open map[int]*job
}

func (j *jobs) begin(watchers int) (int, *job) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.last++
	started := &job{left: watchers, messages: make([]*message, watchers), done: make(chan struct{})}
	j.open[j.last] = started
	return j.last, started
}

func (j *jobs) end(id int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	delete(j.open, id)
}

// finish notes what became of one watcher's message.
func (j *job) finish(at int, m *message, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.left--
	j.messages[at] = m
	if j.err != nil {
		return
	}
	if j.err = err; err != nil || j.left == 0 {
		close(j.done)
	}
}

// notify sends the news to all watchers at once, since composing and signing takes a while,
// and returns their messages in the order of the watchers. An alert counts as a whole: it
// fails with the first watcher who can't be told.
func (s *service) notify(n *news, watchers []watcher) ([]*message, error) {
	id, alert := s.jobs.begin(len(watchers))
	for i := range watchers {
		go func() {
			m, err := s.send(n, &watchers[i])
			alert.finish(i, m, err)
		}()
	}
	<-alert.done
	alert.mu.Lock()
	defer alert.mu.Unlock()
	if alert.err != nil {
		return nil, alert.err
	}
	s.jobs.end(id)
	return alert.messages, nil
}

// send makes one watcher's message and hands it to the relays.
func (s *service) send(n *news, w *watcher) (*message, error) {
	m, err := compose(n, w)
	if err != nil {
		return nil, err
	}
	s.spool.add(m)
	return m, nil
}
