package claim

import (
	"bytes"
	"strings"

	"github.com/docsteward/docsteward/domain/code"
)

// valued are the options of docker run that take the next word. Never written.
var valued = setOf(`-p --publish -e --env -v --volume --name --network --net -u --user -w --workdir --mount --entrypoint -h --hostname --restart --env-file
-m --memory --cpus --platform --label -l --add-host --cap-add --device --ulimit --link --security-opt --log-driver --log-opt --volumes-from --pull --tmpfs --dns --pid --ipc --expose --userns`)

// container reads "docker run": what it publishes and sets belongs to the image,
// and so do the words behind it, which it returns.
func (r *reader) container(rest []word, l line) []word {
	if len(rest) == 0 || r.word(rest[0]) != "run" {
		return nil
	}
	rest = rest[1:]
	var given []*Claim
	before := len(r.claims)
	for len(rest) > 0 {
		text := r.word(rest[0])
		if text[0] != '-' {
			break
		}
		name, _, joined := strings.Cut(text, "=")
		value := rest[0]
		switch {
		case joined:
			value.start += len(name) + 1
		case valued[name] && len(rest) > 1:
			rest = rest[1:]
			value = rest[0]
		default:
			rest = rest[1:]
			continue
		}
		r.published(name, value, l.s)
		rest = rest[1:]
	}
	if len(rest) == 0 {
		return nil
	}
	m := imageName.FindStringSubmatch(r.bare(rest[0]))
	if m == nil {
		return nil
	}
	for i := before; i < len(r.claims); i++ {
		given = append(given, &r.claims[i])
	}
	for _, c := range given {
		c.Command = m[1]
	}
	if len(rest) > 1 && r.word(rest[1])[0] != '-' && !subcommand.MatchString(r.word(rest[1])) {
		r.command(line{words: rest[1:], s: l.s, names: l.names})
		return rest
	}
	r.arguments(m[1], rest[0], rest[1:], line{s: l.s})
	return rest
}

// published reads the port or the variable that a container is given.
func (r *reader) published(name string, value word, s spot) {
	text := r.bare(value)
	switch name {
	case "-p", "--publish":
		port := text[strings.LastIndexByte(text, ':')+1:]
		port, _, _ = strings.Cut(port, "/")
		at := bytes.LastIndex(r.content[value.start:value.end], []byte(port))
		if port != "" && digitsOnly(port) && at >= 0 {
			r.add(code.Port, port, value.start+at, value.start+at+len(port), s)
		}
	case "-e", "--env":
		variable, _, _ := strings.Cut(text, "=")
		if at := bytes.Index(r.content[value.start:value.end], []byte(variable)); variableToken.MatchString(variable) && at >= 0 {
			r.add(code.Variable, variable, value.start+at, value.start+at+len(variable), s)
		}
	}
}
