package claim

import (
	"strings"

	"github.com/docsteward/docsteward/domain/code"
)

// declaredKeys is how many keys of a block the code must declare for the block to be
// a configuration of the project: two in JSON, which is data more often than not.
func declaredKeys(language string) int {
	if jsons[language] {
		return 2
	}
	return 1
}

// strangers takes the keys of blocks out of which the code declares too few: they
// are data, or the configuration of something else.
func (c *court) strangers() {
	declaring := map[int]map[string]bool{}
	for i := range c.claims {
		one, v := &c.claims[i], &c.verdicts[i]
		if !inFile(one) || v.State == Unknown && !c.project.existed(one) {
			continue
		}
		known := v.State == Unknown || c.project.declaresKey(one.Name, leastTail(one))
		if !known && jsons[one.Language] {
			*v = Verdict{Claim: *one, Reason: "The code has the last word of the key, which says too little in data."}
		}
		if known {
			if declaring[one.Group] == nil {
				declaring[one.Group] = map[string]bool{}
			}
			declaring[one.Group][one.Name] = true
		}
	}
	for i := range c.claims {
		one, v := &c.claims[i], &c.verdicts[i]
		if inFile(one) && len(declaring[one.Group]) < declaredKeys(one.Language) && (v.State != Unknown || c.open[i]) {
			delete(c.open, i)
			*v = Verdict{Claim: *one, Reason: "The code declares too few keys of the block for it to be a configuration of this project."}
		}
	}
}

// inFile reports whether a claim is a key in a block that shows a file.
func inFile(c *Claim) bool {
	return c.Kind == code.Key && c.Place == CodeBlock && (yamls[c.Language] || inis[c.Language] || jsons[c.Language])
}

// leastTail is how many words of a key have to be those of one that is declared.
// Those of JSON often stand for what happens to be called so.
func leastTail(c *Claim) int {
	if jsons[c.Language] && strings.Contains(c.Name, ".") {
		return 2
	}
	return 1
}

// declaresKey reports whether the code declares a key by this name, or by its end of
// at least so many words.
func (p *Project) declaresKey(name string, least int) bool {
	for tail, more := name, true; more && strings.Count(tail, ".")+1 >= least; _, tail, more = strings.Cut(tail, ".") {
		if declared(told(p.index.Find(code.Key, tail))) {
			return true
		}
	}
	return false
}
