package claim

import (
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/docsteward/docsteward/domain/code"
)

var (
	versionFolder = regexp.MustCompile(`^(?:version[-_.])?v?\d+(?:\.(?:\d+|x))*(?:-[a-z0-9.]+)?$`)
	trueVersion   = regexp.MustCompile(`^(?:version[-_.]?|v)\d|^\d+\.(?:\d+|x)`)
)

// VersionOf recognises the version that a page documents, by its metadata or by a
// folder as in docs/v3.5/, versioned_docs/version-1.2/ or website/docs/3.x/. The
// version comes back without "v" and "version-", as 3.5; false when there is none.
func VersionOf(name string, matter map[string]any) (string, bool) {
	for _, key := range [...]string{"version", "docs_version", "doc_version"} {
		if text := strings.TrimSpace(fmt.Sprint(matter[key])); matter[key] != nil && versionFolder.MatchString(text) && trueVersion.MatchString(text) {
			return plainVersion(text), true
		}
	}
	parts := strings.Split(path.Dir(name), "/")
	documented := false
	for _, part := range parts {
		lower := strings.ToLower(part)
		if documented && versionFolder.MatchString(lower) && trueVersion.MatchString(lower) {
			return plainVersion(lower), true
		}
		if strings.Contains(lower, "doc") || lower == "content" || lower == "website" || lower == "manual" {
			documented = true
		}
	}
	return "", false
}

func plainVersion(text string) string {
	text = strings.TrimLeft(strings.TrimPrefix(strings.ToLower(text), "version"), "-_.")
	return strings.TrimPrefix(text, "v")
}

// SameVersion reports whether two versions agree in all the numbers that both have;
// x stands for any number.
func SameVersion(a, b string) bool {
	one, other := strings.Split(plainVersion(a), "."), strings.Split(plainVersion(b), ".")
	for i := range min(len(one), len(other)) {
		if one[i] != other[i] && one[i] != "x" && other[i] != "x" {
			return false
		}
	}
	return true
}

var (
	pastPath  = regexp.MustCompile(`(?i)(?:^|[/_.-])(?:change-?logs?|changes|history|news|releases?|release[-_]notes?|migrat\w*|upgrad\w*|deprecat\w*|roadmap|proposals?|rfcs?|adrs?|decisions|design|designs|design-docs?|enhancements|blog|posts|archive|archived|legacy|old|postmortems?)(?:[/_.-]|$)`)
	notesPath = regexp.MustCompile(`(?i)(?:^|[/_-])v?\d+\.\d+\.\d+\.(?:md|mdx|rst|adoc|html?|txt)$`)
	madePath  = regexp.MustCompile(`(?i)(?:^|/)(?:testdata|test|tests|fixtures?|__fixtures__|vendor|node_modules|third_party|examples?/[^/]+/node_modules|\.github|issue_template|pull_request_template)(?:/|$)`)
)

// excuse is why a page is not judged at all; empty when it is.
func (p *Project) excuse(page Page) string {
	if page.Path != "" {
		if m := pastPath.FindString(page.Path); m != "" {
			return "The page speaks of other times, by its path (" + strings.Trim(m, "/_.-") + ")."
		}
		if notesPath.MatchString(page.Path) {
			return "The page is about one version, by its name."
		}
		if madePath.MatchString(page.Path) {
			return "The page is material for tests or templates."
		}
	}
	if p.options.Version == "" {
		return ""
	}
	if version, ok := VersionOf(page.Path, page.Matter); ok && !SameVersion(version, p.options.Version) {
		return "The page documents version " + version + ", and the code is " + plainVersion(p.options.Version) + "."
	}
	return ""
}

// judgeVersion holds the least version of a language that a page asks for against
// the one that the code asks for.
func (p *Project) judgeVersion(one *Claim, v *Verdict) {
	v.Reason = "The code does not say which version of " + one.Name + " it needs."
	for _, f := range p.index.Find(code.Version, one.Name) {
		if !f.HasValue || f.Weak {
			continue
		}
		v.Fact = &f
		if compareVersions(one.Value, f.Value) >= 0 {
			v.State, v.Confidence, v.Suggestion = Holds, 0.9, ""
			v.Reason = fmt.Sprintf("The code needs %s %s.", one.Name, f.Value)
			return
		}
		v.State, v.Confidence, v.Suggestion = Changed, 0.85, f.Value
		v.Reason = fmt.Sprintf("The page asks for %s %s; the code needs %s.", one.Name, one.Value, f.Value)
	}
}

// compareVersions compares the major and minor numbers, which is what pages mean.
func compareVersions(a, b string) int {
	one, other := numbers(a), numbers(b)
	for i := range one {
		if one[i] != other[i] {
			return one[i] - other[i]
		}
	}
	return 0
}

func numbers(version string) (n [2]int) {
	for i, part := range strings.SplitN(strings.TrimLeft(plainVersion(version), "^~>= "), ".", 3) {
		if i < len(n) {
			n[i], _ = strconv.Atoi(part)
		}
	}
	return n
}
