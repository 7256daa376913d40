package analysis

// CheckDocuments holds the documents at some places to the rules.
type CheckDocuments struct {
	Locations []string `json:"locations" required:"true" minItems:"1" description:"Folders, files or repositories."`
	Rules     Rules    `json:"rules" description:"Which rules, and their options."`
	Fix       bool     `json:"fix" description:"Mend in place what can be mended without changing the meaning, and tell what is left."`
	Changed   string   `json:"changed" description:"Revision of the repository: only what changed since then is told, and what the changes concern."`
	Known     []string `json:"known" description:"Fingerprints of findings that are not told again."`
}

// CheckText holds one document that the caller has to the rules.
type CheckText struct {
	Path    string `json:"path" required:"true" minLength:"1" maxLength:"1024" description:"Name of the document; its extension says how it is read, without one its content does."`
	Content string `json:"content" maxLength:"8388608" description:"The document."`
	Rules   Rules  `json:"rules" description:"Which rules, and their options."`
}

// Rules choose rules and their options; what is absent is the default.
type Rules struct {
	Enable           []string            `json:"enable" description:"Rules to switch on, by id or alias; * stands for any letters, as in drift-*."`
	Disable          []string            `json:"disable" description:"Rules to switch off, by id or alias; * stands for any letters, as in drift-*."`
	Severity         map[string]string   `json:"severity" description:"Another severity for rules: info, low, medium, high or critical."`
	Ignore           []string            `json:"ignore" description:"Globs of paths that are not checked; ** is any number of folders."`
	Overrides        []Override          `json:"overrides" description:"Other rules for some paths."`
	MaxLineLength    int                 `json:"max_line_length" minimum:"0" description:"For line-length, in characters; 0 is 80."`
	MaxSentenceWords int                 `json:"max_sentence_words" minimum:"0" description:"For long-sentence; 0 is 45."`
	MaxGrade         float64             `json:"max_grade" minimum:"0" description:"For readability; 0 is 18."`
	StaleDays        int                 `json:"stale_days" minimum:"0" description:"For stale-document; 0 is 730."`
	Terms            map[string][]string `json:"terms" description:"Wanted spellings, each with the ones that are not."`
}

// Override chooses other rules for some paths.
type Override struct {
	Paths    []string          `json:"paths" required:"true" description:"Globs of paths."`
	Enable   []string          `json:"enable" description:"Rules to switch on there."`
	Disable  []string          `json:"disable" description:"Rules to switch off there."`
	Severity map[string]string `json:"severity" description:"Another severity for rules there."`
}

// Report is what a check found.
type Report struct {
	Base     string    `json:"base" description:"The folder that all paths are relative to."`
	Findings []Finding `json:"findings" description:"What is wrong, by path and place."`
	Faults   []Fault   `json:"faults" description:"What could not be checked, and why."`
	Summary  Summary   `json:"summary" description:"The counts."`
}

// Finding is one thing that is wrong.
type Finding struct {
	Rule        string `json:"rule" description:"Id of the rule that is broken."`
	Severity    string `json:"severity" enum:"info,low,medium,high,critical" description:"How bad it is."`
	Path        string `json:"path" description:"Path of the document."`
	Line        int    `json:"line" description:"Line of the place, from 1; 0 for the document as a whole."`
	Column      int    `json:"column" description:"Column in characters, from 1."`
	EndLine     int    `json:"end_line" description:"Line of the end."`
	EndColumn   int    `json:"end_column" description:"Column behind the end."`
	Span        Span   `json:"span" description:"The place in bytes."`
	Message     string `json:"message" description:"What is wrong."`
	Suggestion  string `json:"suggestion,omitempty" description:"What would be right."`
	Fixable     bool   `json:"fixable" description:"Whether it can be mended without changing the meaning."`
	Fingerprint string `json:"fingerprint" description:"Identifies the finding when lines move."`
}

// Span is a range of bytes.
type Span struct {
	Start int `json:"start" description:"First byte, from 0."`
	End   int `json:"end" description:"Byte behind the last."`
}

// Fault is something that could not be checked.
type Fault struct {
	Path    string `json:"path" description:"Path of the file or folder."`
	Kind    string `json:"kind" description:"Kind of the fault, such as invalid or forbidden."`
	Message string `json:"message" description:"What to do about it."`
}

// Summary counts what was checked and found.
type Summary struct {
	Files      int                `json:"files" description:"Documents checked."`
	Bytes      int                `json:"bytes" description:"Their size."`
	Total      int                `json:"total" description:"Findings in all."`
	Faults     int                `json:"faults" description:"Files that could not be checked."`
	Fixed      int                `json:"fixed" description:"Findings that were mended."`
	Known      int                `json:"known" description:"Findings that were known and are not told again."`
	Score      float64            `json:"score" description:"100 for nothing found, down to 0."`
	BySeverity map[string]int     `json:"by_severity" description:"Findings by severity."`
	ByRule     map[string]int     `json:"by_rule" description:"Findings by rule."`
	ByFolder   map[string]float64 `json:"by_folder" description:"Score by the first two folders of the path."`
	ByAge      []Age              `json:"by_age" description:"Documents by the time since their last change, the youngest first."`
}

// Age counts the documents that were last changed so long ago.
type Age struct {
	Name      string `json:"name" description:"How long ago, such as under a month."`
	Documents int    `json:"documents" description:"How many."`
}

// Progress is told how many of all documents are checked. It may be called by
// several goroutines at once and must not block.
type Progress func(done, total int)

// ListRules lists the rules.
type ListRules struct{}

// RuleList is every rule.
type RuleList struct {
	Items []Rule `json:"items" description:"The rules, in order."`
	Total int    `json:"total" description:"How many there are."`
}

// Rule is something that documents are held to.
type Rule struct {
	ID       string   `json:"id" description:"Its readable name."`
	Aliases  []string `json:"aliases" description:"Names that other tools have for it."`
	Severity string   `json:"severity" description:"Severity of its findings."`
	Off      bool     `json:"off" description:"Whether it runs only when it is enabled."`
	Doc      string   `json:"doc" description:"What is wanted."`
}
