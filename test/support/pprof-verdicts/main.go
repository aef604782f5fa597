// Command pprof-verdicts says what google/pprof thinks of damaged profiles. It made the lists in
// test/fixtures/profile/pprof-verdicts.json and is run again, by hand and with a network, only to make new ones.
//
// Standard input: profiles, each after its length as a little-endian uint32. Standard output: a line each, "ok TYPES SAMPLES"
// or "no REASON".
package main

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"os"

	"github.com/google/pprof/profile"
)

func main() {
	in := bufio.NewReader(os.Stdin)
	for {
		var length uint32
		if err := binary.Read(in, binary.LittleEndian, &length); err != nil {
			return
		}
		data := make([]byte, length)
		if _, err := io.ReadFull(in, data); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Println(verdict(data))
	}
}

func verdict(data []byte) string {
	p, err := profile.ParseUncompressed(data)
	if err == nil {
		err = p.CheckValid()
	}
	if err != nil {
		return "no " + err.Error()
	}
	return fmt.Sprintf("ok %d %d", len(p.SampleType), len(p.Sample))
}
