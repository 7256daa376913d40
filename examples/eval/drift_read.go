package main

import (
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/docsteward/docsteward/domain/claim"
	"github.com/docsteward/docsteward/domain/code"
)

// readingsText holds claims of the modules held back that were read against the
// source by hand, one a line; the columns are those of reading.
//
//go:embed readings.tsv
var readingsText string

// reading is a claim, what the machine said of it when it was read, and what is true.
type reading struct {
	module, document string
	line             int
	kind, name       string
	// machine is the verdict: holds, gone, renamed, changed or unknown.
	machine string
	// hand is what reading the source said: the same words, where unknown means that
	// the text claims nothing of this project as it is, or that nothing can tell.
	hand string
	note string
}

// String is the line of the file.
func (r reading) String() string {
	return strings.Join([]string{r.module, r.document, strconv.Itoa(r.line), r.kind, r.name, r.machine, r.hand, r.note}, "\t")
}

// place names the claim.
func (r reading) place() string {
	return fmt.Sprintf("%s\t%s\t%06d\t%s\t%s", r.module, r.document, r.line, r.kind, r.name)
}

func (r reading) same(o reading) bool { return r.place() == o.place() }

// readReadings reads the file, whose first line names the columns.
func readReadings() ([]reading, error) {
	var all []reading
	for i, text := range strings.Split(strings.Trim(readingsText, "\n"), "\n") {
		if i == 0 {
			continue
		}
		parts := strings.Split(text, "\t")
		if len(parts) != 8 {
			return nil, fmt.Errorf("line %d of the readings has %d columns, not 8", i+1, len(parts))
		}
		line, err := strconv.Atoi(parts[2])
		if err != nil {
			return nil, fmt.Errorf("line %d of the readings: %w", i+1, err)
		}
		all = append(all, reading{parts[0], parts[1], line, parts[3], parts[4], parts[5], parts[6], parts[7]})
	}
	return all, nil
}

// readScore is how verdicts of today compare with the readings.
type readScore struct {
	// size counts the readings, right the verdicts that agree, open those that say
	// nothing where a reader can tell, and wrong the others, of which alarms call a
	// page wrong that is not.
	size, right, open, wrong, alarms int
	// unread are alarms that nobody has read; moved are readings whose verdict is
	// another than it was, or whose claim is not found any more.
	unread, moved []string
}

// alarming reports whether a verdict calls the page wrong.
func alarming(verdict string) bool {
	return verdict == "gone" || verdict == "renamed" || verdict == "changed"
}

// compareReadings holds verdicts against the readings of the same module.
func compareReadings(readings, now []reading) readScore {
	var s readScore
	today := make(map[string]string, len(now))
	for _, r := range now {
		today[r.place()] = r.machine
	}
	read := make(map[string]bool, len(readings))
	for _, r := range readings {
		read[r.place()] = true
		verdict, found := today[r.place()]
		if !found {
			verdict = "unknown"
		}
		if verdict != r.machine {
			s.moved = append(s.moved, fmt.Sprintf("%s:%d %s %s: %s, was %s, by hand %s", r.document, r.line, r.kind, r.name, verdict, r.machine, r.hand))
		}
		s.size++
		switch {
		case verdict == r.hand || alarming(verdict) && alarming(r.hand):
			s.right++
		case verdict == "unknown":
			s.open++
		default:
			s.wrong++
			if alarming(verdict) {
				s.alarms++
			}
		}
	}
	for _, r := range now {
		if alarming(r.machine) && !read[r.place()] {
			s.unread = append(s.unread, fmt.Sprintf("%s:%d %s %s: %s", r.document, r.line, r.kind, r.name, r.machine))
		}
	}
	return s
}

// readingsOf returns the readings of a module; none where it has none.
func readingsOf(module string) ([]reading, error) {
	all, err := readReadings()
	return slices.DeleteFunc(all, func(r reading) bool { return r.module != module }), err
}

// rightAlarms names, as alarmsOf does, what readers found wrong as well.
func rightAlarms(readings []reading) []string {
	var all []string
	for _, r := range readings {
		if kind, _ := code.ParseKind(r.kind); alarming(r.machine) && alarming(r.hand) {
			all = append(all, alarmName(kind, r.name, r.machine == claim.Changed.String()))
		}
	}
	return all
}

func (s *readScore) add(o readScore) {
	s.size += o.size
	s.right += o.right
	s.open += o.open
	s.wrong += o.wrong
	s.alarms += o.alarms
	s.unread = append(s.unread, o.unread...)
	s.moved = append(s.moved, o.moved...)
}

// print prints the figures beside the bar. An alarm that nobody has read counts as a
// false one.
func (s readScore) print(out io.Writer, claims int) {
	fmt.Fprintf(out, "read by hand: %d claims; %d verdicts right, %d open where a reader can tell, %d wrong; %d false alarms and %d unread in %d judged claims: %.2f per 50 (bar 1, goal 0.2)\n",
		s.size, s.right, s.open, s.wrong, s.alarms, len(s.unread), claims, s.perFifty(claims))
	for _, m := range s.moved {
		fmt.Fprintln(out, "  verdict changed since it was read:", m)
	}
	for _, u := range s.unread {
		fmt.Fprintln(out, "  alarm that nobody has read:", u)
	}
}

func (s readScore) perFifty(claims int) float64 {
	return 50 * float64(s.alarms+len(s.unread)) / float64(max(1, claims))
}
