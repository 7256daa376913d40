package print

import (
	"bytes"
	"encoding/json"

	"github.com/docsteward/docsteward/ports/reporting"
)

func writeJSON(out *bytes.Buffer, d reporting.Document) error {
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(d)
}
