package bind

import (
	"bytes"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	jsonv1 "github.com/go-json-experiment/json/v1"
)

// asJSON reads tags as encoding/json does, but writes a nil list as [] and a nil
// map as {}, so that no caller has to expect null there. Never written.
var asJSON = json.JoinOptions(
	jsonv1.DefaultOptionsV1(), json.FormatNilSliceAsNull(false), json.FormatNilMapAsNull(false), jsontext.EscapeForHTML(false),
)

// Value writes what a use case returned as JSON, the same for every face.
func Value(v any) ([]byte, error) { return json.Marshal(v, asJSON) }

// WriteValue writes a value as Value does.
func WriteValue(to *bytes.Buffer, v any) error { return json.MarshalWrite(to, v, asJSON) }
