package analysis

import "time"

// ListClaims lists what documents claim about code, by project, document and place.
type ListClaims struct {
	Project  string   `json:"project" query:"project" maxLength:"100" description:"Only those of this project."`
	Document string   `json:"document" query:"document" maxLength:"1000" description:"Only those of this document, or below this folder when it ends with a slash."`
	Verdict  []string `json:"verdict" query:"verdict" enum:"unknown,holds,gone,renamed,changed" description:"Only those with one of these verdicts."`
	Kind     string   `json:"kind" query:"kind" enum:"symbol,file,flag,variable,port,endpoint,key,version,target,command,message" description:"Only claims of this kind."`
	Name     string   `json:"name" query:"name" maxLength:"1000" description:"Only claims of this name, as the list spells it."`
	Closed   bool     `json:"closed" query:"closed" description:"Those that vanished from their documents, instead of those that stand there."`
	Limit    int      `json:"limit" query:"limit" default:"50" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
	Offset   int      `json:"offset" query:"offset" minimum:"0" description:"How many claims to pass over."`
}

// Claim is something that a document says about the code.
type Claim struct {
	ID         string     `json:"id" description:"Fingerprint of the claim; it stays when lines move."`
	Project    string     `json:"project" description:"Name of the project."`
	Document   string     `json:"document" description:"Path of the document below the root of the project."`
	Span       Span       `json:"span" description:"The place in bytes."`
	Line       int        `json:"line" description:"Line of the place, from 1."`
	Text       string     `json:"text" description:"The name as the document spells it."`
	Kind       string     `json:"kind" description:"Kind of what is claimed: symbol, file, flag, variable, port, endpoint, key, version, target or command."`
	Name       string     `json:"name" description:"Its name."`
	Value      *string    `json:"value,omitempty" description:"The default or version that the document states."`
	Verdict    string     `json:"verdict" description:"What the code says: holds, unknown, gone, renamed or changed."`
	Reason     string     `json:"reason" description:"Why, in plain words."`
	Confidence float64    `json:"confidence" description:"How well the verdict is supported, from 0 to 1."`
	Evidence   Evidence   `json:"evidence" description:"What the verdict rests on."`
	FirstSeen  time.Time  `json:"first_seen" description:"When a check first saw the claim."`
	Since      time.Time  `json:"since" description:"When the verdict last changed."`
	ClosedAt   *time.Time `json:"closed_at,omitempty" description:"When the claim vanished from the document."`
}

// Evidence is what a verdict rests on; what is not known is absent.
type Evidence struct {
	Path       string `json:"path,omitempty" description:"File that declares the name."`
	Line       int    `json:"line,omitempty" description:"Line of the declaration, from 1."`
	Value      string `json:"value,omitempty" description:"The value there."`
	Commit     string `json:"commit,omitempty" description:"Commit that took the name away."`
	Suggestion string `json:"suggestion,omitempty" description:"The name or value that would be right."`
}

// ClaimList is a page of claims.
type ClaimList struct {
	Items   []Claim `json:"items" description:"The page, by project, document and place."`
	Total   int     `json:"total" description:"How many claims match in all."`
	Limit   int     `json:"limit" description:"Greatest length of the page."`
	Offset  int     `json:"offset" description:"How many were passed over."`
	HasMore bool    `json:"has_more" description:"Whether more follow."`
}

// GetClaim reads a claim with the history of its verdicts.
type GetClaim struct {
	ID     string `json:"id" path:"id" maxLength:"255" description:"Fingerprint of the claim."`
	Limit  int    `json:"limit" query:"limit" default:"100" minimum:"1" maximum:"1000" description:"Greatest number of verdicts."`
	Offset int    `json:"offset" query:"offset" minimum:"0" description:"How many verdicts to pass over."`
}

// ClaimHistory is a claim with the history of its verdicts.
type ClaimHistory struct {
	Claim   Claim  `json:"claim" description:"The claim as it stands."`
	History []Turn `json:"history" description:"The changes of its verdict, the earliest first."`
	Total   int    `json:"total" description:"How many changes there were in all."`
}

// Turn is a change of the verdict on a claim.
type Turn struct {
	Check  string    `json:"check" description:"Identifier of the check that made it known."`
	At     time.Time `json:"at" description:"When."`
	From   string    `json:"from" description:"Verdict before; new for a claim that was not known."`
	To     string    `json:"to" description:"Verdict since; closed for a claim that vanished from its document."`
	Reason string    `json:"reason" description:"Why, in plain words."`
	Commit string    `json:"commit,omitempty" description:"Commit that took the name away."`
}

// ListFacts lists facts of the code, by project and name.
type ListFacts struct {
	Project string `json:"project" query:"project" maxLength:"100" description:"Only those of this project."`
	Name    string `json:"name" query:"name" maxLength:"1000" description:"Only those of this name, or whose name begins with it when it ends with *."`
	Kind    string `json:"kind" query:"kind" enum:"symbol,file,flag,variable,port,endpoint,key,version,target,command,message" description:"Only facts of this kind."`
	Path    string `json:"path" query:"path" maxLength:"1000" description:"Only those of this file, or whose path begins with it when it ends with *."`
	Limit   int    `json:"limit" query:"limit" default:"50" minimum:"1" maximum:"1000" description:"Greatest length of the page."`
	Offset  int    `json:"offset" query:"offset" minimum:"0" description:"How many facts to pass over."`
}

// CodeFact is something that the code offers by name.
type CodeFact struct {
	Project string  `json:"project" description:"Name of the project."`
	Kind    string  `json:"kind" description:"symbol, file, flag, variable, port, endpoint, key, version, target, command or message."`
	Name    string  `json:"name" description:"Its name."`
	Value   *string `json:"value,omitempty" description:"The default or version, where it is known."`
	Scope   string  `json:"scope,omitempty" description:"What it belongs to, such as the package of a symbol."`
	Path    string  `json:"path" description:"File that declares it."`
	Line    int     `json:"line" description:"Line of the declaration, from 1."`
	Weak    bool    `json:"weak,omitempty" description:"Whether it was seen used, not declared."`
}

// FactList is a page of facts.
type FactList struct {
	Items   []CodeFact `json:"items" description:"The page, by project and name."`
	Total   int        `json:"total" description:"How many facts match in all."`
	Limit   int        `json:"limit" description:"Greatest length of the page."`
	Offset  int        `json:"offset" description:"How many were passed over."`
	HasMore bool       `json:"has_more" description:"Whether more follow."`
}
