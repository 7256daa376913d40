package httpclient_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/docsteward/docsteward/adapters/http/httpclient"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/usecase"
)

// A menu that a client has filled is used like one in this process.
func ExampleClient_Fill() {
	var remote menu
	client := httpclient.New(httpclient.Options{
		Base: "http://127.0.0.1:5087", Clock: bubble{}, Transport: &peer{answers: []string{"200"}},
	})
	table := []usecase.Operation{usecase.Get("/r/{id}", "Read.", &remote.Read), usecase.Post("/w", "Write.", &remote.Write)}
	if err := client.Fill(table); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(remote.Read.Execute(context.Background(), read{ID: "a"}).Unwrap())
	// Output: yes <nil>
}

// Work the breaker of a target by hand, for maintenance.
func ExampleClient_Breaker() {
	m := new(menu)
	client := httpclient.New(httpclient.Options{Base: "http://peer", Clock: bubble{}, Transport: &peer{answers: []string{"200"}}})
	_ = client.Fill([]usecase.Operation{usecase.Get("/r/{id}", "Read.", &m.Read)})
	client.Breaker().Open()
	err := m.Read.Execute(context.Background(), read{ID: "a"}).Err()
	fmt.Println(errors.Is(err, domain.Unavailable), domain.FaultOf(err).Code)
	client.Breaker().Close()
	fmt.Println(m.Read.Execute(context.Background(), read{ID: "a"}).Succeeded())
	// Output:
	// true circuit_open
	// true
}
