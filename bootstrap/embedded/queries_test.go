package embedded_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/docsteward/docsteward/bootstrap/app"
	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/bootstrap/embedded"
	"github.com/docsteward/docsteward/bootstrap/kit"
	"github.com/docsteward/docsteward/ports/docstore"
	"github.com/docsteward/docsteward/ports/orchestrator"
	"github.com/docsteward/docsteward/ports/queryprocessing"
)

const leases = "# Leases\n\nA lease is granted for a time to live. The default time to live of a lease is 60 seconds.\n\n" +
	"## Renewing\n\nA client keeps a lease alive with a heartbeat.\n"

// asker is the orchestrator and the document store, as they answer over HTTP.
type asker struct {
	t            *testing.T
	store, serve http.Handler
}

func newAsker(t *testing.T) asker {
	cfg, err := config.Load([]string{"DOCSTEWARD_DATA=" + t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	k, err := kit.New(cfg, kit.Options{Logs: t.Output()})
	if err != nil {
		t.Fatal(err)
	}
	a, err := embedded.Open(t.Context(), k, docstore.ID, orchestrator.ID)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	x := asker{t, handlerOf(t, a, docstore.ID), handlerOf(t, a, orchestrator.ID)}
	for id, content := range map[string]string{
		"leases": leases,
		"raft":   "# Consensus\n\nA quorum of members must agree before an entry is committed.\n",
		"backup": "# Backups\n\nSave a snapshot with the following command:\n\n```sh\nctl snapshot save backup.db\n```\n",
	} {
		x.put(id, content)
	}
	return x
}

func handlerOf(t *testing.T, a *app.App, id string) http.Handler {
	t.Helper()
	for _, s := range a.Services {
		if s.ID == id {
			return s.Server.Handler()
		}
	}
	t.Fatalf("%s is not open", id)
	return nil
}

func (x asker) put(id, content string) {
	x.t.Helper()
	body, _ := json.Marshal(map[string]any{"content": content, "metadata": map[string]any{"path": id + ".md", "owner": "ada"}})
	if answer := send(x.store, http.MethodPut, "/api/v1/documents/"+id, string(body)); answer.Code != http.StatusOK {
		x.t.Fatalf("%d %s", answer.Code, answer.Body)
	}
}

// call sends a request and reads the data of its answer, which has the status.
func call[R any](x asker, status int, method, path, body string) R {
	x.t.Helper()
	answer := send(x.serve, method, path, body)
	var got struct{ Data R }
	if err := json.Unmarshal(answer.Body.Bytes(), &got); err != nil || answer.Code != status {
		x.t.Fatalf("%s %s: %d %s, %v", method, path, answer.Code, answer.Body, err)
	}
	return got.Data
}

func (x asker) ask(question string) queryprocessing.QueryResult {
	x.t.Helper()
	body, _ := json.Marshal(map[string]any{"query_text": question, "max_results": 10})
	return call[queryprocessing.QueryResult](x, http.StatusOK, http.MethodPost, "/api/v1/queries/ask", string(body))
}

func TestAnAnswerCitesWhereItStands(t *testing.T) {
	x := newAsker(t)
	got := x.ask("What is the default time to live of a lease?")
	if got.Status != "answered" || !strings.Contains(got.Answer, "60 seconds") || got.Expired || got.QuestionType != "quantity" {
		t.Fatalf("got %+v", got)
	}
	for _, s := range got.Sentences {
		c := s.Citations[0]
		if c.DocumentID != "leases" || c.Title != "Leases" || c.Version != 1 || leases[c.Start:c.End] != c.Quote || len(c.Hash) != 64 || c.Headings[0] != "Leases" {
			t.Errorf("citation %+v", c)
		}
	}
	if got := x.ask("How do I save a snapshot?"); !strings.Contains(got.Answer, "ctl snapshot save backup.db") {
		t.Errorf("got %+v", got)
	}
}

func TestAnAnswerExpiresWhenItsSpanChangesAndNotBefore(t *testing.T) {
	x := newAsker(t)
	result := "/api/v1/queries/results/" + x.ask("What is the default time to live of a lease?").QueryID
	read := func() queryprocessing.QueryResult {
		return call[queryprocessing.QueryResult](x, http.StatusOK, http.MethodGet, result, "")
	}
	if got := read(); got.Expired || got.Status != "answered" {
		t.Errorf("unchanged: %+v", got)
	}
	x.put("leases", "Read this first.\n\n"+strings.Replace(leases, "a heartbeat", "heartbeats", 1))
	if got := read(); got.Expired {
		t.Errorf("changed elsewhere: %+v", got)
	}
	x.put("leases", strings.Replace(leases, "60 seconds", "90 seconds", 1))
	got := read()
	expired := 0
	for _, s := range got.Sentences {
		if c := s.Citations[0]; c.Expired != strings.Contains(c.Quote, "60 seconds") || c.Expired != (c.Reason != "") {
			t.Errorf("citation %+v", c)
		} else if c.Expired {
			expired++
		}
	}
	if !got.Expired || expired != 1 {
		t.Errorf("changed there: %+v", got)
	}
	if got := x.ask("What is the default time to live of a lease?"); !strings.Contains(got.Answer, "90 seconds") {
		t.Errorf("asked again: %+v", got)
	}
	if answer := send(x.store, http.MethodDelete, "/api/v1/documents/leases", ""); answer.Code != http.StatusOK {
		t.Fatal(answer.Body)
	}
	if got := read(); !got.Expired || !got.Sentences[0].Citations[0].Expired {
		t.Errorf("deleted: %+v", got)
	}
}

func TestWhatNoDocumentAnswersIsNotFound(t *testing.T) {
	x := newAsker(t)
	got := x.ask("How do I replicate to Kafka with mirroring?")
	if got.Status != "not_found" || got.Answer != "" || len(got.Sentences) != 0 || !strings.Contains(got.Explanation, "kafka") || got.Confidence == "high" {
		t.Errorf("got %+v", got)
	}
	if got := x.ask("run the workflow nightly"); got.Status != "refused" || got.InterpretedIntent != "execute_workflow" {
		t.Errorf("got %+v", got)
	}
	list := call[queryprocessing.HistoryList](x, http.StatusOK, http.MethodGet, "/api/v1/queries/history?status=not_found", "")
	if list.Total != 1 || list.Items[0].QueryID != got.QueryID || list.Items[0].UserID != "anonymous" {
		t.Errorf("history %+v", list)
	}
	stats := call[queryprocessing.Stats](x, http.StatusOK, http.MethodGet, "/api/v1/queries/stats", "")
	if stats.TotalQueries != 2 || stats.QueriesToday != 2 || stats.NotFound != 1 || stats.SuccessRate != 0 {
		t.Errorf("stats %+v", stats)
	}
}

func TestManyAskAtOnce(t *testing.T) {
	x := newAsker(t)
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			answer := send(x.serve, http.MethodPost, "/api/v1/queries/process", `{"query_text":"What is the default time to live of a lease?"}`)
			if answer.Code != http.StatusOK || !strings.Contains(answer.Body.String(), "60 seconds") {
				t.Errorf("%d %s", answer.Code, answer.Body)
			}
		})
	}
	group.Wait()
	if list := call[queryprocessing.HistoryList](x, http.StatusOK, http.MethodGet, "/api/v1/queries/history", ""); list.Total != 20 {
		t.Errorf("history holds %d", list.Total)
	}
}

