package claim

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/docsteward/docsteward/domain/code"
)

// judgeValue compares a default that a page states with those that the code gives.
// Only values of one certain type that all differ are called changed.
func (p *Project) judgeValue(one *Claim, facts []code.Fact, v *Verdict) {
	if !one.HasValue || !valuedKind(one.Kind) {
		return
	}
	var other *code.Fact
	for i := range facts {
		f := &facts[i]
		if f.Kind != one.Kind || !Declares(f) {
			continue
		}
		if f.HasValue && SameValue(one.Value, f.Value) {
			v.Agrees = true
			return
		}
		if !f.HasValue || !alike(one.Value, f.Value) {
			return
		}
		if other == nil {
			other = f
		}
	}
	if other == nil {
		return
	}
	v.State, v.Fact, v.Suggestion, v.Confidence = Changed, other, other.Value, 0.9
	if v.Suggestion == "" {
		v.Suggestion = `""`
	}
	v.Reason = fmt.Sprintf("The page gives %s the default %s; the code gives it %s.", spelled(one.Kind, one.Name), quoted(one.Value), quoted(other.Value))
}

func quoted(value string) string {
	if value == "" {
		return "nothing"
	}
	return value
}

// shape of a value, by how it is compared.
type shape uint8

const (
	plain shape = iota
	empty
	truth
	number
	span
	size
	listen
	vague
)

type value struct {
	shape shape
	text  string
	n     float64
}

// SameValue reports whether two spellings mean one value: durations in any units,
// sizes with and without prefixes of 1000 and 1024, truths, numbers with separators,
// addresses of any host, quotes and closing slashes.
func SameValue(a, b string) bool {
	one, other := valueOf(a), valueOf(b)
	if strings.EqualFold(one.text, other.text) {
		return true
	}
	if one.shape == size && other.shape == size {
		return one.n == other.n || binary(a) == binary(b)
	}
	if one.shape == other.shape && one.shape != plain && one.shape != vague {
		return one.n == other.n && (one.shape != listen || one.text == other.text)
	}
	if one.shape == empty && zero(other) || other.shape == empty && zero(one) {
		return true
	}
	if one.shape == number && other.shape != plain || other.shape == number && one.shape != plain {
		return sameAmount(one, other)
	}
	return false
}

// zero reports whether a value is what "none" also means.
func zero(v value) bool {
	return v.n == 0 && (v.shape == number || v.shape == truth || v.shape == span || v.shape == size)
}

// sameAmount compares a number without a unit with an amount that has one.
func sameAmount(a, b value) bool {
	if b.shape == number {
		a, b = b, a
	}
	if b.shape == span {
		return a.n == b.n || a.n == b.n*1e3 || a.n == b.n*1e9
	}
	return a.n == b.n || a.n == binary(b.text)
}

// alike reports whether two values are of one shape, so that their difference
// says something.
func alike(a, b string) bool {
	one, other := valueOf(a), valueOf(b)
	if one.shape == vague || other.shape == vague {
		return false
	}
	if one.shape == empty || other.shape == empty {
		return false
	}
	return one.shape == other.shape
}

var (
	amount   = regexp.MustCompile(`^([0-9][0-9_,]*(?:\.[0-9]+)?)\s*([a-zA-Zµ]*)$`)
	compound = regexp.MustCompile(`^(?:[0-9]+(?:\.[0-9]+)?(?:ns|us|µs|ms|s|m|h|d|w|y)){2,}$`)
	piece    = regexp.MustCompile(`([0-9]+(?:\.[0-9]+)?)(ns|us|µs|ms|s|m|h|d|w|y)`)
	hostPort = regexp.MustCompile(`^(?:https?://)?([\w.-]*|\[[0-9a-fA-F:]*\]):(\d{1,5})/?$`)
)

