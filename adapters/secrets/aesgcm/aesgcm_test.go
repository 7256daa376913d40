package aesgcm_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/docsteward/docsteward/adapters/secrets/aesgcm"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/porttest"
	"github.com/docsteward/docsteward/ports/secrets"
)

func TestSealerSuite(t *testing.T) {
	porttest.Sealer(t, func(t *testing.T) secrets.Sealer {
		s, err := aesgcm.New(aesgcm.NewKey())
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
}

func ExampleNew() {
	sealer, err := aesgcm.New(bytes.Repeat([]byte{7}, aesgcm.KeyBytes))
	if err != nil {
		fmt.Println(err)
		return
	}
	sealed, _ := sealer.Seal("token")
	text, err := sealer.Open(sealed)
	fmt.Println(text, err)
	// Output: token <nil>
}

func ExampleDecodeKey() {
	_, err := aesgcm.DecodeKey("c2hvcnQ=")
	fmt.Println(err)
	// Output: The key that seals secrets must be 32 bytes in base64; make one with: openssl rand -base64 32
}

func TestAKeyFileIsMadeOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret.key")
	keys := make(chan []byte)
	for range 8 {
		go func() {
			key, err := aesgcm.KeyFile(path)
			if err != nil {
				t.Error(err)
			}
			keys <- key
		}()
	}
	first := <-keys
	for range 7 {
		if key := <-keys; !bytes.Equal(key, first) || len(key) != aesgcm.KeyBytes {
			t.Error("two keys were made")
		}
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
}

func TestAKeyFileThatIsNoneIsRefused(t *testing.T) {
	good := base64.StdEncoding.EncodeToString(aesgcm.NewKey())
	for name, c := range map[string]struct {
		content string
		mode    os.FileMode
		want    domain.Kind
	}{
		"open to others": {good, 0o644, domain.Forbidden},
		"empty":          {"", 0o600, domain.Invalid},
		"too short":      {"c2hvcnQ=", 0o600, domain.Invalid},
		"not base64":     {"?" + good, 0o600, domain.Invalid},
	} {
		path := filepath.Join(t.TempDir(), "secret.key")
		if err := os.WriteFile(path, []byte(c.content), c.mode); err != nil {
			t.Fatal(err)
		}
		if _, err := aesgcm.KeyFile(path); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := aesgcm.KeyFile(filepath.Join(t.TempDir(), "no", "secret.key")); !errors.Is(err, domain.Storage) {
		t.Errorf("no directory: %v", err)
	}
}

func FuzzOpen(f *testing.F) {
	s, err := aesgcm.New(bytes.Repeat([]byte{7}, aesgcm.KeyBytes))
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{"", "aesgcm1:", "aesgcm1:AAAA", "plain"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, sealed string) {
		if text, err := s.Open(sealed); err == nil && sealed != "" {
			t.Errorf("%q opened as %q", sealed, text)
		}
	})
}
