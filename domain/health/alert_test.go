package health_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/health"
)

var noon = time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC)

// ids returns identifiers one after the other.
func ids() func() health.AlertID {
	n := 0
	return func() health.AlertID {
		n++
		return domain.StoredID[health.Alert](fmt.Sprint("a", n))
	}
}

// play shows a book one round every 5 s: '.' is well, 'x' broken, 'e' broken because
// of another, '?' not measured. It returns the seconds at which somebody was told.
func play(b *health.Book, signal health.Signal, rounds string) string {
	var told strings.Builder
	newID := ids()
	for i, r := range rounds {
		o := health.Observation{Service: "s", Signal: signal}
		switch r {
		case 'x':
			o.Value = 1e6
		case 'e':
			o.Value, o.Because = 1e6, []string{"other"}
		case '?':
			continue
		}
		for _, n := range b.Observe(noon.Add(time.Duration(i)*5*time.Second), []health.Observation{o}, newID).Notices {
			fmt.Fprintf(&told, "%s@%d ", n.Alert.State, i*5)
		}
	}
	return told.String()
}

func TestAlertsAreToldOnce(t *testing.T) {
	down := []health.Rule{{Name: "ServiceDown", Signal: health.Unavailable, For: 30 * time.Second, Severity: health.Critical}}
	held := []health.Rule{{Name: "Held", Signal: health.Unavailable, For: 10 * time.Second, Hold: 10 * time.Second}}
	for _, c := range []struct {
		name, rounds, told string
		rules              []health.Rule
	}{
		{"well", "......", "", down},
		{"a flap within the time is silent", "xxxxx.xxxxx.xxxxx.", "", down},
		{"fires when the time is over, once", "xxxxxxxxxxxx", "firing@30 ", down},
		{"is over, once", "xxxxxxxxx....", "firing@30 resolved@45 ", down},
		{"comes again", "xxxxxxx.xxxxxxx.", "firing@30 resolved@35 firing@70 resolved@75 ", down},
		{"what is not measured changes nothing", "xxx???x??.", "firing@30 resolved@45 ", down},
		{"what another explains is not told, nor its end", "eeeeeeeeeeee..", "", down},
		{"a moment after its cause is mended is granted", "eeeeeeeexxx..", "", down},
		{"what stays broken by itself is told", "eeeeeeeexxxxxxxx..", "firing@70 resolved@80 ", down},
		{"a cause that comes later does not tell again", "xxxxxxxxeeeexxx.", "firing@30 resolved@75 ", down},
		{"a short recovery is part of it", "xxx.xx.xx....", "firing@10 resolved@50 ", held},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := play(health.NewBook(c.rules, nil), health.Unavailable, c.rounds); got != c.told {
				t.Errorf("told %q, want %q", got, c.told)
			}
		})
	}
}

func TestABookGoesOnWhereItStopped(t *testing.T) {
	rules := health.DefaultRules()
	first := health.NewBook(rules, nil)
	for i := range 8 {
		first.Observe(noon.Add(time.Duration(i)*5*time.Second), []health.Observation{{Service: "s", Signal: health.Unavailable, Value: 1, Error: "Timeout"}}, ids())
	}
	second := health.NewBook(rules, first.Active())
	change := second.Observe(noon.Add(time.Minute), []health.Observation{{Service: "s", Signal: health.Unavailable, Value: 1}}, ids())
	if len(change.Notices) != 0 {
		t.Errorf("told again: %+v", change.Notices)
	}
	change = second.Observe(noon.Add(2*time.Minute), []health.Observation{{Service: "s", Signal: health.Unavailable}}, ids())
	if len(change.Notices) != 1 || change.Notices[0].Alert.State != health.Resolved || change.Notices[0].Alert.ID.String() != "a1" {
		t.Errorf("got %+v", change)
	}
}

func TestTheDefaultRulesAreThoseOfTheOperators(t *testing.T) {
	want := map[string]string{
		"HighErrorRate": "0.05 5m0s critical", "SlowResponse": "2 5m0s warning", "ServiceDown": "0 30s critical",
		"QueueDepth": "1000 1m0s warning", "HighMemory": "85 5m0s warning", "DiskUsage": "90 5m0s critical", "HighCPU": "80 10m0s warning",
	}
	for _, r := range health.DefaultRules() {
		if w, ok := want[r.Name]; ok && fmt.Sprint(r.Threshold, " ", r.For, " ", r.Severity) != w {
			t.Errorf("%s is %v %v %v, want %s", r.Name, r.Threshold, r.For, r.Severity, w)
		}
		delete(want, r.Name)
	}
	if len(want) > 0 {
		t.Errorf("there are no rules for %v", want)
	}
}

func ExampleBook() {
	book := health.NewBook(health.DefaultRules(), nil)
	newID := func() health.AlertID { return domain.StoredID[health.Alert]("a-1") }
	for second := 0; second <= 60; second += 15 {
		down := 0.0
		if second < 45 {
			down = 1
		}
		at := noon.Add(time.Duration(second) * time.Second)
		for _, n := range book.Observe(at, []health.Observation{{Service: "doc_store", Signal: health.Unavailable, Value: down}}, newID).Notices {
			fmt.Println(second, n.Alert.Rule, n.Alert.Service, n.Alert.State)
		}
	}
	// Output:
	// 30 ServiceDown doc_store firing
	// 45 ServiceDown doc_store resolved
}
