package claim

import (
	"regexp"
	"strings"

	"github.com/docsteward/docsteward/domain/code"
)

var address = regexp.MustCompile(`^(?:[a-z]+)://([^/:?#\s\[]+|\[[0-9a-f:]*\])(?::(\d{2,5}))?((?:/[^?#\s]*)?)`)

// url reads the port and the route of an address on the reader's own machine or on
// a host that stands for one. Addresses of other hosts claim nothing.
func (r *reader) url(start, end int, method string, s spot) {
	text := strings.TrimRight(string(r.content[start:end]), ".,;:!'\"")
	m := address.FindStringSubmatchIndex(text)
	if m == nil || !ownHost(text[m[2]:m[3]]) {
		return
	}
	route := strings.TrimRight(text[m[6]:m[7]], "'\"\\")
	if method == "" {
		method = "*"
	}
	endpoint := ""
	if len(route) > 1 {
		if c := r.add(code.Endpoint, method+" "+route, start+m[6], start+m[6]+len(route), s); c != nil {
			endpoint = c.Name
		}
	}
	if m[4] >= 0 {
		if c := r.add(code.Port, text[m[4]:m[5]], start+m[4], start+m[5], s); c != nil {
			c.Companion = endpoint
			if !local(text[m[2]:m[3]]) {
				c.blame("The port is of another host.")
			}
		}
	}
}

func local(host string) bool {
	return host == "localhost" || host == "127.0.0.1" || host == "0.0.0.0" || host == "[::1]" || host == "host.docker.internal"
}

// ownHost reports whether a host is the reader's machine or stands for one.
func ownHost(host string) bool {
	switch {
	case local(host), strings.ContainsAny(host, "$<{"):
		return true
	case !strings.Contains(host, "."):
		return true // a service of a compose file or cluster
	}
	return strings.HasSuffix(host, "example.com") || strings.HasSuffix(host, "example.org") || strings.HasSuffix(host, ".local") || strings.HasSuffix(host, ".localhost")
}
