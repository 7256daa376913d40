package durabletemporal

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	commonpb "go.temporal.io/api/common/v1"

	"github.com/docsteward/docsteward/ports/durable"
)

// Keys of the memo of a workflow, which tells a run without its history.
const (
	runMemo   = "run"
	inputMemo = "input"
)

// coded begins the part of a workflow's id that is not the run's id itself.
const coded = "~"

// workflowID is the id of a run's workflow. Temporal sends ids in headers, which take
// printable ASCII only: of another id the digest serves, and the memo has the id.
func (r *Runtime) workflowID(run string) string {
	if printable(run) {
		return r.config.Group + "/" + run
	}
	digest := sha256.Sum256([]byte(run))
	return r.config.Group + "/" + coded + hex.EncodeToString(digest[:])
}

// printable reports whether the text can be in a header, and cannot be a digest.
func printable(text string) bool {
	return !strings.HasPrefix(text, coded) && strings.IndexFunc(text, func(c rune) bool { return c < ' ' || c > '~' }) < 0
}

// activityID is the id of the activity of a call, which is another each time that a
// pause ended it; callOf is the inverse.
func activityID(call string, try int) string { return call + "~" + strconv.Itoa(try) }

func callOf(activityID string) string {
	return activityID[:max(0, strings.LastIndexByte(activityID, '~'))]
}

func memo(start durable.Start) map[string]any {
	return map[string]any{runMemo: start.ID, inputMemo: start.Input}
}

// runIn reads id and input of a run from the memo of its workflow.
func runIn(memo *commonpb.Memo) (run durable.Start, err error) {
	if err = read(&run.ID, memo.GetFields()[runMemo]); err == nil {
		err = read(&run.Input, memo.GetFields()[inputMemo])
	}
	return run, err
}
