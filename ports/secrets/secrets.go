// Package secrets is the port that keeps secrets unreadable where they are stored.
package secrets

//go:generate go tool mockgen -source=secrets.go -destination=../mocks/secretsmock/secrets.go -package=secretsmock

// Sealer makes text unreadable and readable again with one key. It is safe for
// concurrent use.
type Sealer interface {
	// Seal returns the text sealed, as printable ASCII. Sealing a text twice gives
	// two results. The empty text stays empty.
	Seal(text string) (string, error)
	// Open returns the text that was sealed. It fails with Invalid when sealed is
	// not the work of Seal, and with Forbidden when it was sealed with another key
	// or changed since; the message says what to do.
	Open(sealed string) (string, error)
}
