// Package link tells where the answer to a query can be asked for again.
package link

import (
	"net/http"
	"net/url"
	"reflect"
	"regexp"

	"github.com/docsteward/docsteward/adapters/bind"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/reporting"
	"github.com/docsteward/docsteward/ports/usecase"
)

// Links knows the operations of services by the types of their commands.
type Links struct{ known map[reflect.Type]target }

type target struct {
	service, base string
	operation     usecase.Operation
	plan          *bind.Plan
}

// New returns links to nothing.
func New() *Links { return &Links{make(map[reflect.Type]target)} }

// Add adds the readable operations of a service, which answers at the base address.
func (l *Links) Add(service, base string, table []usecase.Operation) error {
	for _, op := range table {
		if op.Method != http.MethodGet {
			continue
		}
		plan, err := bind.For(op.Slot.Command())
		if err != nil {
			return err
		}
		l.known[op.Slot.Command()] = target{service, base, op, plan}
	}
	return nil
}

// Find returns the query that a command asks, and the permission that it needs. It
// fails with Internal for a command that no readable operation takes.
func (l *Links) Find(command any) (reporting.Query, string, error) {
	t, ok := l.known[reflect.TypeOf(command)]
	if !ok {
		return reporting.Query{}, "", domain.Internal.New("There is no link for " + reflect.TypeOf(command).Name() + ".")
	}
	pointer := reflect.New(reflect.TypeOf(command))
	pointer.Elem().Set(reflect.ValueOf(command))
	parts, err := t.plan.Split(pointer.Interface())
	if err != nil {
		return reporting.Query{}, "", err
	}
	path := name.ReplaceAllStringFunc(t.operation.Path, func(name string) string {
		return url.PathEscape(parts.Path[name[1:len(name)-1]])
	})
	if len(parts.Query) > 0 {
		path += "?" + parts.Query.Encode()
	}
	return reporting.Query{Service: t.service, Path: path, URL: t.base + path}, t.operation.Permission, nil
}

// name matches a name in a path. Never written.
var name = regexp.MustCompile(`\{([^}]+)\}`)
