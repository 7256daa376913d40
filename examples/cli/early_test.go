package main

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"github.com/docsteward/docsteward/examples/cli/early"
)

var update = flag.Bool("update", false, "write early/help.txt anew") // never written after the start

func TestTheEarlyHelpIsWhatTheCommandSays(t *testing.T) {
	var said bytes.Buffer
	root := newRoot()
	root.SetOut(&said)
	root.SetArgs([]string{"--help"})
	if err := root.Execute(); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("early/help.txt", said.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if said.String() != early.Help {
		t.Errorf("early/help.txt is stale; run make generate. The command says:\n%s", said.String())
	}
	for _, ask := range []string{"--help", "-h", "help"} {
		if out, _, code := run(t, nil, ask); out != early.Help || code != 0 {
			t.Errorf("%s: exit %d, got:\n%s", ask, code, out)
		}
	}
}
