package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/docsteward/docsteward/bootstrap/config"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/catalogue"
)

func TestEnvironmentWinsOverFileAndFileOverDefault(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.yaml")
	write(t, path, "LOG_LEVEL: ERROR\nSERVICE_HOST: ${MY_HOST:-127.0.0.2}\n")
	c, err := config.Load([]string{"APP_CONFIG_PATH=" + path, "LOG_LEVEL=DEBUG"})
	if err != nil {
		t.Fatal(err)
	}
	if c.LogLevel != "DEBUG" || c.Host != "127.0.0.2" || c.DataDir != "./data" {
		t.Fatalf("got %q %q %q", c.LogLevel, c.Host, c.DataDir)
	}
	want := map[string]string{"LOG_LEVEL": "env", "SERVICE_HOST": "file", "DOCSTEWARD_DATA": "default", "DOC_STORE_PORT": "default"}
	for _, v := range c.Values() {
		if source, ok := want[v.Name]; ok && v.Source != source {
			t.Errorf("%s comes from %s, want %s", v.Name, v.Source, source)
		}
	}
}

func TestLoadListsEveryFault(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.yaml")
	write(t, path, "NO_SUCH_NAME: 1\n")
	_, err := config.Load([]string{
		"APP_CONFIG_PATH=" + path, "LOG_LEVEL=LOUD", "DOC_STORE_PORT=many", "DEBUG=perhaps",
		"DOCSTORE_CONNECTION_POOL_SIZE=99", "SERVICE_HOST=0.0.0.0", "DOCSTEWARD_ENV=singlenode", "DOCSTORE_DB=../x",
	})
	if !errors.Is(err, domain.Invalid) {
		t.Fatalf("got %v, want an Invalid fault", err)
	}
	for _, name := range []string{"NO_SUCH_NAME", "LOG_LEVEL", "DOC_STORE_PORT", "DEBUG", "DOCSTORE_CONNECTION_POOL_SIZE", "AUTH_API_KEYS", "POSTGRES_HOST", "DOCSTORE_DB"} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("the fault does not name %s: %v", name, err)
		}
	}
}

func TestSecretsAreMasked(t *testing.T) {
	c, err := config.Load([]string{"POSTGRES_PASSWORD=hunter2", "AUTH_API_KEYS=ci:editor:s3cret", "REDIS_URL=redis://u:hunter2@localhost:6379/0"})
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range c.Values() {
		if strings.Contains(v.Value, "hunter2") || strings.Contains(v.Value, "s3cret") {
			t.Errorf("%s shows a secret: %s", v.Name, v.Value)
		}
	}
}

func TestABlankVariableCountsAsAbsent(t *testing.T) {
	c, err := config.Load([]string{"LOG_LEVEL=  ", "DOC_STORE_PORT="})
	if err != nil {
		t.Fatal(err)
	}
	store, _ := catalogue.Find("doc_store")
	if c.LogLevel != "INFO" || c.ServicePort(store) != 5087 {
		t.Fatalf("got %q and %d", c.LogLevel, c.ServicePort(store))
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
