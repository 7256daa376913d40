package aesgcm

import (
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/docsteward/docsteward/domain"
)

// DecodeKey reads a key spelled in base64; Invalid when it is not KeyBytes long.
func DecodeKey(text string) ([]byte, error) {
	key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil || len(key) != KeyBytes {
		return nil, domain.Invalid.New("The key that seals secrets must be 32 bytes in base64; make one with: openssl rand -base64 32")
	}
	return key, nil
}

// KeyFile returns the key in a file, which it makes with a random key, readable
// by its owner alone, when there is none. Of processes that make it at once all
// return the same key. It fails with Invalid when the file holds something else,
// with Forbidden when others may read it, and with Storage when it cannot be
// read or made.
func KeyFile(path string) ([]byte, error) {
	key, err := readKey(path)
	if !errors.Is(err, os.ErrNotExist) {
		return key, err
	}
	if err := makeKey(path); err != nil {
		return nil, err
	}
	return readKey(path)
}

func readKey(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, domain.Storage.Wrap(err, "The key file "+path+" cannot be read.")
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, domain.Forbidden.New("Others may read the key file " + path + "; restrict it with: chmod 600 " + path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, domain.Storage.Wrap(err, "The key file "+path+" cannot be read.")
	}
	key, err := DecodeKey(string(text))
	if err != nil {
		return nil, domain.Invalid.Wrap(err, "The key file "+path+" holds no key of 32 bytes in base64; restore it from a copy.")
	}
	return key, nil
}

// makeKey writes a whole file beside path and links it there, unless another
// process was faster.
func makeKey(path string) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".secret-key-*") // mode 0600
	if err != nil {
		return domain.Storage.Wrap(err, "The key file "+path+" cannot be made.")
	}
	defer os.Remove(file.Name())
	_, err = file.WriteString(base64.StdEncoding.EncodeToString(NewKey()) + "\n")
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return domain.Storage.Wrap(err, "The key file "+path+" cannot be written.")
	}
	if err := os.Link(file.Name(), path); err != nil && !errors.Is(err, os.ErrExist) {
		return domain.Storage.Wrap(err, "The key file "+path+" cannot be made.")
	}
	return nil
}
