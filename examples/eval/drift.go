package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/docsteward/docsteward/domain/claim"
	"github.com/docsteward/docsteward/domain/code"
	"github.com/docsteward/docsteward/domain/finding/drift"
)

// tuningModules are those that the rules were made by. heldBackModules were not looked
// at meanwhile, until a sample of their verdicts was read by hand; unseenModules never
// were, so that what is wrong in their own documents counts as a false alarm. All are
// read from the module cache.
var (
	tuningModules = []string{
		"github.com/prometheus/prometheus@v0.316.0", "github.com/spf13/viper@v1.21.0", "github.com/urfave/cli/v2@v2.27.7",
		"github.com/caddyserver/caddy/v2@v2.11.9", "github.com/junegunn/fzf@v0.65.2", "github.com/minio/minio@v0.0.0-20260212201848-7aac2a2c5b7c",
		"github.com/rclone/rclone@v1.76.0", "github.com/traefik/traefik/v3@v3.7.13", "github.com/open-policy-agent/opa@v1.22.2", "github.com/go-task/task/v3@v3.54.0",
	}
	heldBackModules = []string{
		"github.com/prometheus/alertmanager@v0.34.2", "github.com/prometheus/node_exporter@v1.12.1", "github.com/dexidp/dex@v2.13.0+incompatible",
		"github.com/argoproj/argo-cd/v2@v2.14.21", "github.com/coredns/coredns@v1.15.0", "github.com/evilmartians/lefthook@v1.13.6",
		"github.com/gofiber/fiber/v2@v2.52.15", "github.com/cortexproject/cortex@v1.21.1", "github.com/nats-io/nats-server/v2@v2.15.2",
		"github.com/air-verse/air@v1.67.4", "github.com/mikefarah/yq/v4@v4.54.2", "github.com/spf13/cobra@v1.10.2",
	}
	unseenModules = []string{
		"github.com/derailed/k9s@v0.50.16", "github.com/sqlc-dev/sqlc@v1.31.1", "github.com/tsenart/vegeta/v12@v12.13.0", "github.com/mailhog/MailHog@v1.0.1",
		"github.com/nektos/act@v0.2.89", "github.com/google/cadvisor@v0.60.6", "github.com/charmbracelet/vhs@v0.10.0", "github.com/goreleaser/nfpm/v2@v2.48.0",
	}
)

// driftScore is how drift is found in one module.
type driftScore struct {
	module string
	// claims counts those that are judged, alarms the different names that are called
	// wrong in the module as it is and are not among the genuine.
	claims, alarms int
	// mutated counts names that were changed and that pages mention, found those of
	// them that are called wrong afterwards, others what else is.
	mutated, found, others int
	// remembered and strangers are found and others when the code before the change
	// is known, as it is where there is a git repository.
	remembered, strangers int
	// read compares the verdicts with what was read by hand.
	read    readScore
	seconds float64
	detail  []string
}

func (s *driftScore) add(o driftScore) {
	s.claims += o.claims
	s.alarms += o.alarms
	s.mutated += o.mutated
	s.found += o.found
	s.others += o.others
	s.remembered += o.remembered
	s.strangers += o.strangers
	s.read.add(o.read)
}

func (s driftScore) precision() float64 {
	return float64(s.found) / float64(max(1, s.found+s.others+s.alarms))
}

func (s driftScore) historyPrecision() float64 {
	return float64(s.remembered) / float64(max(1, s.remembered+s.strangers+s.alarms))
}

func (s driftScore) historyRecall() float64 {
	return float64(s.remembered) / float64(max(1, s.mutated))
}

func (s driftScore) recall() float64 { return float64(s.found) / float64(max(1, s.mutated)) }

func (s driftScore) perFifty() float64 { return 50 * float64(s.alarms) / float64(max(1, s.claims)) }

// evaluateDrift prints how well drift is found in modules whose code is changed
// behind the back of their documents.
func evaluateDrift(ctx context.Context, out io.Writer) error {
	fmt.Fprintf(out, "%-9s %-36s %7s %7s %8s %6s %6s %10s %8s %10s  %s\n", "drift", "module", "claims", "alarms", "mutated", "found", "others", "precision", "recall", "alarms/50", "with history: precision, recall")
	var missed error
	for _, set := range []struct {
		name    string
		modules []string
	}{{"tuning", tuningModules}, {"held back", heldBackModules}, {"unseen", unseenModules}} {
		sum := driftScore{module: "together"}
		for _, module := range set.modules {
			score, err := scoreModule(ctx, module)
			if err != nil {
				fmt.Fprintf(out, "%-9s %-36s skipped: %v\n", set.name, module, err)
				continue
			}
			sum.add(score)
			score.print(out, set.name)
		}
		sum.print(out, set.name)
		if set.name != "tuning" {
			missed = errors.Join(missed, sum.missed(set.name))
		}
		if sum.read.size > 0 {
			sum.read.print(out, sum.claims)
		}
		fmt.Fprintf(out, "%-9s %-36s %7s %7s %8s %6s %6s %10s %8s %10s\n", "", "bar (goal)", "", "", "", "", "", "0.85 (0.95)", "0.70 (0.85)", "1 (0.2)")
	}
	return missed
}

