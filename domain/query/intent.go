package query

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
)

// Intent says what a request wants done.
type Intent string

// The intents.
const (
	SearchDocuments     Intent = "search_documents"
	RetrieveInformation Intent = "retrieve_information"
	ListResources       Intent = "list_resources"
	CheckStatus         Intent = "check_status"
	GetMetrics          Intent = "get_metrics"
	AnalyzeContent      Intent = "analyze_content"
	CompareItems        Intent = "compare_items"
	SummarizeContent    Intent = "summarize_content"
	ExecuteWorkflow     Intent = "execute_workflow"
	CreateWorkflow      Intent = "create_workflow"
	ModifyWorkflow      Intent = "modify_workflow"
	ConfigureSystem     Intent = "configure_system"
	Greeting            Intent = "greeting"
	Clarification       Intent = "clarification"
	Acknowledgment      Intent = "acknowledgment"
	Unknown             Intent = "unknown"
)

// IntentInfo describes an intent.
type IntentInfo struct {
	// Name is the intent itself.
	Name Intent
	// Description says what it wants in a sentence, Example how it may be asked.
	Description, Example string
	// Priority decides between intents of one score; the greater wins.
	Priority int
	// Operational intents change something; they are never carried out by a query.
	Operational bool
	// Conversational intents want talk, not information.
	Conversational bool
}

// intents are all intents with what they are. Never written.
var intents = []IntentInfo{
	{SearchDocuments, "Find documents by what they are about.", "Find documents about leases", 3, false, false},
	{RetrieveInformation, "Answer a question from the documents.", "How long does a lease live?", 1, false, false},
	{ListResources, "List what there is of a kind.", "List all available services", 1, false, false},
	{CheckStatus, "Tell how a service does.", "What is the status of the orchestrator?", 3, false, false},
	{GetMetrics, "Show figures of a service.", "Show metrics", 3, false, false},
	{AnalyzeContent, "Examine a text or the code.", "Analyze the content of this document", 2, false, false},
	{CompareItems, "Tell how things differ.", "Compare version 1 and version 2", 2, false, false},
	{SummarizeContent, "Say the same in fewer words.", "Give an overview of the guide", 2, false, false},
	{ExecuteWorkflow, "Run a workflow.", "Execute workflow analysis-123", 5, true, false},
	{CreateWorkflow, "Make a workflow.", "Create a new workflow", 1, true, false},
	{ModifyWorkflow, "Change a workflow.", "Change the workflow nightly", 1, true, false},
	{ConfigureSystem, "Change how a service is set up.", "Set the log level of the orchestrator", 4, true, false},
	{Greeting, "Say hello.", "Hello, how are you?", 0, false, true},
	{Clarification, "Ask what was meant.", "What do you mean?", 0, false, true},
	{Acknowledgment, "Say that it was understood.", "Thanks, got it", 0, false, true},
	{Unknown, "None of the others.", "xyz", 0, false, false},
}

// Intents lists every intent.
func Intents() []IntentInfo { return slices.Clone(intents) }

// Info describes the intent; an unlisted one is described as Unknown.
func (i Intent) Info() IntentInfo {
	for _, info := range intents {
		if info.Name == i {
			return info
		}
	}
	return intents[len(intents)-1]
}

