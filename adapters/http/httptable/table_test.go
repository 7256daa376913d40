package httptable_test

import (
	"encoding/json"
	"io"
	"testing"
	"time"

	"github.com/docsteward/docsteward/adapters/http/httptable"
	"github.com/docsteward/docsteward/ports/usecase"
)

type line struct {
	Key   string   `json:"key" required:"true" pattern:"^[a-z][a-z0-9_]{2,}(-[0-9]+)?$" maxLength:"9"`
	Words []string `json:"words" minItems:"2" maxLength:"3"`
	Count int      `json:"count" default:"3" minimum:"2"`
	More  *line    `json:"more"`
}

// everything has a field of every kind that a plan knows.
type everything struct {
	ID     string                      `json:"id" path:"id"`
	Number int                         `json:"number" path:"number"`
	Page   int                         `json:"page" query:"page" default:"1" maximum:"9"`
	Since  *time.Time                  `json:"since" query:"since"`
	Only   []string                    `json:"only" query:"only" enum:"a,b"`
	Ratio  float64                     `json:"ratio" query:"ratio" maximum:"0.5"`
	Line   line                        `json:"line" required:"true"`
	Lines  []line                      `json:"lines"`
	ByName map[string]line             `json:"by_name"`
	Owner  usecase.Optional[string]    `json:"owner,omitzero"`
	When   usecase.Optional[time.Time] `json:"when,omitzero"`
	Flag   *bool                       `json:"flag"`
	Must   *int                        `json:"must" required:"true" minimum:"0"`
	Code   string                      `json:"code" pattern:"^(x|y)+[^a-z]$" minLength:"5"`
	Raw    json.RawMessage             `json:"raw"`
	Free   any                         `json:"free"`
	Data   []byte                      `json:"data"`
	Small  uint8                       `json:"small"`
}

type upload struct {
	Name string    `json:"name" query:"name" required:"true"`
	Body io.Reader `json:"-" body:"stream"`
}

type watch struct {
	Name string `json:"name" query:"name"`
}

type seen struct {
	N    int      `json:"n" event:"id"`
	Tags []string `json:"tags"`
}

type menu struct {
	All    usecase.Port[everything, everything]
	Direct usecase.Port[line, []line]
	Upload usecase.Port[upload, map[string]int]
	Watch  usecase.Stream[watch, seen]
}

func TestEveryKindOfFieldCrossesTheWire(t *testing.T) {
	httptable.RoundTrip(t, func() []usecase.Operation {
		m := new(menu)
		return []usecase.Operation{
			usecase.Patch("/api/v1/all/{id}/{number}", "Everything.", &m.All),
			usecase.Post("/lines", "Without an envelope.", &m.Direct, usecase.Direct, usecase.Created),
			usecase.Post("/api/v1/uploads", "A body as it comes.", &m.Upload, usecase.MaxBody(10)),
			usecase.Watch("/api/v1/seen", "A stream.", &m.Watch),
		}
	})
}
