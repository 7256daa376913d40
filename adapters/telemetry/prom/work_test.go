package prom_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"

	"github.com/docsteward/docsteward/adapters/telemetry/prom"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/webcall"
)

// counted returns the value of each counter by the values of its labels but service.
func counted(metrics []*dto.Metric) map[string]float64 {
	all := make(map[string]float64)
	for _, m := range metrics {
		labels := ""
		for _, label := range m.GetLabel() {
			if label.GetName() != "service" {
				labels += label.GetValue() + " "
			}
		}
		all[labels] = m.GetCounter().GetValue()
	}
	return all
}

// answering is a caller that answers with the status, or fails with the fault.
type answering struct {
	status int
	fault  error
}

func (a answering) Call(context.Context, webcall.Request) (webcall.Answer, error) {
	return webcall.Answer{Status: a.status}, a.fault
}

func TestCallsOfOthersAreCounted(t *testing.T) {
	registry := prometheus.NewRegistry()
	external := prom.NewExternal(registry, "orchestrator")
	peer := httptest.NewServer(http.NotFoundHandler())
	client := &http.Client{Transport: external.Transport("doc_store", http.DefaultTransport)}
	get := func(want error) {
		t.Helper()
		response, err := client.Get(peer.URL)
		if (err == nil) != (want == nil) {
			t.Fatal(err)
		}
		if err == nil {
			_ = response.Body.Close()
		}
	}
	get(nil)
	peer.Close()
	get(errors.New("refused"))
	for _, a := range []answering{{status: 204}, {fault: domain.Upstream.New("No answer.")}, {fault: domain.Rejected.New("Not public.")}} {
		_, err := external.Caller("webhook", a).Call(t.Context(), webcall.Request{})
		if !errors.Is(err, a.fault) {
			t.Errorf("got %v, want %v", err, a.fault)
		}
	}
	all := gathered(t, registry)
	got := counted(all["external_requests_total"])
	for _, want := range []string{"GET doc_store 404 ", "GET doc_store error ", "POST webhook 204 ", "POST webhook error "} {
		if got[want] != 1 {
			t.Errorf("%q was counted %v times, in %v", want, got[want], got)
		}
	}
	if len(got) != 4 {
		t.Errorf("what was never sent is counted: %v", got)
	}
	if n := all["external_request_duration_seconds"][0].GetHistogram().GetSampleCount(); n != 2 {
		t.Errorf("%d calls of doc_store were timed", n)
	}
}

func TestWorkIsCounted(t *testing.T) {
	registry := prometheus.NewRegistry()
	documents := prom.NewDocumentMeter(registry, "source-agent")
	documents.Processed(t.Context(), "git", "added", 3)
	documents.Processed(t.Context(), "git", "failed", 0)
	meter := prom.NewAnalysisMeter(registry, "analysis-service", prom.NewMeter(registry, "analysis-service"))
	meter.Executed(t.Context(), "analysis-service", "CheckDocuments", "ok", 0)
	meter.Executed(t.Context(), "analysis-service", "CheckDocuments", domain.Timeout.String(), 0)
	prom.RegisterUp(registry, "analysis-service", "pg_up", func() bool { return true })
	prom.RegisterUp(registry, "analysis-service", "redis_up", func() bool { return false })

	all := gathered(t, registry)
	for name, want := range map[string]map[string]float64{
		"document_processing_total": {"git added ": 3, "git failed ": 0},
		"analysis_operations_total": {"CheckDocuments ok ": 1, "CheckDocuments timeout ": 1},
		"usecase_executions_total":  {"CheckDocuments ok ": 1, "CheckDocuments timeout ": 1},
		"analysis_timeout_total":    {"": 1},
	} {
		got := counted(all[name])
		if len(got) != len(want) {
			t.Errorf("%s is %v, want %v", name, got, want)
		}
		for labels, value := range want {
			if there, known := got[labels]; !known || there != value {
				t.Errorf("%s is %v, want %v", name, got, want)
			}
		}
	}
	if up, down := all["pg_up"][0].GetGauge().GetValue(), all["redis_up"][0].GetGauge().GetValue(); up != 1 || down != 0 {
		t.Errorf("up is %v, down %v", up, down)
	}
}
