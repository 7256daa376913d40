package httpkit_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"strings"

	"github.com/docsteward/docsteward/adapters/http/httpkit"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/clock/clocktest"
	"github.com/docsteward/docsteward/ports/ids/idstest"
	"github.com/docsteward/docsteward/ports/usecase"
)

type greet struct {
	Name  string `json:"name" path:"name" maxLength:"20"`
	Times int    `json:"times" query:"times" default:"1" minimum:"1" maximum:"3"`
}

// A table of operations is all that a server needs.
func ExampleServer() {
	var port usecase.Port[greet, string]
	port.HandleFunc(func(_ context.Context, c greet) (string, error) {
		if c.Name == "nobody" {
			return "", domain.NotFound.New("There is nobody of that name.")
		}
		return strings.Repeat("hello ", c.Times) + c.Name, nil
	})
	server := httpkit.NewServer(httpkit.Options{
		Service: "greeter", Version: "1", Logger: slog.New(slog.DiscardHandler), Clock: clocktest.New(), IDs: idstest.New("id"),
	})
	if err := server.Mount([]usecase.Operation{usecase.Get("/api/v1/greetings/{name}", "Greet somebody.", &port)}); err != nil {
		fmt.Println(err)
		return
	}
	for _, target := range []string{"you?times=2", "nobody", "you?times=9"} {
		answer := httptest.NewRecorder()
		server.Handler().ServeHTTP(answer, httptest.NewRequest("GET", "/api/v1/greetings/"+target, nil))
		fmt.Println(answer.Code, answer.Body)
	}
	// Output:
	// 200 {"success":true,"message":null,"timestamp":"2026-01-05T12:00:00Z","request_id":"id-1","data":"hello hello you"}
	// 404 {"success":false,"message":"There is nobody of that name.","timestamp":"2026-01-05T12:00:00Z","request_id":"id-2","error_code":"not_found","details":null,"field_errors":null,"detail":"There is nobody of that name."}
	// 422 {"success":false,"message":"The request is not valid; correct the fields that are named.","timestamp":"2026-01-05T12:00:00Z","request_id":"id-3","error_code":"validation_error","details":null,"field_errors":{"times":["must be at most 3"]},"detail":[{"loc":["query","times"],"msg":"must be at most 3","type":"maximum"}]}
}

// The OpenAPI document comes from the same table.
func ExampleDocument() {
	var port usecase.Port[greet, string]
	data, err := httpkit.Document("greeter", "1", []usecase.Operation{usecase.Get("/greetings/{name}", "Greet somebody.", &port)})
	fmt.Println(strings.Contains(string(data), `"maximum":3`), err)
	// Output: true <nil>
}
