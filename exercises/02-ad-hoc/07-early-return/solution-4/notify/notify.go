package main

// notify sends the news to the watchers one after the other and returns their messages in
// the same order. An alert counts as a whole: it fails with the first watcher who can't be
// told.
func (s *service) notify(n *news, watchers []watcher) ([]*message, error) {
	messages := make([]*message, len(watchers))
	for i := range watchers {
		m, err := s.send(n, &watchers[i])
		if err != nil {
			return nil, err
		}
		messages[i] = m
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
