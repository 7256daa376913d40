package claim

import (
	"path"
	"regexp"
	"strings"

	"github.com/docsteward/docsteward/domain/code"
)

var method = regexp.MustCompile(`^(?:-X|--request)=?([A-Z]*)$`)

// request reads the address that curl is sent to.
func (r *reader) request(rest []word, s spot) {
	verb := ""
	for i, w := range rest {
		if m := method.FindStringSubmatch(r.bare(w)); m != nil {
			if verb = m[1]; verb == "" && i+1 < len(rest) {
				verb = r.bare(rest[i+1])
			}
		}
	}
	for _, w := range rest {
		text := r.word(w)
		at := strings.Index(text, "http")
		switch {
		case at >= 0 && strings.Contains(text, "://"):
			r.url(w.start+at, w.end, verb, s)
		case strings.HasPrefix(strings.Trim(text, `"'`), "localhost"):
			r.bareAddress(w, verb, s)
		}
	}
}

// bareAddress reads localhost:8080/x, an address without a scheme.
func (r *reader) bareAddress(w word, verb string, s spot) {
	text := r.bare(w)
	start := w.start + strings.Index(r.word(w), text)
	host, route, found := strings.Cut(text, "/")
	if at := strings.LastIndexByte(host, ':'); at >= 0 && digitsOnly(host[at+1:]) && at+1 < len(host) {
		c := r.add(code.Port, host[at+1:], start+at+1, start+len(host), s)
		if c != nil && found && route != "" {
			c.Companion = code.NormalName(code.Endpoint, "/"+route)
		}
	}
	if found && route != "" {
		if verb == "" {
			verb = "*"
		}
		route, _, _ = strings.Cut(route, "?")
		r.add(code.Endpoint, verb+" /"+route, start+len(host), start+len(host)+1+len(route), s)
	}
}

// scripts reads the files of the repository that a program is given.
func (r *reader) scripts(rest []word, s spot) {
	for _, w := range rest {
		text := r.word(w)
		if strings.Contains(text, "/") && text[0] != '-' && text[0] != '/' && extensions[path.Ext(text)] {
			r.path(w.start, w.end, text, s)
		}
	}
}
