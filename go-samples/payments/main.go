package main

import (
	"errors"
	"flag"
	"time"

	"bazaar/internal/serve"
	"bazaar/internal/shop"
)

const maxWait = 10 * time.Second

func main() {
	wait := flag.Duration("wait", 8*time.Millisecond, "how long the bank takes for a charge or a look-up")
	serve.Main("payments", func(seed uint64) ([]serve.Route, error) {
		if *wait < 0 || *wait > maxWait {
			return nil, errors.New("-wait must be 0 to " + maxWait.String())
		}
		return newService(shop.New(seed), *wait).routes(), nil
	})
}
