package codeanalyzer

// ExtractFacts lists the facts of some files.
type ExtractFacts struct {
	Files []SourceFile `json:"files" required:"true" maxItems:"100000" description:"The files, 1000 at most; those of one directory are read together."`
}

// FactList is what files offer by name.
type FactList struct {
	Facts  []Fact         `json:"facts" description:"The facts, by file as given, and by line."`
	Counts map[string]int `json:"counts" description:"How many there are of each kind."`
}

// Fact is one thing that a project offers.
type Fact struct {
	Kind     string `json:"kind" description:"Kind of what is named, such as symbol, flag or endpoint."`
	Name     string `json:"name" description:"Its name, spelled the one way of its kind."`
	Value    string `json:"value" description:"Default, or version, where it has one."`
	HasValue bool   `json:"has_value" description:"Whether the value is known; it may be known to be empty."`
	Scope    string `json:"scope" description:"What it belongs to, such as the package of a symbol or the command of a flag."`
	Path     string `json:"path" description:"Path of the file."`
	Line     int    `json:"line" description:"Line in the file, from 1."`
	Weak     bool   `json:"weak" description:"Whether it was seen used and not declared."`
}
