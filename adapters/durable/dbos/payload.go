package durabledbos

import (
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/dbos-inc/dbos-transact-golang/dbos"

	"github.com/docsteward/docsteward/adapters/durable/attempt"
	"github.com/docsteward/docsteward/domain"
)

// payload is an input, an outcome or a signal.
type payload struct {
	Data  []byte
	Fault *domain.Fault
}

// serializer writes payloads as they are, behind one letter that says what they
// are, where the engine's own would write JSON in JSON in base64. It is part of
// the record format.
type serializer struct{}

var _ dbos.Serializer[any] = serializer{}

const (
	plainText = 'p'
	faultText = 'f'
	bytesText = 'b' // what no text column takes, in base64
	wholeText = 'i' // an integer of the engine
	noneText  = 'n'
	otherText = 'g' // another value of the engine
)

// Name implements dbos.Serializer.
func (serializer) Name() string { return "docsteward" }

// Encode implements dbos.Serializer.
func (serializer) Encode(value any) (*string, error) {
	var text string
	switch value := value.(type) {
	case nil:
		text = string(noneText)
	case payload:
		text = value.encode()
	case int64:
		text = string(wholeText) + strconv.FormatInt(value, 10)
	default:
		encoded, err := dbos.NewGobSerializer().Encode(value)
		if err != nil {
			return nil, err
		}
		text = string(otherText) + *encoded
	}
	return &text, nil
}

func (p payload) encode() string {
	if p.Fault != nil {
		return string(faultText) + string(attempt.EncodeFault(p.Fault))
	}
	text := string(p.Data)
	if !utf8.ValidString(text) || strings.IndexByte(text, 0) >= 0 {
		return string(bytesText) + base64.StdEncoding.EncodeToString(p.Data)
	}
	return string(plainText) + text
}

// Decode implements dbos.Serializer.
func (serializer) Decode(text *string) (any, error) {
	if text == nil || *text == "" {
		return nil, nil
	}
	rest := (*text)[1:]
	switch (*text)[0] {
	case noneText:
		return nil, nil
	case plainText:
		return payload{Data: []byte(rest)}, nil
	case faultText:
		fault, err := attempt.DecodeFault([]byte(rest))
		return payload{Fault: fault}, err
	case bytesText:
		data, err := base64.StdEncoding.DecodeString(rest)
		return payload{Data: data}, err
	case wholeText:
		return strconv.ParseInt(rest, 10, 64)
	case otherText:
		return dbos.NewGobSerializer().Decode(&rest)
	}
	return nil, fmt.Errorf("a record of an unknown sort: %.20q", *text)
}

// payloadOf is the payload that the engine read; a value that is none is empty.
func payloadOf(value any) payload {
	p, _ := value.(payload)
	return p
}
