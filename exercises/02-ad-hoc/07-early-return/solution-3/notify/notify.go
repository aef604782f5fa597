package main

import "sync"

// notify sends the news to all watchers at once, since composing and signing takes a while,
// and returns their messages in the order of the watchers. An alert counts as a whole: it
// fails with the first watcher who can't be told.
func (s *service) notify(n *news, watchers []watcher) ([]*message, error) {
	var (
		sending sync.WaitGroup
		once    sync.Once
		failed  error
	)
	messages := make([]*message, len(watchers))
	for i := range watchers {
		sending.Add(1)
		go func() {
			defer sending.Done()
			m, err := s.send(n, &watchers[i])
			if err != nil {
				once.Do(func() { failed = err })
				return
			}
			messages[i] = m
		}()
	}
	sending.Wait()
	if failed != nil {
		return nil, failed
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
