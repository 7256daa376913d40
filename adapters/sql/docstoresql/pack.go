package docstoresql

import (
	"encoding/binary"
	"encoding/hex"

	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/domain/document"
	"github.com/docsteward/docsteward/domain/span"
)

// hashBytes is the length of a SHA-256.
const hashBytes = 32

// pack writes spans one behind the other: how far the start lies behind the
// start before it (signed), the length, and the 32 bytes of the hash. The
// document and version are those of the row.
func pack(spans []span.Span) ([]byte, error) {
	packed := make([]byte, 0, len(spans)*(hashBytes+4))
	last := 0
	for _, s := range spans {
		hash, err := hex.DecodeString(s.Hash)
		if err != nil || len(hash) != hashBytes {
			return nil, domain.Internal.New("A span has no SHA-256.")
		}
		packed = binary.AppendVarint(packed, int64(s.Start-last))
		packed = binary.AppendUvarint(packed, uint64(s.End-s.Start))
		packed = append(packed, hash...)
		last = s.Start
	}
	return packed, nil
}

func unpack(packed []byte, id document.ID, version int) ([]span.Span, error) {
	damaged := domain.Storage.New("The stored spans are damaged; store the document again.")
	spans := []span.Span{}
	last := 0
	for len(packed) > 0 {
		step, n := binary.Varint(packed)
		if n <= 0 {
			return nil, damaged
		}
		packed = packed[n:]
		length, n := binary.Uvarint(packed)
		if n <= 0 || len(packed) < n+hashBytes {
			return nil, damaged
		}
		last += int(step)
		spans = append(spans, span.Span{
			Document: id.String(), Version: version, Start: last, End: last + int(length),
			Hash: hex.EncodeToString(packed[n : n+hashBytes]),
		})
		packed = packed[n+hashBytes:]
	}
	return spans, nil
}