func TestAStructuredQueryFindsWhatMeetsIt(t *testing.T) {
	x := newAsker(t)
	x.put("other", "# Other\n\nA lease of another kind.\n")
	for query, want := range map[string]string{
		"lease":                                     "leases other",
		`lease NOT "another kind"`:                  "leases",
		"lease OR quorum":                           "leases other raft",
		"NOT lease":                                 "backup raft",
		"owner:ada version:1":                       "backup leases other raft",
		"owner!=ada":                                "",
		"path:raft.md":                              "raft",
		"title:lease* OR title:conse*":              "leases raft",
		"lease AND quorum":                          "",
		"updated>=2020-01-01 length<60":             "other",
		"(lease OR snapshot) NOT heart* LIMIT 1":    "backup",
		"owner:ada ORDER BY title DESC LIMIT 2":     "other leases",
		"owner:ada ORDER BY title LIMIT 2 OFFSET 1": "raft leases",
	} {
		body, _ := json.Marshal(map[string]any{"query": query, "sorting": map[string]string{"title": "asc"}})
		got := call[queryprocessing.QueryResult](x, http.StatusOK, http.MethodPost, "/api/v1/queries/structured", string(body))
		var ids []string
		for _, r := range got.Results {
			ids = append(ids, r.DocumentID)
		}
		if !sameInTitleOrder(strings.Join(ids, " "), want, query) || got.Status != "executed" {
			t.Errorf("%q finds %v, want %s", query, ids, want)
		}
	}
	got := call[queryprocessing.QueryResult](x, http.StatusOK, http.MethodPost, "/api/v1/queries/structured", `{"query":"lease","query_type":"aggregation","filters":{"owner":"ada"}}`)
	if got.TotalResults != 2 || got.Groups["owner"]["ada"] != 2 || len(got.Results) != 0 {
		t.Errorf("groups %+v", got)
	}
	answer := send(x.serve, http.MethodPost, "/api/v1/queries/structured", `{"query":"lease AND colour:red"}`)
	if answer.Code != http.StatusUnprocessableEntity || !strings.Contains(answer.Body.String(), "at character 11") || !strings.Contains(answer.Body.String(), `"position":11`) {
		t.Errorf("%d %s", answer.Code, answer.Body)
	}
}

