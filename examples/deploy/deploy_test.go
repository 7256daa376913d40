// Package deploy holds what runs docsteward elsewhere: a hook of git and an action
// of GitHub. Its tests run the hook, and read the action as GitHub would.
package deploy

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// shell runs a command in a repository, with a docsteward that says how it was
// called and exits with the code that it is told.
func shell(t *testing.T, dir, exit string, words ...string) (string, int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), words[0], words[1:]...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "PATH="+filepath.Join(dir, "bin")+":"+os.Getenv("PATH"), "EXIT="+exit,
		"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@example.com")
	out, err := cmd.CombinedOutput()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		t.Fatalf("%v: %v", words, err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

func TestTheHookChecksWhatACommitTouches(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed, which runs the hook")
	}
	dir := t.TempDir()
	hook, err := os.ReadFile("pre-commit/pre-commit")
	if err != nil {
		t.Fatal(err)
	}
	shell(t, dir, "0", "git", "init", "-q")
	for name, content := range map[string]string{
		".git/hooks/pre-commit": string(hook), "bin/docsteward": "#!/bin/sh\necho \"called: $*\"\nexit $EXIT\n", "a.md": "# A\n",
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	shell(t, dir, "0", "git", "add", "a.md")
	if out, code := shell(t, dir, "0", "git", "commit", "-qm", "first"); code != 0 || !strings.Contains(out, "called: check . --fail-on medium\n") {
		t.Errorf("the first commit: exit %d, %s", code, out)
	}
	if out, code := shell(t, dir, "1", "git", "commit", "-q", "--allow-empty", "-m", "second"); code == 0 || !strings.Contains(out, "--changed HEAD") {
		t.Errorf("findings do not stop a commit: exit %d, %s", code, out)
	}
	if err := os.Remove(filepath.Join(dir, "bin", "docsteward")); err != nil {
		t.Fatal(err)
	}
	if out, code := shell(t, dir, "0", "git", "commit", "-q", "--allow-empty", "-m", "third"); code != 0 || !strings.Contains(out, "not checked") {
		t.Errorf("without the command: exit %d, %s", code, out)
	}
}

func TestTheActionIsWhatItsWorkflowUses(t *testing.T) {
	var action struct {
		Inputs map[string]struct{ Description, Default string }
		Runs   struct {
			Using string
			Steps []struct{ Uses, Run, Shell string }
		}
	}
	read(t, "github-action/action.yml", &action)
	if action.Runs.Using != "composite" || len(action.Runs.Steps) == 0 {
		t.Fatalf("got %+v", action)
	}
	for i, step := range action.Runs.Steps {
		if (step.Uses == "") == (step.Run == "") || step.Run != "" && step.Shell == "" {
			t.Errorf("step %d neither uses nor runs, or has no shell: %+v", i, step)
		}
	}
	var workflow struct {
		Jobs map[string]struct {
			Steps []struct {
				Uses string
				With map[string]string
			}
		}
	}
	read(t, "github-action/workflow.yml", &workflow)
	steps := workflow.Jobs["check"].Steps
	last := steps[len(steps)-1]
	if !strings.Contains(last.Uses, "examples/deploy/github-action@") {
		t.Errorf("the workflow uses %s", last.Uses)
	}
	for name := range last.With {
		if _, known := action.Inputs[name]; !known {
			t.Errorf("the action has no input %s", name)
		}
	}
}

func read(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(data, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}
