package document

import "time"

// QualitySummary counts what was notable about all living documents at one instant.
type QualitySummary struct {
	// At is when they were assessed, in UTC.
	At time.Time
	// Documents is how many there were.
	Documents int
	// Flags counts the documents with each flag; flags of none are absent.
	Flags map[Flag]int
}

// Add counts one assessment.
func (s *QualitySummary) Add(a Assessment) {
	if s.Flags == nil {
		s.Flags = make(map[Flag]int)
	}
	s.Documents++
	for _, flag := range a.Flags {
		s.Flags[flag]++
	}
}

// Share is the part of the documents with the flag, 0 to 1; 0 of none.
func (s QualitySummary) Share(flag Flag) float64 {
	if s.Documents == 0 {
		return 0
	}
	return float64(s.Flags[flag]) / float64(s.Documents)
}
