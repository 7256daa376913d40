package registry

import "github.com/docsteward/docsteward/domain"

// Known are the services that an installation is made of, as they are before they
// register.
func Known() []Service {
	known := func(id, name, category string, capabilities ...string) Service {
		return Service{
			ID: domain.StoredID[Service](id), Name: name, Description: name + " of docsteward", Category: category, Capabilities: capabilities,
			Status: Unknown, Owner: "docsteward",
		}
	}
	return []Service{
		known("orchestrator", "Orchestrator", "orchestration", "coordination", "health_monitoring", "query_processing"),
		known("prompt-store", "Prompt store", "ai_management", "prompt_management", "versioning", "analytics", "ab_testing"),
		known("interpreter", "Interpreter", "nlp", "query_interpretation", "intent_recognition", "workflow_execution"),
		known("analysis-service", "Analysis", "analysis", "document_analysis", "consistency_checking", "quality_assessment"),
		known("doc_store", "Document store", "storage", "document_storage", "retrieval", "search", "versioning"),
		known("source-agent", "Source agent", "ingestion", "data_ingestion", "source_integration", "document_processing"),
		known("code-analyzer", "Code analyzer", "analysis", "code_analysis", "fact_extraction"),
	}
}
