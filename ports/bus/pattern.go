package bus

import (
	"strings"

	"github.com/docsteward/docsteward/domain"
)

// Match reports whether an event name meets a pattern. Both are words between
// dots. A * stands for one word, and as the last word for one or more: "*" meets
// every name, "document.*" meets "document.created" and "document.tag.added",
// "*.created" meets "document.created".
func Match(pattern, name string) bool {
	for {
		want, restOfPattern, morePattern := strings.Cut(pattern, ".")
		have, restOfName, moreName := strings.Cut(name, ".")
		if want != "*" && want != have || have == "" {
			return false
		}
		if !morePattern {
			return !moreName || want == "*"
		}
		if !moreName {
			return false
		}
		pattern, name = restOfPattern, restOfName
	}
}

// CheckSubscription fails with Invalid when the name is blank, or the pattern
// has a blank word or a word that is neither * nor free of it.
func CheckSubscription(name, pattern string) error {
	if strings.TrimSpace(name) == "" {
		return domain.Invalid.New("A subscription needs a name.").WithField("name", "required", "must not be blank")
	}
	for word := range strings.SplitSeq(pattern, ".") {
		if word == "" || word != "*" && strings.Contains(word, "*") {
			return domain.Invalid.New("An event pattern is words between dots, each a name or *.").
				WithField("pattern", "pattern", "must be words between dots, each a name or *")
		}
	}
	return nil
}
