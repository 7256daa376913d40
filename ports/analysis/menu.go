package analysis

import "github.com/docsteward/docsteward/ports/usecase"

// UseCases is the menu of the analysis.
type UseCases struct {
	CheckDocuments usecase.Port[CheckDocuments, Report]
	CheckText      usecase.Port[CheckText, Report]
	ListRules      usecase.Port[ListRules, RuleList]

	RecordClaims    usecase.Port[RecordClaims, ClaimCheck]
	ListClaimChecks usecase.Port[ListClaimChecks, ClaimCheckList]
	GetClaimCheck   usecase.Port[GetClaimCheck, ClaimCheck]

	ListClaims usecase.Port[ListClaims, ClaimList]
	GetClaim   usecase.Port[GetClaim, ClaimHistory]
	ListFacts  usecase.Port[ListFacts, FactList]
	GetDrift   usecase.Port[GetDrift, Drift]

	GetIntegrationHealth usecase.Port[GetIntegrationHealth, IntegrationHealth]
}
