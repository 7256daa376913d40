package claim

import (
	"fmt"
	"strings"

	"github.com/docsteward/docsteward/domain/code"
)

// Claimed is a page with its claims.
type Claimed struct {
	Page   Page
	Claims []Claim
}

// JudgeAll returns the verdicts on the claims of many pages, which tell together
// whether the facts are complete: where many of the names that the pages give to the
// project are not known, the code is not understood well enough to call any of them
// gone.
func (p *Project) JudgeAll(pages []Claimed) [][]Verdict {
	all := make([][]Verdict, len(pages))
	for i, page := range pages {
		all[i] = p.Judge(page.Page, page.Claims)
	}
	withdraw(all)
	withdrawForeign(all)
	return all
}

// withdrawForeign takes back the alarms of flags and variables that other places give
// to a program that is not of this project. What history proves stays.
func withdrawForeign(all [][]Verdict) {
	owner := map[named]string{}
	for _, page := range all {
		for i := range page {
			if one := &page[i].Claim; page[i].foreign {
				owner[named{one.Kind, one.Name}] = one.Command
			}
		}
	}
	for _, page := range all {
		for i := range page {
			v := &page[i]
			if program := owner[named{v.Claim.Kind, v.Claim.Name}]; program != "" && v.Drifted() && !v.known {
				v.State, v.Suggestion, v.Confidence = Unknown, "", 0
				v.Reason = "It is given to " + program + " elsewhere, which is not a command of this project."
			}
		}
	}
}

// fewest is from how many different names on alarms are looked at together, and
// share the part of all names up to which they are believed.
const (
	fewest = 3
	share  = 0.25
)

// matter is what alarms are weighed for together: names, or values, of one kind that
// are given to one program, or lie in one section of a configuration.
type matter struct {
	kind   code.Kind
	value  bool
	within string
}

func matterOf(c *Claim) matter {
	m := matter{kind: c.Kind, within: c.Command}
	if c.Kind == code.Key {
		parts := strings.SplitN(strings.ToLower(c.Name), ".", 3)
		m.within = strings.Join(parts[:min(len(parts)-1, 2)], ".")
	}
	return m
}

// withdraw takes back the alarms of matters of which too many are wrong. What
// history proves stays.
func withdraw(all [][]Verdict) {
	counts := map[matter]*tally{}
	type seen struct {
		matter
		name string
	}
	once := map[seen]bool{}
	each(all, func(v *Verdict, m matter) {
		if key := (seen{m, v.Claim.Name}); !once[key] {
			once[key] = true
			if counts[m] == nil {
				counts[m] = &tally{}
			}
			counts[m].note(!v.Drifted())
		}
	})
	each(all, func(v *Verdict, m matter) {
		c := counts[m]
		if !v.Drifted() || v.known || c.misses < fewest || float64(c.misses) <= share*float64(c.holds+c.misses) {
			return
		}
		what := "names"
		if m.value {
			what = "values"
		}
		v.Reason = fmt.Sprintf("The code does not agree, but nor does it with %d of %d such %s: it is not understood well enough.", c.misses, c.holds+c.misses, what)
		v.State, v.Suggestion, v.Confidence = Unknown, "", 0
	})
}

// each visits the verdicts that hold or are alarms.
func each(all [][]Verdict, visit func(*Verdict, matter)) {
	for _, page := range all {
		for i := range page {
			v := &page[i]
			if v.State == Unknown {
				continue
			}
			m := matterOf(&v.Claim)
			visit(v, m)
			if v.State != Unknown && v.Claim.HasValue && v.Fact != nil && v.Fact.HasValue && valuedKind(v.Claim.Kind) {
				m.value = true
				visit(v, m)
			}
		}
	}
}
