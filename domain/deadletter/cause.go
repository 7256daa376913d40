package deadletter

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// longestPattern bounds the pattern of a cause, in bytes.
const longestPattern = 200

// Expressions of what differs between causes of one kind. Never written.
var (
	identifier = regexp.MustCompile(`(?i)\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b`)
	address    = regexp.MustCompile(`(?i)\bhttps?://[^\s"']+`)
	instant    = regexp.MustCompile(`\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?`)
	host       = regexp.MustCompile(`\b\d{1,3}(\.\d{1,3}){3}(:\d+)?\b`)
	hash       = regexp.MustCompile(`(?i)\b[0-9a-f]{8,}\b`)
	quoted     = regexp.MustCompile(`"[^"]*"`)
	duration   = regexp.MustCompile(`\b\d+(\.\d+)?(ns|µs|ms|s|m|h)\b`)
	number     = regexp.MustCompile(`\b\d+(\.\d+)?\b`)
	status     = regexp.MustCompile(`(?i)\b(status|http)(\s+code)?[\s:]+([1-5]\d\d)\b`)
)

// Pattern returns what a cause says once what differs from letter to letter is taken
// out: ids, addresses, instants, quoted texts and numbers. A status of HTTP stays,
// since it says what kind of failure it was. It is at most 200 bytes long.
func Pattern(cause string) string {
	text := strings.Join(strings.Fields(cause), " ")
	statuses := status.FindAllStringSubmatch(text, -1)
	text = status.ReplaceAllString(text, "$1$2 \x00")
	for _, kind := range []struct {
		found *regexp.Regexp
		name  string
	}{
		{identifier, "<id>"}, {address, "<address>"}, {instant, "<time>"}, {host, "<host>"}, {quoted, "<text>"},
		{duration, "<duration>"}, {number, "<number>"},
	} {
		text = kind.found.ReplaceAllString(text, kind.name)
	}
	text = hash.ReplaceAllStringFunc(text, func(word string) string {
		if strings.ContainsAny(word, "0123456789") {
			return "<id>"
		}
		return word // a word of letters up to f, such as "defaced"
	})
	for _, found := range statuses {
		text = strings.Replace(text, "\x00", found[3], 1)
	}
	if len(text) > longestPattern {
		cut := longestPattern
		for !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = text[:cut]
	}
	return text
}

// Cluster is the letters whose causes say the same.
type Cluster struct {
	// Pattern is what they say, and Example the whole cause of the last one.
	Pattern, Example string
	// Count is how many there are.
	Count int
	// Oldest and Newest are when the first and the last of them was given up.
	Oldest, Newest time.Time
	// Types and Services are whose they are, sorted.
	Types, Services []string
}

// Clusters groups letters by the pattern of their cause, the greatest first, ties by
// pattern.
func Clusters(letters []Letter) []Cluster {
	byPattern := make(map[string]*Cluster)
	for _, l := range letters {
		pattern := Pattern(l.Cause)
		c, known := byPattern[pattern]
		if !known {
			c = &Cluster{Pattern: pattern, Oldest: l.DiedAt}
			byPattern[pattern] = c
		}
		c.Count++
		if l.DiedAt.Before(c.Oldest) {
			c.Oldest = l.DiedAt
		}
		if c.Example == "" || l.DiedAt.After(c.Newest) {
			c.Newest, c.Example = l.DiedAt, l.Cause
		}
		c.Types, c.Services = with(c.Types, l.Type), with(c.Services, l.Service)
	}
	clusters := make([]Cluster, 0, len(byPattern))
	for _, c := range byPattern {
		clusters = append(clusters, *c)
	}
	slices.SortFunc(clusters, func(a, b Cluster) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Pattern, b.Pattern))
	})
	return clusters
}

// with returns the sorted list with the text in it once.
func with(list []string, text string) []string {
	at, known := slices.BinarySearch(list, text)
	if known {
		return list
	}
	return slices.Insert(list, at, text)
}
