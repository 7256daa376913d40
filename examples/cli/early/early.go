// Package early answers a request for help before the command has started.
//
// The packages that the command is made of compile expressions and build tables
// while they are initialised: some 30 ms that a person who asks for help waits
// in vain. Packages are initialised in the order of their import paths as soon as
// what they import is (the Go specification, "Program initialization"), so this
// one, which imports next to nothing, comes before them. Were that to change,
// help would come later and say the same.
package early

import (
	_ "embed"
	"os"
)

// Help is what the command prints about itself; a test holds it to what the
// command would say.
//
//go:embed help.txt
var Help string

func init() {
	if len(os.Args) == 2 && (os.Args[1] == "--help" || os.Args[1] == "-h" || os.Args[1] == "help") {
		if _, err := os.Stdout.WriteString(Help); err != nil {
			os.Exit(2)
		}
		os.Exit(0)
	}
}
