package job_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/docsteward/docsteward/domain/job"
)

var noon = time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC)

func ExampleRun_Due() {
	r := job.Run{StartedAt: noon}
	fmt.Println(r.Due(noon.Add(10*time.Minute), time.Hour).Format(time.TimeOnly))
	fmt.Println(r.Due(noon.Add(5*time.Hour), time.Hour).Format(time.TimeOnly))
	// Output:
	// 13:00:00
	// 17:00:00
}

func ExampleRun_Stale() {
	r := job.Run{SucceededAt: noon}
	began := noon.Add(-time.Hour)
	fmt.Println(r.Stale(noon.Add(3*time.Hour), began, time.Hour), r.Stale(noon.Add(4*time.Hour), began, time.Hour))
	// Output: false true
}

func TestAStaleJobIsForgivenWhileItsSchedulerIsYoung(t *testing.T) {
	r := job.Run{SucceededAt: noon}
	now := noon.Add(100 * time.Hour)
	for _, c := range []struct {
		began time.Time
		want  bool
	}{{now, false}, {now.Add(-3 * time.Hour), false}, {now.Add(-4 * time.Hour), true}} {
		if got := r.Stale(now, c.began, time.Hour); got != c.want {
			t.Errorf("began %v: %v", c.began, got)
		}
	}
	if age := r.Age(now, now); age != 100*time.Hour {
		t.Errorf("age %v", age)
	}
	if age := (job.Run{}).Age(now, noon); age != 100*time.Hour {
		t.Errorf("age of a job that never ran %v", age)
	}
	if r := (job.Run{Lease: noon}); r.Running(noon) || !r.Running(noon.Add(-1)) {
		t.Error("a lease ends at its instant")
	}
}
