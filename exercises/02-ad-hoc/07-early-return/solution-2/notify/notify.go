package main

import "context"

// result is what became of one watcher's message.
type result struct {
	at      int // in the list of watchers
	message *message
	err     error
}

// notify sends the news to all watchers at once, since composing and signing takes a while,
// and returns their messages in the order of the watchers. An alert counts as a whole: it
// fails with the first watcher who can't be told.
func (s *service) notify(ctx context.Context, n *news, watchers []watcher) ([]*message, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make(chan result)
	for i := range watchers {
		go func() {
			m, err := s.send(n, &watchers[i])
			select {
			case results <- result{at: i, message: m, err: err}:
			case <-ctx.Done():
			}
		}()
	}
	messages := make([]*message, len(watchers))
	for range watchers {
		select {
		case r := <-results:
			if r.err != nil {
				return nil, r.err
			}
			messages[r.at] = r.message
		case <-ctx.Done():
			return nil, ctx.Err()
		}
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
