package deadletter

import "time"

// Stats are letters counted.
type Stats struct {
	// Total is how many there are, Retryable how many of them may be tried again.
	Total, Retryable int
	// ByType and ByService count them by event name and by service.
	ByType, ByService map[string]int
	// Oldest and Newest are when the first and the last of them was given up; zero
	// when there is none.
	Oldest, Newest time.Time
	// Clusters are what their causes have in common.
	Clusters []Cluster
}

// Count counts letters.
func Count(letters []Letter) Stats {
	s := Stats{Total: len(letters), ByType: make(map[string]int), ByService: make(map[string]int), Clusters: Clusters(letters)}
	for _, l := range letters {
		if l.CanRetry() {
			s.Retryable++
		}
		s.ByType[l.Type]++
		s.ByService[l.Service]++
		if s.Oldest.IsZero() || l.DiedAt.Before(s.Oldest) {
			s.Oldest = l.DiedAt
		}
		if l.DiedAt.After(s.Newest) {
			s.Newest = l.DiedAt
		}
	}
	return s
}
