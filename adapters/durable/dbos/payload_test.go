package durabledbos

import (
	"bytes"
	"reflect"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/docsteward/docsteward/domain"
)

func TestValuesAreWrittenAndRead(t *testing.T) {
	fault := domain.Conflict.New("No: ü.").WithCode("c").WithRetryAfter(time.Second)
	for _, value := range []any{nil, payload{Data: []byte{}}, payload{Data: []byte(`{"a":"ü"}`)}, payload{Data: []byte("\x00\xff")},
		payload{Fault: fault}, int64(-5), "text", true} {
		text, err := serializer{}.Encode(value)
		if err != nil {
			t.Fatal(err)
		}
		if read, err := (serializer{}).Decode(text); err != nil || !reflect.DeepEqual(read, value) {
			t.Errorf("%#v is read as %#v, %v", value, read, err)
		}
	}
	if read, err := (serializer{}).Decode(nil); read != nil || err != nil {
		t.Errorf("no text is read as %v, %v", read, err)
	}
}

func FuzzPayload(f *testing.F) {
	f.Add([]byte(`{"a":1}`))
	f.Add([]byte("\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		text, err := serializer{}.Encode(payload{Data: data})
		if err != nil || !utf8.ValidString(*text) || bytes.IndexByte([]byte(*text), 0) >= 0 {
			t.Fatalf("%q is written as %v, %v", data, text, err)
		}
		read, err := serializer{}.Decode(text)
		if err != nil || !bytes.Equal(payloadOf(read).Data, data) {
			t.Errorf("%q is read as %v, %v", data, read, err)
		}
	})
}

func FuzzDecode(f *testing.F) {
	for _, seed := range []string{"", "p", "f{}", "f", "b!", "b", "ix", "i1", "n", "g", "gAA==", "?"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if value, err := (serializer{}).Decode(&text); err == nil && value != nil {
			if _, err := (serializer{}).Encode(value); err != nil {
				t.Errorf("%q is read as %#v, which cannot be written: %v", text, value, err)
			}
		}
	})
}
