package main

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"

	"bazaar/load/drive"
)

// eachLine calls do with every line that isn't empty until ctx ends.
func eachLine(ctx context.Context, lines <-chan []byte, do func(line []byte)) {
	for {
		select {
		case line := <-lines:
			if len(bytes.TrimSpace(line)) > 0 {
				do(line)
			}
		case <-ctx.Done():
			return
		}
	}
}

func driveCommands(ctx context.Context, lines <-chan []byte, commands chan<- drive.Command) {
	eachLine(ctx, lines, func(line []byte) {
		command, err := drive.ParseCommand(line)
		if err != nil {
			slog.Error("stdin", "err", err)
			return
		}
		select {
		case commands <- command:
		case <-ctx.Done():
		}
	})
}

// stopCommand closes stop at the first {"do":"stop"}.
func stopCommand(ctx context.Context, lines <-chan []byte, stop chan<- struct{}) {
	stopped := false
	eachLine(ctx, lines, func(line []byte) {
		var command struct {
			Do string `json:"do"`
		}
		switch err := json.Unmarshal(line, &command); {
		case err != nil || command.Do != "stop":
			slog.Error("stdin: measure takes only {\"do\":\"stop\"}")
		case !stopped:
			stopped = true
			close(stop)
		}
	})
}

func ignoreCommands(ctx context.Context, lines <-chan []byte) {
	eachLine(ctx, lines, func([]byte) { slog.Error("stdin: behave, probe, burst and stall take no commands") })
}