// signs are the expressions that tell an intent. Never written.
var signs = map[Intent][]*regexp.Regexp{
	SearchDocuments: compiled(
		`\b(?:search|find|locate|get|retrieve|look)\b.*\b(?:documents?|docs?|files?|papers?|articles?|info|information|data)\b`,
		`\b(?:show|give)\b.*\b(?:me|us)\b.*\b(?:documents?|files?|info)\b`, `\b(?:documents?|files?|papers?|articles?)\b`),
	AnalyzeContent: compiled(
		`\b(?:analy[sz]e|examine|review|assess)\b.*\b(?:content|documents?|text|code)\b`, `\b(?:what is|what are)\b.*\b(?:in|about)\b`,
		`\b(?:break down|understand|comprehend)\b`),
	ExecuteWorkflow: compiled(
		`\b(?:run|execute|start|launch|perform|do)\b.*\b(?:workflow|process|job|task|analysis)\b`,
		`\b(?:execute|run)\b.*\b(?:workflow|analysis|process)\b`, `\b(?:workflow|process|analysis)\b`),
	CreateWorkflow:  compiled(`\b(?:create|make|define|new)\b.*\bworkflow\b`),
	ModifyWorkflow:  compiled(`\b(?:change|modify|edit|update)\b.*\bworkflow\b`),
	ConfigureSystem: compiled(`\b(?:configure|set)\b.*\b(?:orchestrator|service|system|log level)\b`),
	CheckStatus: compiled(
		`\b(?:status|health|condition|state)\b.*\b(?:of|for)\b`, `\b(?:is|are)\b.*\b(?:running|working|up|down|healthy)\b`,
		`\b(?:how is|what is)\b.*\b(?:status|doing)\b`),
	GetMetrics: compiled(
		`\b(?:metrics|statistics|stats|numbers)\b`, `\b(?:performance|usage|efficiency)\b.*\b(?:of|for)\b`,
		`\b(?:show|give|tell)\b.*\b(?:metrics|stats)\b`),
	SummarizeContent: compiled(
		`\b(?:summari[sz]e|summary|tl;dr|overview)\b`, `\b(?:short version|brief|concise)\b.*\b(?:of|for)\b`,
		`\b(?:what is|tell me about)\b.*\b(?:briefly|shortly)\b`),
	CompareItems: compiled(`\bcompare\b`, `\bdifferences?\b.*\bbetween\b`, `\bversus\b|\bvs\b`),
	ListResources: compiled(
		`\b(?:list|show|display|get)\b.*\b(?:all|available|existing)\b`, `\b(?:what|which)\b.*\b(?:are there|exist|available)\b`,
		`\b(?:give me|show me)\b.*\blist of\b`),
	Greeting: compiled(
		`^\W*(?:hello|hi|hey|greetings|good morning|good afternoon)\b`, `\bhow (?:are you|do you do)\b`, `\b(?:nice|pleased) to meet you\b`),
	Clarification: compiled(
		`\b(?:can|could|would) you\b.*\b(?:clarify|elaborate)\b`, `\bwhat do(?:es)? (?:you|that) mean\b`, `\bi don'?t understand\b|\bi'?m confused\b`),
	Acknowledgment: compiled(`^\W*(?:thanks|thank you|ok|okay|got it|great)\b[\s\pP]*(?:got it|a lot|very much)?[\s\pP]*$`),
}

func compiled(expressions ...string) []*regexp.Regexp {
	found := make([]*regexp.Regexp, len(expressions))
	for i, e := range expressions {
		found[i] = regexp.MustCompile(e)
	}
	return found
}

// leastScore is the score below which no intent is told.
const leastScore = 0.1

// Scored is an intent with how surely it was told, 0 to 0.9.
type Scored struct {
	Intent Intent
	Score  float64
}

// Interpretation is a request read as an intent.
type Interpretation struct {
	Scored
	// Alternatives are the next intents, at most three, the likeliest first.
	Alternatives []Scored
}

// Interpret tells the intent of a text. An expression scores 0.3 for each time that
// it is met, at most 0.9; an intent scores what its best expression does, and ties
// fall to the greater priority, then to the name. A question that tells no intent
// wants information. The same text always gives the same intent.
func Interpret(text string) Interpretation {
	text = strings.ToLower(text)
	var all []Scored
	for _, info := range intents {
		best := 0.0
		for _, sign := range signs[info.Name] {
			best = math.Max(best, math.Min(0.9, 0.3*float64(len(sign.FindAllStringIndex(text, -1)))))
		}
		if best >= leastScore {
			all = append(all, Scored{info.Name, best})
		}
	}
	slices.SortFunc(all, func(a, b Scored) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.Intent.Info().Priority, a.Intent.Info().Priority), strings.Compare(string(a.Intent), string(b.Intent)))
	})
	switch {
	case len(all) > 0:
		return Interpretation{Scored: all[0], Alternatives: all[1:min(len(all), 4)]}
	case strings.Contains(text, "?") || typeOf(text) != Open:
		return Interpretation{Scored: Scored{RetrieveInformation, 0.3}}
	}
	return Interpretation{Scored: Scored{Intent: Unknown}}
}

// Band names a confidence: very_low below 0.3, low below 0.5, medium below 0.7,
// high below 0.85, very_high from there on.
func Band(confidence float64) string {
	switch {
	case confidence < 0.3:
		return "very_low"
	case confidence < 0.5:
		return "low"
	case confidence < 0.7:
		return "medium"
	case confidence < 0.85:
		return "high"
	}
	return "very_high"
}
