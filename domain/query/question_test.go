package query_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/query"
)

func TestRead(t *testing.T) {
	for text, want := range map[string]string{
		"What is a lease?":                          "definition: lease",
		"  How do I turn on TLS?  ":                 "how_to: enable tls",
		"How long does a lease live?":               "quantity: lease live",
		"How many members can fail?":                "quantity: members fail",
		"What is the default port?":                 "quantity: default port",
		"Why does compaction fail?":                 "reason: compaction fail",
		"Where is the WAL?":                         "place: wal",
		"When does a lease expire?":                 "time: lease expire",
		"Who maintains it?":                         "person: maintains",
		"Is data encrypted?":                        "yes_no: data encrypted",
		"compaction":                                "open: compaction",
		"What does --max-request-bytes do?":         "open: --max-request-bytes!",
		"Set ETCD_MAX_WALS in op-guide/security.md": "open: set etcd_max_wals! op-guide/security.md!",
		`say "apply took too long" twice`:           `open: apply took too long" twice`,
		"what is it":                                "definition: what is it",
		"lease lease leases":                        "open: lease",
	} {
		q, err := query.Read(text)
		if err != nil {
			t.Fatal(err)
		}
		var terms []string
		for _, term := range q.Terms {
			mark := ""
			if term.Identifier {
				mark = "!"
			}
			if term.Quoted {
				mark = `"`
			}
			terms = append(terms, term.Text+mark)
		}
		if got := fmt.Sprintf("%s: %s", q.Type, strings.Join(terms, " ")); got != want {
			t.Errorf("Read(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for text, kind := range map[string]domain.Kind{" \n": domain.Rejected, "ab": domain.Rejected, strings.Repeat("ü", 2001): domain.Invalid} {
		if _, err := query.Read(text); !errors.Is(err, kind) {
			t.Errorf("Read(%d bytes) = %v", len(text), err)
		}
	}
	if _, err := query.Read(strings.Repeat("ü", 2000)); err != nil {
		t.Error(err)
	}
}

func FuzzRead(f *testing.F) {
	for _, text := range []string{"How do I?", `"a" "`, "--flag=x A_B c/d", "how long how long", "\xff\xfe?"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := query.Read(text)
		if err != nil {
			return
		}
		for _, term := range q.Terms {
			if len(term.Stems) == 0 || term.Text == "" {
				t.Errorf("%q has an empty term", text)
			}
		}
		query.Interpret(text)
	})
}

func ExampleRead() {
	q, _ := query.Read("How do I set --max-request-bytes for large values?")
	fmt.Println(q.Type)
	for _, term := range q.Terms {
		fmt.Println(term.Text, term.Stems, term.Identifier)
	}
	// Output:
	// how_to
	// set [set] false
	// --max-request-bytes [max request byte] true
	// large [larg] false
	// values [valu] false
}
