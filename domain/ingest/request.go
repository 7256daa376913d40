package ingest

import (
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain"
)

const (
	// MaxURL is the greatest length of the address of a source, in characters.
	MaxURL = 2000
	// MaxCorrelation is that of a correlation id.
	MaxCorrelation = 255
	// MaxTags is how many tags a job may bear, MaxTag how long one may be.
	MaxTags, MaxTag = 50, 100
	// Lowest, Usual and Highest are priorities.
	Lowest, Usual, Highest = 1, 5, 10
)

// Request is what is asked for.
type Request struct {
	// URL is the address or path of the source, trimmed.
	URL  string
	Type SourceType
	// Name is that of the source in the ids of its documents; its own when empty.
	Name string
	// Full has every file read and stored again.
	Full bool
	// Keep has the documents of files that are gone stay.
	Keep bool
	// Bare leaves the analysis out.
	Bare bool
	// MaxItems bounds the files that are stored; 0 is no bound.
	MaxItems int
	// Priority is from Lowest to Highest; 0 becomes Usual, and what lies beyond is
	// clamped.
	Priority int
	Tags     []string
	// Correlation joins the job to what caused it; User asked for it.
	Correlation, User string
	At                time.Time
}

// NewRequest returns a request that is in order; Invalid, naming every field that is
// not.
func NewRequest(r Request) domain.DomainResult[Request] {
	r.URL, r.Type = strings.TrimSpace(r.URL), SourceType(strings.ToLower(strings.TrimSpace(string(r.Type))))
	if r.Type == Filesystem && r.URL != "" {
		r.URL = path.Clean(r.URL)
	}
	if r.Priority == 0 {
		r.Priority = Usual
	}
	r.Priority = min(max(r.Priority, Lowest), Highest)
	r.At = r.At.UTC().Truncate(time.Microsecond)
	r.Tags = unique(r.Tags)
	if fault := r.faults(); fault != nil {
		return domain.Fail[Request](fault)
	}
	return domain.Ok(r)
}

func (r Request) faults() error {
	fault := domain.Invalid.New("The request for an ingestion is not in order.")
	tell := func(field, rule, message string) { fault = fault.WithField(field, rule, message) }
	switch {
	case r.URL == "":
		tell("source_url", "required", "cannot be empty")
	case utf8.RuneCountInString(r.URL) > MaxURL:
		tell("source_url", "maxLength", fmt.Sprintf("is too long: it may have %d characters", MaxURL))
	case !utf8.ValidString(r.URL) || strings.ContainsFunc(r.URL, func(c rune) bool { return c < ' ' || c == 0x7f }):
		tell("source_url", "pattern", "must not hold control characters")
	}
	if parsed, err := url.Parse(r.URL); err == nil && parsed.User != nil {
		if _, secret := parsed.User.Password(); secret {
			tell("source_url", "pattern", "must not hold a password; it would be kept and shown")
		}
	}
	if !slices.Contains(SourceTypes(), r.Type) {
		tell("source_type", "enum", "must be one of "+joined(SourceTypes()))
	}
	if utf8.RuneCountInString(r.Correlation) > MaxCorrelation {
		tell("correlation_id", "maxLength", "must have at most 255 characters")
	}
	if r.MaxItems < 0 {
		tell("scope.max_items", "minimum", "must not be negative")
	}
	if len(r.Tags) > MaxTags || slices.ContainsFunc(r.Tags, func(t string) bool { return utf8.RuneCountInString(t) > MaxTag }) {
		tell("tags", "maxItems", "must be at most 50, of at most 100 characters each")
	}
	if len(fault.Fields) == 0 {
		return nil
	}
	return fault
}

// Limited reports whether the request bounds what is stored.
func (r Request) Limited() bool { return r.MaxItems > 0 }

// Within fails with Forbidden unless the path of a file system lies in one of the
// roots; without roots every path may be read.
func (r Request) Within(roots []string) error {
	if r.Type != Filesystem || len(roots) == 0 {
		return nil
	}
	for _, root := range roots {
		root = path.Clean(root)
		if r.URL == root || strings.HasPrefix(r.URL, strings.TrimSuffix(root, "/")+"/") {
			return nil
		}
	}
	return domain.Forbidden.New("Only what lies in " + strings.Join(roots, ", ") + " may be ingested from the file system; give the whole path of a folder there.")
}

// Shown is an address without the secrets in it: without user, password, query and
// fragment.
func Shown(address string) string {
	parsed, err := url.Parse(address)
	if err != nil || parsed.Scheme == "" || parsed.Host == "" {
		if at := strings.LastIndex(address, "@"); strings.Contains(address, "://") && at >= 0 {
			scheme, _, _ := strings.Cut(address, "://")
			return scheme + "://" + address[at+1:]
		}
		return address
	}
	return parsed.Scheme + "://" + parsed.Host + parsed.EscapedPath()
}

func unique(list []string) []string {
	var kept []string
	for _, text := range list {
		if text = strings.TrimSpace(text); text != "" && !slices.Contains(kept, text) {
			kept = append(kept, text)
		}
	}
	return kept
}

func joined(types []SourceType) string {
	texts := make([]string, len(types))
	for i, t := range types {
		texts[i] = string(t)
	}
	return strings.Join(texts, ", ")
}
