package domain_test

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/domain"
)

type page struct{}

func TestParseID(t *testing.T) {
	for _, good := range []string{"a", "a b/c", "100%", strings.Repeat("ü", 255), "日本"} {
		id, err := domain.ParseID[page](good)
		if err != nil || id.String() != good || id.IsZero() {
			t.Errorf("%q: got %q, %v", good, id, err)
		}
		if domain.StoredID[page](good) != id {
			t.Errorf("%q: the stored id is another", good)
		}
	}
	for _, bad := range []string{"", "  ", strings.Repeat("ü", 256), "a\x00b", "a\nb", "\xff"} {
		if id, err := domain.ParseID[page](bad); !errors.Is(err, domain.Invalid) || !id.IsZero() {
			t.Errorf("%q: got %q, %v", bad, id, err)
		}
	}
}

func TestPageRequestIsMovedIntoItsBounds(t *testing.T) {
	cases := map[domain.PageRequest]domain.PageRequest{
		{}:                        {Limit: 50},
		{Limit: -1, Offset: -1}:   {Limit: 1},
		{Limit: 5000, Offset: 10}: {Limit: 1000, Offset: 10},
	}
	for in, want := range cases {
		if got := in.Normal(); got != want {
			t.Errorf("%+v became %+v, want %+v", in, got, want)
		}
	}
}

func TestPageKnowsWhetherMoreFollows(t *testing.T) {
	p := domain.NewPage([]int{1, 2}, 5, domain.PageRequest{Limit: 2, Offset: 2})
	if !p.HasMore() {
		t.Error("item 5 is forgotten")
	}
	p.Offset = 3
	if p.HasMore() {
		t.Error("there is nothing behind item 5")
	}
	texts := domain.MapPage(p, strconv.Itoa)
	if texts.Items[1] != "2" || texts.Total != 5 || texts.Limit != 2 || texts.Offset != 3 {
		t.Errorf("got %+v", texts)
	}
}

func TestRecorderForgetsWhatWasTaken(t *testing.T) {
	var r domain.Recorder
	r.Record(domain.Event{Name: "a"})
	r.Record(domain.Event{Name: "b"})
	if got := r.TakeEvents(); len(got) != 2 || got[0].Name != "a" {
		t.Fatalf("got %v", got)
	}
	if got := r.TakeEvents(); len(got) != 0 {
		t.Fatalf("got %v again", got)
	}
}

func ExampleParseID() {
	_, err := domain.ParseID[page](" ")
	fmt.Println(err)
	// Output: The identifier must not be blank.: id must not be blank
}

func ExampleRecorder() {
	var order struct{ domain.Recorder }
	order.Record(domain.Event{Name: "order.placed"})
	fmt.Println(order.TakeEvents()[0].Name)
	// Output: order.placed
}

func ExamplePage_HasMore() {
	p := domain.NewPage([]string{"a", "b"}, 3, domain.PageRequest{Limit: 2})
	fmt.Println(p.HasMore())
	// Output: true
}
