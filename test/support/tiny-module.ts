/** A Go module of one small service that speaks the fleet's ready line; misbehaves on request. Builds in well under a second. */
const MAIN = `package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"

	"bazaar/internal/word"
)

func main() {
	mode := ""
	if len(os.Args) > 1 {
		mode = os.Args[1]
	}
	if misbehave(mode) {
		return
	}
	fmt.Printf("{\\"ready\\":true,\\"service\\":\\"tiny\\",\\"addr\\":\\"127.0.0.1:1\\",\\"pid\\":%d,\\"go\\":\\"%s\\"}\\n", os.Getpid(), word.Said)
	afterReady(mode)
	stop := make(chan os.Signal, 1)
	if mode != "deaf" {
		signal.Notify(stop, syscall.SIGTERM)
		go func() { _, _ = io.Copy(io.Discard, os.Stdin); stop <- syscall.SIGTERM }()
	} else {
		signal.Ignore(syscall.SIGTERM)
		time.Sleep(time.Hour)
	}
	<-stop
}

// misbehave does what keeps a program from getting ready; false: go on.
func misbehave(mode string) bool {
	switch mode {
	case "exit", "behave":
		fmt.Fprintln(os.Stderr, "no stock file")
		os.Exit(3)
	case "mute":
		fmt.Println("still warming up")
		time.Sleep(time.Hour)
	case "sleep":
		signal.Ignore(syscall.SIGTERM)
		time.Sleep(time.Hour)
	case "drive":
		for _, line := range os.Args[2:] {
			fmt.Println(line)
		}
		sc := bufio.NewScanner(os.Stdin)
		for sc.Scan() {
			fmt.Println(sc.Text())
		}
	case "environment":
		for _, line := range os.Environ() {
			fmt.Println(line)
		}
	default:
		return false
	}
	return true
}

func afterReady(mode string) {
	switch mode {
	case "children":
		for range 40 {
			spawn(nil)
		}
	case "setsid":
		spawn(&syscall.SysProcAttr{Setsid: true})
	case "orphan":
		cmd := exec.Command("/bin/sh", "-c", os.Args[0]+" sleep &")
		cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
		_ = cmd.Run()
	case "flood":
		go func() {
			for n := 0; ; n++ {
				fmt.Fprintf(os.Stderr, "line %d of a flood that doesn't end\\n", n)
			}
		}()
	case "line":
		go func() {
			part := make([]byte, 1<<20)
			for i := range part {
				part[i] = 'x'
			}
			for range 64 {
				_, _ = os.Stderr.Write(part)
			}
			fmt.Fprintln(os.Stderr, "\\nafter the line")
		}()
	case "hog":
		go func() {
			for {
				held = append(held, make([]byte, 8<<20))
				last := held[len(held)-1]
				for i := 0; i < len(last); i += 4096 {
					last[i] = 1
				}
				time.Sleep(20 * time.Millisecond)
			}
		}()
	case "crash":
		os.Exit(7)
	}
}

var held [][]byte

func spawn(attr *syscall.SysProcAttr) {
	cmd := exec.Command(os.Args[0], "sleep")
	cmd.SysProcAttr = attr
	_ = cmd.Start()
}
`;

export const GO_MOD = 'module bazaar\n\ngo 1.24\n';

export function tinyModule(changed: Readonly<Record<string, string>> = {}): Map<string, Uint8Array> {
  const files: Record<string, string> = {
    'go.mod': GO_MOD,
    'tiny/main.go': MAIN,
    'internal/word/word.go': 'package word\n\nconst Said = "go1.24"\n',
    ...changed,
  };
  return new Map(Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)]));
}