// missed tells which bar a set of modules misses; nil when none is. The bars of
// precision and recall are for code whose history is known.
func (s driftScore) missed(set string) error {
	switch {
	case s.claims == 0:
		return nil // no module could be had, as was printed
	case s.historyPrecision() < 0.85:
		return fmt.Errorf("precision %.3f of modules %s, with history, is below 0.85", s.historyPrecision(), set)
	case s.historyRecall() < 0.70:
		return fmt.Errorf("recall %.3f of modules %s, with history, is below 0.70", s.historyRecall(), set)
	case s.read.perFifty(s.claims) > 1:
		return fmt.Errorf("%.2f false alarms in 50 claims of modules %s, read by hand, are more than 1", s.read.perFifty(s.claims), set)
	case s.perFifty() > 1:
		return fmt.Errorf("%.2f false alarms in 50 claims of modules %s are more than 1", s.perFifty(), set)
	}
	return nil
}

func (s driftScore) print(out io.Writer, set string) {
	fmt.Fprintf(out, "%-9s %-36s %7d %7d %8d %6d %6d %10.3f %8.3f %10.2f  %.3f %.3f\n", set, s.module, s.claims, s.alarms, s.mutated, s.found, s.others, s.precision(), s.recall(), s.perFifty(), s.historyPrecision(), s.historyRecall())
	if os.Getenv("VERBOSE") != "" {
		for _, line := range s.detail {
			fmt.Fprintln(out, "   ", line)
		}
	}
}

// moduleFolder is where a module lies, downloaded if it must be.
func moduleFolder(ctx context.Context, module string) (string, error) {
	command := exec.CommandContext(ctx, "go", "mod", "download", "-json", module)
	command.Dir = os.TempDir()
	output, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("the module cannot be had: %w", err)
	}
	var answer struct{ Dir string }
	return answer.Dir, json.Unmarshal(output, &answer)
}

func scoreModule(ctx context.Context, module string) (driftScore, error) {
	name, _, _ := strings.Cut(module, "@")
	score := driftScore{module: strings.TrimPrefix(name, "github.com/")}
	folder, err := moduleFolder(ctx, module)
	if err != nil {
		return score, err
	}
	d, err := loadModule(folder, name)
	if err != nil {
		return score, err
	}
	return d.score(ctx)
}

// score judges the documents by the code as it is and as it is after some changes.
func (d *documented) score(ctx context.Context) (driftScore, error) {
	started, score := time.Now(), driftScore{module: strings.TrimPrefix(d.module, "github.com/")}
	pages, err := d.pages(ctx)
	if err != nil {
		return score, err
	}
	index, err := d.index(ctx)
	if err != nil {
		return score, err
	}
	before := judge(pages, index, d.options())
	for _, p := range before {
		for _, v := range p.verdicts {
			if v.State != claim.Unknown || v.Confidence > 0 {
				score.claims++
			}
		}
	}
	readings, err := readingsOf(score.module)
	if err != nil {
		return score, err
	}
	if len(readings) > 0 {
		score.read = compareReadings(readings, d.readable(score.module, before))
	}
	right := append(rightAlarms(readings), genuine[d.module]...)
	alarms := alarmsOf(before)
	for _, a := range alarms {
		if !slices.Contains(right, a) {
			score.alarms++
			score.detail = append(score.detail, "alarm  "+a)
		}
	}
	changed, mutated := d.copy(), []subject{}
	for _, s := range choose(subjects(before)) {
		if mutate(changed, s) {
			mutated = append(mutated, s)
		}
	}
	now, err := changed.index(ctx)
	if err != nil {
		return score, err
	}
	options := changed.options()
	after := judge(pages, now, options)
	options.History = revision{claim.NewProject(index, d.options()), claim.NewProject(now, options)}
	score.compare(alarms, alarmsOf(after), alarmsOf(judge(pages, now, options)), mutated, now)
	score.detail = append(score.detail, reasonsOf(after, mutated)...)
	score.seconds = time.Since(started).Seconds()
	return score, nil
}

// index reads the facts of the code as it is.
func (d *documented) index(ctx context.Context) (*code.Index, error) {
	facts, err := d.facts(ctx)
	if err != nil {
		return nil, err
	}
	return code.NewIndex(facts), nil
}

// revision is the code as it was.
type revision struct{ before, now *claim.Project }

// Existed reports what was there by this name and is no more.
func (r revision) Existed(kind code.Kind, name string) (claim.Removal, bool) {
	return claim.Removal{}, r.before.Knows(kind, name) && !r.now.Knows(kind, name)
}

// alarmsOf lists the different names that are called wrong.
func alarmsOf(pages []judged) []string {
	var all []string
	for _, p := range pages {
		for _, v := range p.verdicts {
			if _, broken := drift.RuleOf(v); broken {
				all = append(all, alarmName(v.Claim.Kind, v.Claim.Name, v.State == claim.Changed))
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func alarmName(kind code.Kind, name string, value bool) string {
	return subject{kind: kind, name: name, value: value && kind != code.Version}.String()
}