// sameInTitleOrder compares ids, in any order unless the query gives one.
func sameInTitleOrder(got, want, query string) bool {
	if strings.Contains(query, "ORDER") {
		return got == want
	}
	a, b := strings.Fields(got), strings.Fields(want)
	if len(a) != len(b) {
		return false
	}
	for _, id := range b {
		if !strings.Contains(" "+got+" ", " "+id+" ") {
			return false
		}
	}
	return true
}

func TestFeedbackAndErasure(t *testing.T) {
	x := newAsker(t)
	id := x.ask("What is a lease?").QueryID
	said := call[queryprocessing.Feedback](x, http.StatusOK, http.MethodPost, "/api/v1/queries/results/"+id+"/feedback", `{"helpful":false,"comment":"too short"}`)
	if said.Helpful || said.Comment != "too short" || said.UserID != "anonymous" {
		t.Errorf("feedback %+v", said)
	}
	got := call[queryprocessing.QueryResult](x, http.StatusOK, http.MethodGet, "/api/v1/queries/results/"+id, "")
	if len(got.Feedback) != 1 || got.Feedback[0].Comment != "too short" {
		t.Errorf("result %+v", got)
	}
	if answer := send(x.serve, http.MethodPost, "/api/v1/queries/results/"+id+"/feedback", `{}`); answer.Code != http.StatusUnprocessableEntity {
		t.Errorf("%d %s", answer.Code, answer.Body)
	}
	call[queryprocessing.Deleted](x, http.StatusOK, http.MethodDelete, "/api/v1/queries/results/"+id, "")
	for _, path := range []string{"results/" + id, "history/" + id} {
		answer := send(x.serve, http.MethodGet, "/api/v1/queries/"+path, "")
		if answer.Code != http.StatusNotFound || !strings.Contains(answer.Body.String(), "not found: "+id) {
			t.Errorf("%s: %d %s", path, answer.Code, answer.Body)
		}
	}
	intents := call[queryprocessing.IntentList](x, http.StatusOK, http.MethodGet, "/api/v1/queries/intents", "")
	if intents.Total != 16 {
		t.Errorf("intents %+v", intents)
	}
}
