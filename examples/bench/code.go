package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// project is a large project with documents and code.
const project = "github.com/prometheus/prometheus@v0.316.0"

// withCode measures the check of documents against the code of a large project:
// cold, and again with what the first run kept. Peers that are on the PATH check the
// same folder in the same run.
func withCode(t *table, binary string) error {
	root, err := download(project)
	if err != nil {
		fmt.Fprintf(os.Stderr, "not measured: check of %s: %v\n", project, err)
		return nil
	}
	kept, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(kept)
	cold, peak, err := repeat(3, binary, "check", root, "--fail-on", "none", "--cache", "")
	if err != nil {
		return err
	}
	t.add("check "+project+" with its code, median of 3", fmt.Sprintf("%d ms, %d MB peak", cold.Milliseconds(), peak>>20), "15000 ms, 1000 MB", cold <= 15*time.Second && peak <= 1000<<20)
	warm, _, err := repeat(3, binary, "check", root, "--fail-on", "none", "--cache", filepath.Join(kept, "cache"))
	if err != nil {
		return err
	}
	t.add("the same once more, median of 3", fmt.Sprintf("%d ms", warm.Milliseconds()), "2000 ms", warm <= 2*time.Second)
	return peers(t, root, cold)
}

// download returns where a module lies in the module cache.
func download(module string) (string, error) {
	command := exec.Command("go", "mod", "download", "-json", module)
	command.Dir = os.TempDir()
	output, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("the module cannot be had: %w", err)
	}
	var answer struct{ Dir string }
	return answer.Dir, json.Unmarshal(output, &answer)
}

// peers runs the tools that check one thing each of what the check does.
func peers(t *table, root string, ours time.Duration) error {
	for _, peer := range [][]string{
		{"markdownlint-cli2", "**/*.md"}, {"vale", "--no-exit", "."}, {"gitleaks", "dir", ".", "--no-banner", "--exit-code", "0"},
	} {
		if _, err := exec.LookPath(peer[0]); err != nil {
			fmt.Fprintf(os.Stderr, "not measured: %s is not on the PATH\n", peer[0])
			continue
		}
		start := time.Now()
		command := exec.Command(peer[0], peer[1:]...)
		command.Dir = root
		err := command.Run() // findings make some of them fail
		took := time.Since(start)
		if command.ProcessState == nil {
			return fmt.Errorf("%s: %w", peer[0], err)
		}
		t.add("check beside "+peer[0]+" on the same folder", fmt.Sprintf("%d ms, %d ms", ours.Milliseconds(), took.Milliseconds()), "faster", ours < took)
	}
	return nil
}
