package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestReadingsAreComplete(t *testing.T) {
	all, err := readReadings()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 200 {
		t.Errorf("only %d claims were read", len(all))
	}
	seen, verdicts := map[string]bool{}, map[string]int{}
	for _, r := range all {
		if seen[r.place()] {
			t.Errorf("%s stands twice", r.place())
		}
		seen[r.place()] = true
		verdicts[r.machine]++
		for _, word := range []string{r.machine, r.hand} {
			if !alarming(word) && word != "holds" && word != "unknown" {
				t.Errorf("%s: %q is no verdict", r.place(), word)
			}
		}
		if alarming(r.machine) && r.note == "" {
			t.Errorf("%s: the reading of an alarm has no note", r.place())
		}
	}
	for _, verdict := range []string{"holds", "unknown", "gone", "renamed", "changed"} {
		if verdicts[verdict] == 0 {
			t.Errorf("no claim that is %s was read", verdict)
		}
	}
}

func TestCompareReadings(t *testing.T) {
	at := func(name, machine, hand string) reading {
		return reading{module: "m", document: "d.md", line: 1, kind: "flag", name: name, machine: machine, hand: hand}
	}
	readings := []reading{
		at("right", "holds", "holds"), at("renamed", "gone", "renamed"), at("open", "unknown", "holds"), at("wrong", "holds", "unknown"),
		at("false", "gone", "holds"), at("moved", "gone", "holds"), at("lost", "unknown", "unknown"),
	}
	now := []reading{
		at("right", "holds", ""), at("renamed", "gone", ""), at("open", "unknown", ""), at("wrong", "holds", ""),
		at("false", "gone", ""), at("moved", "holds", ""), at("new", "renamed", ""),
	}
	s := compareReadings(readings, now)
	if s.size != 7 || s.right != 4 || s.open != 1 || s.wrong != 2 || s.alarms != 1 || len(s.unread) != 1 || len(s.moved) != 1 {
		t.Errorf("got %+v", s)
	}
	var out bytes.Buffer
	s.print(&out, 100)
	for _, want := range []string{"7 claims", "1.00 per 50 (bar 1", "was gone, by hand holds", "nobody has read: d.md:1 flag new"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in %s", want, out.String())
		}
	}
}

func TestDrawTakesEveryAlarm(t *testing.T) {
	var all []reading
	for i := range 300 {
		verdict := []string{"holds", "unknown", "gone"}[i%3]
		all = append(all, reading{module: "m", document: "d.md", line: i, kind: "flag", name: "x", machine: verdict})
	}
	drawn, again := draw(all), draw(all)
	count := map[string]int{}
	for i, r := range drawn {
		count[r.machine]++
		if again[i] != r {
			t.Fatal("a second draw gives another sample")
		}
	}
	if count["gone"] != 100 || count["holds"] != sampledHolds/len(heldBackModules) || count["unknown"] != sampledOpen/len(heldBackModules) {
		t.Errorf("got %v", count)
	}
}
