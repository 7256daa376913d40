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
// the Go and process collectors, memory_usage_bytes, and memory_usage_percent
// of the limit that holds for the process.
func RegisterProcess(registry prometheus.Registerer, service string) {
	labelled := prometheus.WrapRegistererWith(prometheus.Labels{"service": service}, registry)
	labelled.MustRegister(
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "memory_usage_bytes", Help: "Resident memory of the process."}, residentBytes),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "memory_usage_percent", Help: "Resident memory over the limit of the process."}, func() float64 {
			return 100 * residentBytes() / memoryLimit()
		}),
	)
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
