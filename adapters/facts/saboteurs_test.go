package facts_test

import (
	"context"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/adapters/facts"
	"github.com/docsteward/docsteward/domain/code"
	port "github.com/docsteward/docsteward/ports/facts"
	"github.com/docsteward/docsteward/ports/porttest"
)

// spoiled is an extractor whose results are spoiled.
type spoiled struct {
	port.Extractor
	extract func(ctx context.Context, path string, content []byte) ([]code.Fact, error)
}

func (s spoiled) Extract(ctx context.Context, path string, content []byte) ([]code.Fact, error) {
	return s.extract(ctx, path, content)
}

// changing returns an extractor that changes the facts of a good one.
func changing(change func([]code.Fact) []code.Fact) port.Extractor {
	good := facts.New()
	return spoiled{good, func(ctx context.Context, path string, content []byte) ([]code.Fact, error) {
		found, err := good.Extract(ctx, path, content)
		return change(found), err
	}}
}

// saboteurs are extractors that each break one promise, by the case that must tell.
var saboteurs = map[string]struct {
	caught string
	make   func() port.Extractor
}{
	"unsorted": {"order", func() port.Extractor {
		return changing(func(f []code.Fact) []code.Fact { slices.Reverse(f); return f })
	}},
	"other path": {"order", func() port.Extractor {
		return changing(func(f []code.Fact) []code.Fact {
			for i := range f {
				f[i].Path = "./" + f[i].Path
			}
			return f
		})
	}},
	"the file itself": {"order", func() port.Extractor {
		return changing(func(f []code.Fact) []code.Fact {
			return append([]code.Fact{{Kind: code.File, Name: "a", Line: 1}}, f...)
		})
	}},
	"weak values": {"order", func() port.Extractor {
		return changing(func(f []code.Fact) []code.Fact {
			for i := range f {
				f[i].Weak, f[i].Value, f[i].HasValue = true, "x", true
			}
			return f
		})
	}},
	"forgets": {"finds", func() port.Extractor {
		return changing(func(f []code.Fact) []code.Fact { return f[:len(f)/2] })
	}},
	"binary is read": {"refusals", func() port.Extractor {
		return spoiled{facts.New(), func(ctx context.Context, path string, content []byte) ([]code.Fact, error) {
			return facts.New().Extract(ctx, path, []byte(strings.ToValidUTF8(strings.ReplaceAll(string(content), "\x00", ""), "")))
		}}
	}},
	"deaf to the context": {"refusals", func() port.Extractor {
		return spoiled{facts.New(), func(ctx context.Context, path string, content []byte) ([]code.Fact, error) {
			return facts.New().Extract(context.WithoutCancel(ctx), path, content)
		}}
	}},
	"reads the generated": {"generated", func() port.Extractor {
		return spoiled{facts.New(), func(ctx context.Context, path string, content []byte) ([]code.Fact, error) {
			return facts.New().Extract(ctx, path, []byte(strings.Replace(string(content), "DO NOT EDIT", "edit as you like", 1)))
		}}
	}},
	"never the same": {"repeats", func() port.Extractor {
		calls := make(chan int, 1)
		calls <- 0
		return changing(func(f []code.Fact) []code.Fact {
			n := <-calls
			calls <- n + 1
			return f[:max(0, len(f)-n%2)]
		})
	}},
}

const saboteurKey = "FACTS_SABOTEUR"

// TestSaboteur runs the suite on the saboteur that the environment names; by
// itself it has nothing to do.
func TestSaboteur(t *testing.T) {
	saboteur, ok := saboteurs[os.Getenv(saboteurKey)]
	if !ok {
		t.Skipf("runs in the subprocesses of TestSuiteCatchesSaboteurs, which set %s", saboteurKey)
	}
	porttest.Facts(t, saboteur.make(), samples()[0])
}

func TestSuiteCatchesSaboteurs(t *testing.T) {
	for name, saboteur := range saboteurs {
		t.Run(name, func(t *testing.T) {
			command := exec.Command(os.Args[0], "-test.run=^TestSaboteur$", "-test.v")
			command.Env = append(os.Environ(), saboteurKey+"="+name)
			out, err := command.CombinedOutput()
			if err == nil {
				t.Fatalf("the suite passes:\n%s", out)
			}
			if !strings.Contains(string(out), "--- FAIL: TestSaboteur/a/main.go/"+saboteur.caught) {
				t.Errorf("the case %s did not fail:\n%s", saboteur.caught, out)
			}
		})
	}
}
