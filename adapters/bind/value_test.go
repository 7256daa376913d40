package bind_test

import (
	"testing"

	"github.com/docsteward/docsteward/adapters/bind"
)

func TestListsAndMapsAreNeverNull(t *testing.T) {
	value := struct {
		List  []int              `json:"list"`
		Map   map[string]int     `json:"map"`
		Bytes []byte             `json:"bytes"`
		Gone  []int              `json:"gone,omitempty"`
		Deep  []map[string][]int `json:"deep"`
		Text  string             `json:"text"`
		Zero  int                `json:"zero,omitempty"`
	}{Deep: []map[string][]int{{"a": nil}}, Text: "<\xff>"}
	data, err := bind.Value(value)
	want := "{\"list\":[],\"map\":{},\"bytes\":\"\",\"deep\":[{\"a\":[]}],\"text\":\"<\ufffd>\"}"
	if err != nil || string(data) != want {
		t.Errorf("got %s, %v, want %s", data, err, want)
	}
	if _, err := bind.Value(make(chan int)); err == nil {
		t.Error("a channel was written")
	}
}
