package prom

import (
	"bufio"
	"math"
	"os"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// RegisterProcess registers what the process uses, each with the label service:
// the Go and process collectors, memory_usage_bytes, memory_usage_percent of the
// limit that holds for the process, cpu_usage_percent of its processors since the
// last reading, disk_usage_percent of the file system of directory, and
// disk_io_bytes_total.
func RegisterProcess(registry prometheus.Registerer, service, directory string) {
	labelled := prometheus.WrapRegistererWith(prometheus.Labels{"service": service}, registry)
	labelled.MustRegister(
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "memory_usage_bytes", Help: "Resident memory of the process."}, residentBytes),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "memory_usage_percent", Help: "Resident memory over the limit of the process."}, func() float64 {
			return 100 * residentBytes() / memoryLimit()
		}),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "cpu_usage_percent", Help: "Processor time since the last reading, over all that the process may use."}, new(processor).percent),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "disk_usage_percent", Help: "How full the file system of the data directory is."}, func() float64 { return diskPercent(directory) }),
		disk("read", "read_bytes"), disk("write", "write_bytes"),
	)
}

func disk(direction, counter string) prometheus.Collector {
	return prometheus.NewCounterFunc(prometheus.CounterOpts{
		Name: "disk_io_bytes_total", Help: "Bytes that the process read from and wrote to disks.", ConstLabels: prometheus.Labels{"direction": direction},
	}, bytesOf(counter))
}

// RegisterQueue registers queue_length of a named queue, which length counts when
// it is read; a negative length is unknown and shown as NaN.
func RegisterQueue(registry prometheus.Registerer, service, queue string, length func() int) {
	registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "queue_length", Help: "What waits in a queue.", ConstLabels: prometheus.Labels{"service": service, "queue_name": queue},
	}, func() float64 {
		if n := length(); n >= 0 {
			return float64(n)
		}
		return math.NaN()
	}))
}

// RegisterUp registers a gauge that is 1 while a server answers and 0 otherwise.
func RegisterUp(registry prometheus.Registerer, service, name string, up func() bool) {
	registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: name, Help: "Whether the server answered when it was last asked.", ConstLabels: prometheus.Labels{"service": service},
	}, func() float64 {
		if up() {
			return 1
		}
		return 0
	}))
}

// residentBytes reads the resident set from /proc; 0 where there is none.
func residentBytes() float64 {
	data, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(data))
	if len(fields) < 2 {
		return 0
	}
	pages, err := strconv.ParseFloat(fields[1], 64)
	if err != nil {
		return 0
	}
	return pages * float64(os.Getpagesize())
}

// memoryLimit is that of the cgroup, else GOMEMLIMIT, else the machine's memory.
func memoryLimit() float64 {
	if data, err := os.ReadFile("/sys/fs/cgroup/memory.max"); err == nil {
		if limit, err := strconv.ParseFloat(strings.TrimSpace(string(data)), 64); err == nil {
			return limit
		}
	}
	if limit := debug.SetMemoryLimit(-1); limit < math.MaxInt64 {
		return float64(limit)
	}
	if total := machineMemory(); total > 0 {
		return total
	}
	return math.Inf(1)
}

func machineMemory() float64 {
	file, err := os.Open("/proc/meminfo")
	if err != nil {
		return 0
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if fields := strings.Fields(lines.Text()); len(fields) > 1 && fields[0] == "MemTotal:" {
			kilobytes, _ := strconv.ParseFloat(fields[1], 64)
			return kilobytes * 1024
		}
	}
	return 0
}
