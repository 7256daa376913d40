package bus_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/bus"
)

func ExampleMatch() {
	fmt.Println(bus.Match("document.*", "document.created"), bus.Match("document.*", "prompt.created"))
	// Output: true false
}

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		pattern, name string
		want          bool
	}{
		{"*", "a", true},
		{"*", "a.b.c", true},
		{"*", "", false},
		{"a", "a", true},
		{"a", "a.b", false},
		{"a.b", "a", false},
		{"a.*", "a", false},
		{"a.*", "a.b.c", true},
		{"*.created", "document.created", true},
		{"*.created", "document.tag.created", false},
		{"a.*.c", "a.b.c", true},
		{"a.*.c", "a.b.d", false},
		{"a.*.c", "a..c", false},
		{"A", "a", false},
	} {
		if got := bus.Match(c.pattern, c.name); got != c.want {
			t.Errorf("Match(%q, %q) = %v, want %v", c.pattern, c.name, got, c.want)
		}
	}
}

func TestCheckSubscription(t *testing.T) {
	for _, c := range []struct{ name, pattern string }{{"", "a"}, {" ", "a"}, {"x", ""}, {"x", "a..b"}, {"x", "a*"}, {"x", ".a"}} {
		if err := bus.CheckSubscription(c.name, c.pattern); !errors.Is(err, domain.Invalid) {
			t.Errorf("CheckSubscription(%q, %q) = %v, want invalid", c.name, c.pattern, err)
		}
	}
	if err := bus.CheckSubscription("x", "a.*.b-c_d"); err != nil {
		t.Error(err)
	}
}

func FuzzMatch(f *testing.F) {
	f.Add("a.*", "a.b")
	f.Add("*.b", "a.b")
	f.Add("", "..")
	f.Fuzz(func(t *testing.T, pattern, name string) {
		valid := name != "" && !strings.HasPrefix(name, ".") && !strings.HasSuffix(name, ".") && !strings.Contains(name, "..")
		if valid && !bus.Match("*", name) {
			t.Errorf("* does not meet %q", name)
		}
		if valid && bus.CheckSubscription("x", pattern) == nil && bus.Match(pattern, name) && strings.Count(pattern, ".") > strings.Count(name, ".") {
			t.Errorf("%q meets the shorter %q", pattern, name)
		}
	})
}
