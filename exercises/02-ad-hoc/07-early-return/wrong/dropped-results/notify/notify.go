package main

import "sync"

// result is what became of one watcher's message.
type result struct {
	at      int // in the list of watchers
	message *message
	err     error
}

// notify sends the news to all watchers at once, since composing and signing takes a while,
// and returns their messages. An alert counts as a whole: it
// fails with the first watcher who can't be told.
func (s *service) notify(n *news, watchers []watcher) ([]*message, error) {
	results := make(chan result)
	var sending sync.WaitGroup
	for i := range watchers {
		sending.Add(1)
		go func() {
			defer sending.Done()
			m, err := s.send(n, &watchers[i])
			select {
			case results <- result{at: i, message: m, err: err}:
			default: // nobody waits any more
			}
		}()
	}
	go func() {
		sending.Wait()
		close(results)
	}()
	var messages []*message
	for r := range results {
		if r.err != nil {
			return nil, r.err
		}
		messages = append(messages, r.message)
	}
	return messages, nil
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
