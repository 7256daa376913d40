package wire_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"reflect"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/http/wire"
	"github.com/docsteward/docsteward/domain"
)

func TestEveryKindSurvivesTheWire(t *testing.T) {
	for _, kind := range domain.Kinds() {
		for _, wait := range []time.Duration{0, 3 * time.Second} {
			in := kind.New("message").WithCode("own").WithDetail("id", "x").WithDetail("version", 7).WithDetail("share", 0.5).WithDetail("list", []any{1, "a", map[string]any{"n": -2}}).WithField("a.b[0]", "rule", "is bad").WithField("a.b[0]", "other", "is worse").WithRetryAfter(wait)
			header := http.Header{}
			status, body := wire.Failure{Err: in, RequestID: "r", At: time.Now()}.Write(header)
			out := wire.ReadFailure(status, header, body)
			if !reflect.DeepEqual(in, out) {
				t.Errorf("%v, %v:\n got %+v\nwant %+v", kind, wait, out, in)
			}
		}
	}
}

func TestAnUnlistedPairIsUpstream(t *testing.T) {
	for _, pair := range []struct {
		status int
		code   string
	}{{404, "route_not_found"}, {405, "method_not_allowed"}, {418, ""}, {404, "conflict"}} {
		if got := wire.KindOf(pair.status, pair.code); got != domain.Upstream {
			t.Errorf("%v became %v", pair, got)
		}
	}
	if f := wire.ReadFailure(502, http.Header{}, []byte("<html>")); f.Kind != domain.Upstream {
		t.Errorf("got %v", f)
	}
}

func TestAnAnswerHoldsItsFieldsAndNoOthers(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	var body bytes.Buffer
	if err := (wire.Success{RequestID: "r\"", At: at}).Write(&body, map[string]int{"x": 1}); err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"success": true, "message": nil, "timestamp": "2026-01-02T03:04:05Z", "request_id": "r\"", "data": map[string]any{"x": 1.0}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
	body.Reset()
	if err := (wire.Success{Message: "ü", Warnings: []string{"w"}}).Write(&body, 1); err != nil {
		t.Fatal(err)
	}
	message, warnings, err := wire.ReadSuccess(body.Bytes(), false, new(int))
	if err != nil || message != "ü" || len(warnings) != 1 {
		t.Errorf("got %q %v %v", message, warnings, err)
	}
	_, failed := wire.Failure{Err: domain.Internal.New("x"), RequestID: "r", At: at}.Write(http.Header{})
	var keys map[string]any
	_ = json.Unmarshal(failed, &keys)
	for _, key := range []string{"success", "message", "timestamp", "request_id", "error_code", "details", "field_errors", "detail"} {
		if _, ok := keys[key]; !ok {
			t.Errorf("a failure lacks %s", key)
		}
	}
	if len(keys) != 8 {
		t.Errorf("a failure has %d fields: %s", len(keys), failed)
	}
}

func TestTheCauseIsToldInDebugOnly(t *testing.T) {
	fault := domain.Internal.Wrap(http.ErrAbortHandler, "generic")
	if _, body := (wire.Failure{Err: fault, RequestID: "r", At: time.Now()}).Write(http.Header{}); reflect.ValueOf(body).Len() == 0 || jsonHas(body, "cause") {
		t.Errorf("a cause is told: %s", body)
	}
	if _, body := (wire.Failure{Err: fault, RequestID: "r", At: time.Now(), Debug: true}).Write(http.Header{}); !jsonHas(body, "cause") {
		t.Errorf("debug tells no cause: %s", body)
	}
}

func jsonHas(body []byte, detail string) bool {
	var a struct {
		Details map[string]any `json:"details"`
	}
	return json.Unmarshal(body, &a) == nil && a.Details[detail] != nil
}

func TestAnEnvelopeAroundWhatIsNoJSONFails(t *testing.T) {
	if err := (wire.Success{}).Write(new(bytes.Buffer), make(chan int)); err == nil {
		t.Error("a channel was written in an envelope")
	}
}

func TestDetailsThatAreNoJSONAreStillTold(t *testing.T) {
	_, body := wire.Failure{Err: domain.Conflict.New("x").WithDetail("c", make(chan int)), RequestID: "r", At: time.Now()}.Write(http.Header{})
	if !jsonHas(body, "details") {
		t.Errorf("got %s", body)
	}
}

func FuzzReadFailure(f *testing.F) {
	f.Add(409, "conflict", []byte(`{"message":"m","error_code":"conflict","details":{"a":1e99},"detail":[{"loc":["body","x"],"msg":"m","type":"t"}]}`))
	f.Add(502, "", []byte("<html>"))
	f.Fuzz(func(t *testing.T, status int, code string, body []byte) {
		fault := wire.ReadFailure(status, http.Header{wire.HeaderErrorCode: {code}}, body)
		if fault == nil || fault.RetryAfter != 0 || fault.Kind.String() == "unknown kind" {
			t.Fatalf("got %+v", fault)
		}
		if _, again := (wire.Failure{Err: fault, RequestID: "r", At: time.Now()}).Write(http.Header{}); !json.Valid(again) {
			t.Fatalf("got %s", again)
		}
	})
}
