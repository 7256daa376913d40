package healthmonitoring

import "github.com/docsteward/docsteward/domain/health"

// Needs returns which services need which by their design. What a service says of
// itself is added to it.
func Needs() health.Graph {
	return health.Graph{
		"source-agent":         {"doc_store"},
		"analysis-service":     {"doc_store", "source-agent"},
		"interpreter":          {"prompt-store", "bedrock-proxy"},
		"summarizer-hub":       {"bedrock-proxy", "prompt-store"},
		"secure-analyzer":      {"summarizer-hub"},
		"github-mcp":           {"source-agent"},
		"notification-service": {"doc_store"},
		"frontend":             {"orchestrator", "doc_store", "prompt-store", "analysis-service", "log-collector"},
	}
}

// Critical are the services without which the whole does not work.
func Critical() []string {
	return []string{"orchestrator", "doc_store", "prompt-store", "interpreter", "analysis-service", "source-agent"}
}
