package query

// alternatives returns the disjunctive normal form of the node. It fails with
// Invalid where that grows too large.
func (n node) alternatives(negated bool) ([][]Demand, error) {
	negated = negated != n.negated
	if n.demand != nil {
		d := *n.demand
		d.Negated = d.Negated != negated
		return [][]Demand{{d}}, nil
	}
	var all [][]Demand
	for i, child := range n.children {
		parts, err := child.alternatives(negated)
		if err != nil {
			return nil, err
		}
		switch {
		case i == 0:
			all = parts
		case n.or != negated: // De Morgan: a negated AND is an OR of negations
			all = append(all, parts...)
		default:
			all = cross(all, parts)
		}
		if len(all) > maxAlternatives || len(all[0]) > maxDemands {
			return nil, fault(n.at, "the query has too many alternatives; ask several smaller ones")
		}
	}
	return all, nil
}

func cross(left, right [][]Demand) [][]Demand {
	all := make([][]Demand, 0, len(left)*len(right))
	for _, l := range left {
		for _, r := range right {
			all = append(all, append(append(make([]Demand, 0, len(l)+len(r)), l...), r...))
		}
	}
	return all
}
