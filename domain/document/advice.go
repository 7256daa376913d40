package document

// advice is what to do about the flags that ask for something. Never written.
var advice = map[Flag]string{
	FlagStale:           "Read it against what it describes; confirm it, rewrite it, or archive it.",
	FlagRecentlyViewed:  "It is old and people still read it: review it before the other stale ones.",
	FlagRedundant:       "Keep one of the documents that say the same, and link to it from where the others were.",
	FlagLowViews:        "Link it from where its readers begin, or ask whether anybody needs it.",
	FlagMissingOwner:    "Set metadata.owner, so that somebody is asked when it ages.",
	FlagGenericLabels:   "Replace labels such as misc and general with words that its readers search for.",
	FlagThinContent:     "Say enough to act on, or merge it into the document that it belongs to.",
	FlagOrphanCandidate: "Nothing is known to link to it: link it from an overview, or archive it.",
}

// Advice tells what to do about documents with the flag; "" where it asks for nothing.
func Advice(flag Flag) string { return advice[flag] }
