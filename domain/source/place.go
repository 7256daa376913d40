package source

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain"
)

// PlaceID identifies a place that was ingested.
type PlaceID = domain.ID[Place]

// ParsePlaceID returns the id that text spells; Invalid when it spells none.
func ParsePlaceID(text string) (PlaceID, error) { return domain.ParseID[Place](text) }

// Place is a source that was ingested.
type Place struct {
	// ID follows from Identity: looking again finds it.
	ID PlaceID
	// Name stands in the ids of its documents; no two places of one kind share it.
	Name string
	// Kind says what sort of place it is.
	Kind Kind
	// Identity is what the open source calls itself, such as an absolute path.
	Identity string
	// Location is what the user typed last.
	Location string
	// FirstSeen is when it was first ingested, in UTC.
	FirstSeen time.Time
}

// digits is how many hexadecimal digits of a SHA-256 tell places and long paths
// apart: 64 bits.
const digits = 16

// NewPlace returns the place with the identity; an empty name becomes the last
// element of the identity.
func NewPlace(kind Kind, identity, location, name string, now time.Time) Place {
	if name == "" {
		name = BaseName(identity)
	}
	return Place{ID: domain.StoredID[Place](hashOf(identity)[:digits]), Name: name, Kind: kind, Identity: identity,
		Location: location, FirstSeen: now.UTC().Truncate(time.Microsecond)}
}

// BaseName returns the last element of an identity, as ids of documents hold it.
func BaseName(identity string) string {
	base := strings.TrimSuffix(path.Base(identity), ".git")
	if base == "" || base == "." || base == "/" {
		return "root"
	}
	base = strings.ReplaceAll(strings.ToValidUTF8(strings.Map(printable, base), "_"), ":", "_")
	if letters := []rune(base); len(letters) > longestName-7 {
		base = string(letters[:longestName-7])
	}
	return base
}

// OtherName is the name of a place whose own is taken by another one: it ends
// with six digits of the place's id.
func (p Place) OtherName() string { return p.Name + "-" + p.ID.String()[:6] }

const (
	// longestName leaves room in an id for a kind, a hash and a number.
	longestName = 100
	// longestID leaves room for a number behind it.
	longestID = domain.MaxIDLength - 8
)

// CheckName fails with Invalid when the name cannot stand in ids of documents:
// blank, over 100 characters, or with a colon or a control character.
func CheckName(name string) error {
	switch {
	case strings.TrimSpace(name) == "":
		return domain.Invalid.New("The name of a source must not be blank.").WithField("name", "required", "must not be blank")
	case utf8.RuneCountInString(name) > longestName:
		return domain.Invalid.New("The name of a source has at most 100 characters.").WithField("name", "maxLength", "must have at most 100 characters")
	case strings.Contains(name, ":"), strings.Map(printable, name) != name, !utf8.ValidString(name):
		return domain.Invalid.New("The name of a source must not hold colons or control characters.").WithField("name", "pattern", "must not hold colons or control characters")
	}
	return nil
}

// DocumentID is the id of the document of a file: kind, name of the place, and
// the path at first sight, with colons between. A path that does not fit into
// an id, or holds what an id must not, is told by its hash instead.
func (p Place) DocumentID(file string) string {
	id := string(p.Kind) + ":" + p.Name + ":" + file
	if utf8.RuneCountInString(id) > longestID || !utf8.ValidString(file) || strings.Map(printable, file) != file {
		return string(p.Kind) + ":" + p.Name + ":" + hashOf(file)[:2*digits]
	}
	return id
}

func printable(r rune) rune {
	if r < 0x20 || r == 0x7f {
		return '_'
	}
	return r
}

// HashOf returns the SHA-256 of content in lower-case hexadecimal.
func HashOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

func hashOf(text string) string { return HashOf([]byte(text)) }

// Holder is a record with the place that it belongs to.
type Holder struct {
	Place PlaceID
	Record
}
