package main

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// command measures runs of the command from start to end.
func command(t *table, binary, documents string) error {
	took, peak, err := repeat(5, binary, "check", documents, "--fail-on", "none")
	if err != nil {
		return err
	}
	t.add("check "+documents+", median of 5", fmt.Sprintf("%d ms, %d MB peak", took.Milliseconds(), peak>>20), "1000 ms, 300 MB", took <= time.Second && peak <= 300<<20)
	took, _, err = repeat(21, binary, "--help")
	if err != nil {
		return err
	}
	t.add("--help, median of 21", fmt.Sprintf("%.1f ms", float64(took.Microseconds())/1000), "15 ms", took <= 15*time.Millisecond)
	info, err := os.Stat(binary)
	if err != nil {
		return err
	}
	t.add("size of the binary", fmt.Sprintf("%d MB", info.Size()>>20), "60 MB", info.Size() <= 60<<20)
	return nil
}

// repeat runs a command n times after one warm-up; it returns the median of the
// times and the greatest peak of memory in bytes.
func repeat(n int, binary string, args ...string) (time.Duration, int64, error) {
	var times []time.Duration
	var peak int64
	for i := range n + 1 {
		cmd := exec.Command(binary, args...)
		start := time.Now()
		if err := cmd.Run(); err != nil {
			return 0, 0, fmt.Errorf("%s %s: %w", binary, strings.Join(args, " "), err)
		}
		if i == 0 {
			continue
		}
		times = append(times, time.Since(start))
		if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			peak = max(peak, usage.Maxrss*1024)
		}
	}
	return median(times), peak, nil
}

// server measures how long the server takes to be ready, and what it needs when
// idle.
func server(t *table, binary string) error {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	const port = "15187"
	cmd := exec.Command(binary, "serve")
	cmd.Env = append(os.Environ(), "DOCSTEWARD_DATA="+dir, "DOC_STORE_PORT="+port, "SOURCE_AGENT_PORT=15185", "CODE_ANALYZER_PORT=15186", "ANALYSIS_SERVICE_PORT=15187", "LOG_LEVEL=ERROR")
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return err
	}
	defer func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	}()
	if err := await("http://127.0.0.1:" + port + "/ready"); err != nil {
		return err
	}
	ready := time.Since(start)
	t.add("serve is ready, with an empty directory", fmt.Sprintf("%d ms", ready.Milliseconds()), "300 ms", ready <= 300*time.Millisecond)
	resident, err := residentOf(cmd.Process.Pid)
	if err != nil {
		return err
	}
	t.add("serve when idle, resident", fmt.Sprintf("%d MB", resident>>20), "60 MB", resident <= 60<<20)
	return nil
}

// await asks an address until it answers 200, for ten seconds at most.
func await(address string) error {
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(2 * time.Millisecond) {
		response, err := http.Get(address)
		if err != nil {
			continue
		}
		_ = response.Body.Close()
		if response.StatusCode == http.StatusOK {
			return nil
		}
	}
	return fmt.Errorf("%s did not answer", address)
}

func residentOf(pid int) (int64, error) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0, err
	}
	pages, err := strconv.ParseInt(strings.Fields(string(data))[1], 10, 64)
	return pages * int64(os.Getpagesize()), err
}
