package health_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain/health"
)

// storm is a system of services in which faults spread.
type storm struct {
	random *rand.Rand
	names  []string
	needs  health.Graph
	// users are those who need a service.
	users map[int][]int
	// lag is how many rounds later a service is seen to fail, or to be well again.
	lag []int
}

// newStorm makes a random graph without cycles: each service needs one to three of
// the earlier ones, all of which are as likely.
func newStorm(seed uint64, services int) *storm {
	s := &storm{random: rand.New(rand.NewPCG(seed, 1)), needs: health.Graph{}, users: map[int][]int{}}
	for i := range services {
		name := fmt.Sprintf("s%04d", i)
		s.names, s.lag = append(s.names, name), append(s.lag, s.random.IntN(4))
		for range min(i, 1+s.random.IntN(3)) {
			to := s.random.IntN(i)
			if !slices.Contains(s.needs[name], s.names[to]) {
				s.needs[name] = append(s.needs[name], s.names[to])
				s.users[to] = append(s.users[to], i)
			}
		}
	}
	return s
}

// broken returns what fails when the faults are there: nine of ten services that
// need a failing one fail too, and one of a hundred of the others hands the failure
// on to its users without failing itself.
func (s *storm) broken(faults []int) map[int]bool {
	failing, reached := map[int]bool{}, map[int]bool{}
	queue := slices.Clone(faults)
	for _, f := range faults {
		failing[f], reached[f] = true, true
	}
	for ; len(queue) > 0; queue = queue[1:] {
		for _, user := range s.users[queue[0]] {
			if reached[user] {
				continue
			}
			switch p := s.random.Float64(); {
			case p < 0.9:
				failing[user], reached[user] = true, true
				queue = append(queue, user)
			case p < 0.901:
				reached[user] = true
				queue = append(queue, user)
			}
		}
	}
	return failing
}

// tally counts notices of alerts that fire.
type tally struct{ told, right, naive, faults, found int }

// run lets faults come and go, for 70 s each, and shows what the checks see every 5 s
// to a book that knows what needs what and to one that does not. One check of a
// thousand fails for no reason.
func (s *storm) run(episodes int) tally {
	var sum tally
	knowing, naive := health.NewBook(health.DefaultRules(), nil), health.NewBook(health.DefaultRules(), nil)
	newID := ids()
	now := noon
	for range episodes {
		faults := make([]int, 1+s.random.IntN(3))
		for i := range faults {
			faults[i] = s.random.IntN(len(s.names))
		}
		slices.Sort(faults)
		faults = slices.Compact(faults)
		broken := s.broken(faults)
		found := map[string]bool{}
		const lasts = 14
		for round := range lasts + 20 {
			seen := map[string]bool{}
			for i, name := range s.names {
				if broken[i] && round >= s.lag[i] && round < lasts+s.lag[i] || s.random.IntN(1000) == 0 {
					seen[name] = true
				}
			}
			now = now.Add(5 * time.Second)
			for _, n := range knowing.Observe(now, health.Availability(s.names, s.needs, seen, nil), newID).Notices {
				if n.Alert.State == health.Firing {
					sum.told++
					if slices.ContainsFunc(faults, func(f int) bool { return s.names[f] == n.Alert.Service }) {
						sum.right++
						found[n.Alert.Service] = true
					}
				}
			}
			for _, n := range naive.Observe(now, health.Availability(s.names, nil, seen, nil), newID).Notices {
				if n.Alert.State == health.Firing {
					sum.naive++
				}
			}
		}
		sum.faults += len(faults)
		sum.found += len(found)
	}
	return sum
}

// Of a thousand services with injected faults, nearly every notice names a fault,
// nearly every fault is named, and there are far fewer notices than failing services.
func TestRootCausesInAStorm(t *testing.T) {
	var all tally
	for seed := range uint64(5) {
		one := newStorm(seed, 1000).run(12)
		all.told += one.told
		all.right += one.right
		all.naive += one.naive
		all.faults += one.faults
		all.found += one.found
	}
	precision := float64(all.right) / float64(all.told)
	recall := float64(all.found) / float64(all.faults)
	fewer := 1 - float64(all.told)/float64(all.naive)
	t.Logf("%d faults among 1,000 services: %d notices instead of %d (%.1f %% fewer), precision %.3f, recall %.3f",
		all.faults, all.told, all.naive, 100*fewer, precision, recall)
	if precision < 0.95 || fewer < 0.90 {
		t.Errorf("precision %.3f must be 0.95, and %.1f %% fewer notices 90 %%", precision, 100*fewer)
	}
	if recall < 0.80 {
		t.Errorf("recall is %.3f", recall)
	}
}

func BenchmarkRootCauses(b *testing.B) {
	s := newStorm(1, 1000)
	seen := map[string]bool{}
	for i := range s.broken([]int{0, 1, 2}) {
		seen[s.names[i]] = true
	}
	for b.Loop() {
		health.RootCauses(s.needs, seen)
	}
}
