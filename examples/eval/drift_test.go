package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/domain/code"
)

// small is a module of one program with one page.
func small() *documented {
	d := &documented{module: "example.org/app", files: map[string][]byte{
		"go.mod": []byte("module example.org/app\n\ngo 1.26\n"),
		"main.go": []byte("package main\n\nimport \"flag\"\n\nvar (\n\tpath = flag.String(\"store-path\", \"data\", \"where\")\n" +
			"\tkeep = flag.Duration(\"store-keep\", 0, \"how long\")\n\tmode = flag.String(\"store-mode\", \"fast\", \"how\")\n)\n\nfunc main() { flag.Parse() }\n"),
		"README.md": []byte("# App\n\n```sh\napp --store-path=x --store-keep=1h --store-mode=y\n```\n"),
	}}
	d.sort()
	return d
}

func TestScoreFindsWhatIsChanged(t *testing.T) {
	score, err := small().score(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if score.claims < 3 || score.alarms != 0 {
		t.Errorf("the module as it is has %d claims and %d alarms", score.claims, score.alarms)
	}
	if score.mutated == 0 || score.remembered != score.mutated || score.strangers != 0 {
		t.Errorf("of %d changes %d were found, and %d others: %s", score.mutated, score.remembered, score.strangers, strings.Join(score.detail, "; "))
	}
	var out bytes.Buffer
	if score.print(&out, "test"); !strings.Contains(out.String(), "example.org/app") {
		t.Errorf("it prints %q", out.String())
	}
}

func TestMutateLeavesDocumentsAndTheOriginalAlone(t *testing.T) {
	d := small()
	changed := d.copy()
	if !mutate(changed, subject{kind: code.Flag, name: "store-mode"}) {
		t.Fatal("nothing was changed")
	}
	if bytes.Equal(changed.files["main.go"], d.files["main.go"]) || bytes.Contains(changed.files["main.go"], []byte(`"store-mode"`)) {
		t.Error("the code still has the name, or the original has it no more")
	}
	if !bytes.Equal(changed.files["README.md"], d.files["README.md"]) {
		t.Error("the page was changed")
	}
}

func TestMissedBars(t *testing.T) {
	for name, s := range map[string]driftScore{
		"precision": {claims: 100, alarms: 5, mutated: 10, remembered: 10}, "recall": {claims: 100, mutated: 10, remembered: 5}, "alarms": {claims: 50, alarms: 2, mutated: 100, remembered: 100},
	} {
		if err := s.missed("x"); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("a score that misses %s gives %v", name, err)
		}
	}
	if err := (driftScore{claims: 100, alarms: 1, mutated: 10, remembered: 9}).missed("x"); err != nil {
		t.Errorf("a good score gives %v", err)
	}
}
