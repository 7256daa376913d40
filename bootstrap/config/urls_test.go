package config_test

import (
	"strings"
	"testing"

	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/ports/catalogue"
)

func TestServicesAreFoundAtTheirAddresses(t *testing.T) {
	c, err := config.Load([]string{"DOC_STORE_URL=https://u:hunter2@docs.example/", "SOURCE_AGENT_PORT=1234", "ANALYSIS_DB_PATH=/x/y.sqlite3"})
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{"doc_store": "https://u:hunter2@docs.example", "source-agent": "http://127.0.0.1:1234", "analysis-service": "http://127.0.0.1:5020"} {
		row, err := catalogue.Find(id)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.ServiceURL(row); got != want {
			t.Errorf("%s is at %s, want %s", id, got, want)
		}
	}
	shown := false
	for _, v := range c.Values() {
		shown = shown || v.Name == "DOC_STORE_URL" && v.Source == "env"
		if strings.Contains(v.Value, "hunter2") {
			t.Errorf("%s shows the password", v.Name)
		}
	}
	if !shown || c.AnalysisDB != "/x/y.sqlite3" {
		t.Errorf("the address is not shown, or the database is %q", c.AnalysisDB)
	}
}

func TestAddressesThatAreNoneAreNamed(t *testing.T) {
	_, err := config.Load([]string{"DOC_STORE_URL=docs.example:80", "ANALYSIS_DB_PATH=:memory:"})
	for _, name := range []string{"DOC_STORE_URL", "ANALYSIS_DB_PATH"} {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("the fault does not name %s: %v", name, err)
		}
	}
}