// seconds of each unit of time; sizes of each unit in bytes. Never written.
var (
	seconds = map[string]float64{
		"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1, "sec": 1, "secs": 1, "second": 1, "seconds": 1, "m": 60, "min": 60, "mins": 60, "minute": 60,
		"minutes": 60, "h": 3600, "hr": 3600, "hour": 3600, "hours": 3600, "d": 86400, "day": 86400, "days": 86400, "w": 604800, "week": 604800, "weeks": 604800,
		"y": 31536000, "year": 31536000, "years": 31536000, "millisecond": 1e-3, "milliseconds": 1e-3,
	}
	sizes = map[string]float64{
		"b": 1, "byte": 1, "bytes": 1, "k": 1e3, "kb": 1e3, "kib": 1 << 10, "ki": 1 << 10, "mb": 1e6, "mib": 1 << 20, "mi": 1 << 20,
		"g": 1e9, "gb": 1e9, "gib": 1 << 30, "gi": 1 << 30, "t": 1e12, "tb": 1e12, "tib": 1 << 40, "ti": 1 << 40,
	}
	truths  = map[string]float64{"true": 1, "on": 1, "yes": 1, "enabled": 1, "false": 0, "off": 0, "no": 0, "disabled": 0}
	nothing = map[string]bool{"": true, "none": true, "empty": true, "-": true, "nil": true, "null": true, "n/a": true, "unset": true, "not set": true, "empty string": true, "[]": true, "{}": true, "—": true, "–": true, "(none)": true, "<none>": true, "\"\"": true}
)

func valueOf(text string) value {
	text = strings.TrimSpace(text)
	text = strings.TrimSpace(strings.Trim(text, "`\"'"))
	lower := strings.ToLower(text)
	if nothing[lower] {
		return value{shape: empty}
	}
	if n, ok := truths[lower]; ok {
		return value{shape: truth, text: lower, n: n}
	}
	if m := amount.FindStringSubmatch(text); m != nil {
		return amountOf(text, m)
	}
	if compound.MatchString(text) {
		total := 0.0
		for _, m := range piece.FindAllStringSubmatch(text, -1) {
			n, _ := strconv.ParseFloat(m[1], 64)
			total += n * seconds[m[2]]
		}
		return value{shape: span, text: lower, n: math.Round(total*1e9) / 1e9}
	}
	if m := hostPort.FindStringSubmatch(text); m != nil {
		n, _ := strconv.ParseFloat(m[2], 64)
		host := m[1]
		if host == "0.0.0.0" || host == "[::]" {
			host = ""
		}
		return value{shape: listen, text: strings.ToLower(host) + ":" + m[2], n: n}
	}
	if strings.ContainsAny(text, " \t\n<>{}$%") || len(text) > 80 {
		return value{shape: vague, text: strings.Trim(lower, "[]")}
	}
	text = strings.TrimSuffix(strings.TrimPrefix(text, "["), "]")
	return value{text: strings.TrimSuffix(strings.TrimPrefix(text, "./"), "/")}
}

func amountOf(text string, m []string) value {
	n, err := strconv.ParseFloat(strings.NewReplacer(",", "", "_", "").Replace(m[1]), 64)
	if err != nil {
		return value{shape: vague, text: text}
	}
	unit := strings.ToLower(m[2])
	switch {
	case unit == "":
		return value{shape: number, text: text, n: n}
	case m[2] == "M":
		return value{shape: size, text: text, n: n * 1e6}
	case seconds[unit] > 0:
		return value{shape: span, text: strings.ToLower(text), n: math.Round(n*seconds[unit]*1e9) / 1e9}
	case sizes[unit] > 0:
		return value{shape: size, text: text, n: n * sizes[unit]}
	}
	return value{text: text}
}

// binary reads a size with every prefix as a power of 1024; 0 when it is none.
func binary(text string) float64 {
	m := amount.FindStringSubmatch(strings.Trim(strings.TrimSpace(text), "`\"'"))
	if m == nil || m[2] == "" {
		return 0
	}
	n, _ := strconv.ParseFloat(strings.NewReplacer(",", "", "_", "").Replace(m[1]), 64)
	unit := strings.ToLower(m[2])
	for i, first := range "kmgt" {
		if unit[0] == byte(first) {
			return n * math.Pow(1024, float64(i+1))
		}
	}
	return n
}
