// Package aesgcm seals secrets with AES-256 in Galois/Counter Mode (NIST SP
// 800-38D), a random nonce of 96 bits each.
package aesgcm

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"strings"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/secrets"
)

// KeyBytes is the length of a key.
const KeyBytes = 32

// prefix tells sealed text, and the way it was sealed, from any other.
const prefix = "aesgcm1:"

// Sealer seals with one key.
type Sealer struct{ aead cipher.AEAD }

var _ secrets.Sealer = (*Sealer)(nil)

// New returns a sealer with a key of KeyBytes; Invalid for any other length.
func New(key []byte) (*Sealer, error) {
	if len(key) != KeyBytes {
		return nil, domain.Invalid.New("The key that seals secrets must be 32 bytes.")
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, domain.Internal.Wrap(err, "The key that seals secrets cannot be used.")
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, domain.Internal.Wrap(err, "The key that seals secrets cannot be used.")
	}
	return &Sealer{aead}, nil
}

// Seal implements secrets.Sealer.
func (s *Sealer) Seal(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	return prefix + base64.RawStdEncoding.EncodeToString(s.aead.Seal(nil, nil, []byte(text), nil)), nil
}

// Open implements secrets.Sealer.
func (s *Sealer) Open(sealed string) (string, error) {
	if sealed == "" {
		return "", nil
	}
	encoded, ours := strings.CutPrefix(sealed, prefix)
	data, err := base64.RawStdEncoding.DecodeString(encoded)
	if !ours || err != nil {
		return "", domain.Invalid.New("A stored secret is not sealed; set it anew.")
	}
	text, err := s.aead.Open(nil, nil, data, nil)
	if err != nil {
		return "", domain.Forbidden.Wrap(err, "A stored secret was sealed with another key; restore that key (DOCSTEWARD_SECRET_KEY or secret.key), or set the secret anew.")
	}
	return string(text), nil
}

// NewKey returns a random key.
func NewKey() []byte {
	key := make([]byte, KeyBytes)
	_, _ = rand.Read(key) // never fails
	return key
}
