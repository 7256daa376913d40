package query_test

import (
	"fmt"
	"testing"

	"github.com/docsteward/docsteward/domain/query"
)

func TestInterpret(t *testing.T) {
	for text, want := range map[string]query.Scored{
		"Find documents about machine learning":   {Intent: query.SearchDocuments, Score: 0.3},
		"What is the status of the orchestrator?": {Intent: query.CheckStatus, Score: 0.3},
		"Hello, how are you?":                     {Intent: query.Greeting, Score: 0.3},
		"Show metrics":                            {Intent: query.GetMetrics, Score: 0.3},
		"list all available services":             {Intent: query.ListResources, Score: 0.3},
		"xyz random nonsense":                     {Intent: query.Unknown},
		"How long does a lease live?":             {Intent: query.RetrieveInformation, Score: 0.3},
		"run the workflow process job":            {Intent: query.ExecuteWorkflow, Score: 0.6},
		"Execute workflow analysis-123":           {Intent: query.ExecuteWorkflow, Score: 0.6},
		"Open my profile":                         {Intent: query.Unknown},
		"Thanks, got it":                          {Intent: query.Acknowledgment, Score: 0.3},
		"Compare Raft with Paxos":                 {Intent: query.CompareItems, Score: 0.3},
	} {
		if got := query.Interpret(text).Scored; got != want {
			t.Errorf("Interpret(%q) = %+v, want %+v", text, got, want)
		}
	}
	reading := query.Interpret("Summarize this file")
	if reading.Intent != query.SearchDocuments || len(reading.Alternatives) != 1 || reading.Alternatives[0].Intent != query.SummarizeContent {
		t.Errorf("of two intents of one score: %+v", reading)
	}
}

func TestIntentInfo(t *testing.T) {
	if p := query.ExecuteWorkflow.Info().Priority; p != 5 || query.Greeting.Info().Priority != 0 {
		t.Errorf("priorities: %d", p)
	}
	if query.Intent("other").Info().Name != query.Unknown || len(query.Intents()) != 16 {
		t.Error("an unlisted intent is unknown")
	}
}

func ExampleBand() {
	fmt.Println(query.Band(0.2), query.Band(0.3), query.Band(0.5), query.Band(0.8), query.Band(0.95))
	// Output: very_low low medium high very_high
}
