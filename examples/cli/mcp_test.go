package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// assistant runs docsteward mcp and talks to it.
func assistant(t *testing.T, environment []string, args ...string) (*sdk.ClientSession, *lockedBuffer) {
	t.Helper()
	logs := new(lockedBuffer)
	cmd := command(t, environment, append([]string{"mcp"}, args...)...)
	cmd.Stderr = logs
	session, err := sdk.NewClient(&sdk.Implementation{Name: "assistant", Version: "1"}, nil).Connect(t.Context(), &sdk.CommandTransport{Command: cmd}, nil)
	if err != nil {
		t.Fatalf("%v:\n%s", err, logs)
	}
	t.Cleanup(func() {
		if err := session.Close(); err != nil {
			t.Errorf("it does not end when the client leaves: %v\n%s", err, logs)
		}
	})
	return session, logs
}

// answer calls a tool and decodes its answer, which must be a success.
func answer(t *testing.T, session *sdk.ClientSession, tool string, arguments map[string]any) map[string]any {
	t.Helper()
	result, err := session.CallTool(t.Context(), &sdk.CallToolParams{Name: tool, Arguments: arguments})
	if err != nil {
		t.Fatalf("%s: %v", tool, err)
	}
	text := result.Content[0].(*sdk.TextContent).Text
	var decoded map[string]any
	if err := json.Unmarshal([]byte(text), &decoded); err != nil || result.IsError {
		t.Fatalf("%s: %v, %s", tool, err, text)
	}
	return decoded
}

func toolNames(t *testing.T, session *sdk.ClientSession) []string {
	t.Helper()
	listed, err := session.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, tool := range listed.Tools {
		names = append(names, tool.Name)
	}
	return names
}

// away is an environment in which no server runs.
func away(t *testing.T) []string {
	t.Helper()
	return []string{"DOCSTEWARD_DATA=" + t.TempDir(), "DOC_STORE_PORT=" + freePort(t), "SOURCE_AGENT_PORT=" + freePort(t), "ANALYSIS_SERVICE_PORT=" + freePort(t), "CODE_ANALYZER_PORT=" + freePort(t)}
}

func TestAnAssistantUsesTheDataDirectory(t *testing.T) {
	environment := away(t)
	session, logs := assistant(t, environment)
	answer(t, session, "doc_store_put-document", map[string]any{"id": "a", "content": "# Find the warden"})
	if found := answer(t, session, "doc_store_search-documents", map[string]any{"q": "warden"}); found["total"] != 1.0 {
		t.Errorf("got %v", found)
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "b.md"), []byte("# The heron\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	answer(t, session, "source-agent_ingest-source", map[string]any{"location": folder})
	if found := answer(t, session, "doc_store_search-documents", map[string]any{"q": "heron"}); found["total"] != 1.0 {
		t.Errorf("got %v", found)
	}
	result, err := session.CallTool(t.Context(), &sdk.CallToolParams{Name: "doc_store_get-document", Arguments: map[string]any{"id": "nope"}})
	if err != nil || !result.IsError || !strings.Contains(result.Content[0].(*sdk.TextContent).Text, `"error_code":"not_found"`) {
		t.Errorf("got %+v, %v", result, err)
	}
	if strings.Contains(logs.String(), "panic") {
		t.Errorf("the log says\n%s", logs)
	}
	if out, _, code := run(t, environment, "search", "heron"); code != 0 || !strings.Contains(out, "heron") {
		t.Errorf("what the assistant stored is not kept: exit %d, %q", code, out)
	}
}

func TestAnAssistantUsesTheRunningServer(t *testing.T) {
	s := serve(t, "LOG_LEVEL=WARNING")
	session, _ := assistant(t, s.environment)
	answer(t, session, "doc_store_put-document", map[string]any{"id": "a", "content": "# Find the warden"})
	if status, body := s.do(t, "GET", "/api/v1/documents/a", ""); status != 200 {
		t.Errorf("the server does not have the document: %d %v", status, body)
	}
	result, err := session.CallTool(t.Context(), &sdk.CallToolParams{Name: "doc_store_list-documents", Arguments: map[string]any{"limit": 0}})
	if err != nil || !result.IsError || !strings.Contains(result.Content[0].(*sdk.TextContent).Text, `"field":"limit"`) {
		t.Errorf("got %+v, %v", result, err)
	}
}

func TestAnAssistantIsOfferedWhatTheFlagsAllow(t *testing.T) {
	session, _ := assistant(t, away(t), "--read-only", "--services", "source-agent")
	names := toolNames(t, session)
	if strings.Join(names, " ") != "source-agent_get-ingestion source-agent_list-ingestions source-agent_list-source-items source-agent_list-sources" {
		t.Errorf("got %v", names)
	}
	if out, failed, code := run(t, away(t), "mcp", "--services", "nope"); code != 2 || out != "" || strings.Count(failed, "\n") != 1 || !strings.Contains(failed, "doc_store") {
		t.Errorf("exit %d, %q, %q", code, out, failed)
	}
}
