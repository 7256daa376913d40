// Package servicecall carries out the actions of workflows that call an operation
// of a service, found in the tables of operations: in this process or another.
package servicecall

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strings"

	"github.com/docsteward/docsteward/adapters/bind"
	"github.com/docsteward/docsteward/domain"
	"github.com/docsteward/docsteward/ports/usecase"
	"github.com/docsteward/docsteward/ports/workflows"
)

// Tables are the operations of every service that can be called, by its id.
type Tables map[string][]usecase.Operation

// Performer calls operations. Its config has service and endpoint: the name of an
// operation, or its path, with the values in it or their names in braces. method
// tells operations of one path apart; parameters are all fields of the operation by
// their names, those of the path too.
type Performer struct {
	tables Tables
	// service is the one that calls.
	service string
}

var _ workflows.Performer = (*Performer)(nil)

// New returns a performer that calls the operations as the service of the id.
func New(service string, tables Tables) *Performer { return &Performer{tables, service} }

// Perform implements workflows.Performer. The answer is the value of the operation.
func (p *Performer) Perform(ctx context.Context, call workflows.Call) (any, error) {
	op, fields, err := p.find(call.Config)
	if err != nil {
		return nil, err
	}
	if op.Streaming || op.Uploading {
		return nil, domain.Rejected.New("The operation " + op.Name + " answers or takes a stream; a workflow cannot call it.")
	}
	body, err := json.Marshal(fields)
	if err != nil {
		return nil, domain.Rejected.Wrap(err, "The parameters of "+op.Name+" cannot be written as JSON.")
	}
	plan, err := bind.For(op.Slot.Command())
	if err != nil {
		return nil, err
	}
	command := op.Slot.NewCommand()
	if err := plan.BindJSON(command, bytes.NewReader(body)); err != nil {
		return nil, err
	}
	reply, err := op.Slot.Invoke(p.as(ctx, call), command)
	if err != nil {
		return nil, err
	}
	return plain(reply.Value)
}

// as returns the context of a call by the service for the user, with the key.
func (p *Performer) as(ctx context.Context, call workflows.Call) context.Context {
	meta := usecase.MetaOf(ctx)
	meta.IdempotencyKey = call.Key
	meta.Caller = usecase.Caller{User: call.User, Service: p.service}
	return usecase.WithMeta(ctx, meta)
}

// plain makes a JSON value of a view.
func plain(view any) (any, error) {
	body, err := json.Marshal(view)
	if err != nil {
		return nil, domain.Internal.Wrap(err, "The answer cannot be written as JSON.")
	}
	var value any
	if err := json.Unmarshal(body, &value); err != nil {
		return nil, domain.Internal.Wrap(err, "The answer cannot be read as JSON.")
	}
	return value, nil
}

// find returns the operation that a config names, and its fields.
func (p *Performer) find(config map[string]any) (usecase.Operation, map[string]any, error) {
	service, _ := config["service"].(string)
	endpoint, _ := config["endpoint"].(string)
	method, _ := config["method"].(string)
	table, known := p.tables[service]
	if !known {
		return usecase.Operation{}, nil, domain.Rejected.New("There is no service " + service + "; there are " + strings.Join(p.services(), ", ") + ".")
	}
	given, _ := config["parameters"].(map[string]any)
	path, query, _ := strings.Cut(endpoint, "?")
	found := matching(table, method, path)
	switch {
	case len(found) == 0:
		return usecase.Operation{}, nil, domain.Rejected.New(strings.TrimSpace("The service "+service+" has no operation "+method) + " " + endpoint + "; its /openapi.json lists them.")
	case len(found) > 1:
		return usecase.Operation{}, nil, domain.Rejected.New("Several operations of " + service + " have the path " + endpoint + "; give the method.")
	}
	return found[0].op, merge(found[0].op, found[0].values, query, given), nil
}

// matched is an operation with the values that stand in its path.
type matched struct {
	op     usecase.Operation
	values map[string]any
}

// matching returns the operations of the method and path; those whose path has the
// fewest values, as a route without parameters wins over one with.
func matching(table []usecase.Operation, method, path string) []matched {
	var found []matched
	for _, op := range table {
		values, matches := match(op, path)
		if !matches || method != "" && !strings.EqualFold(method, op.Method) {
			continue
		}
		if len(found) > 0 && len(values) < len(found[0].values) {
			found = nil
		}
		if len(found) == 0 || len(values) == len(found[0].values) {
			found = append(found, matched{op, values})
		}
	}
	return found
}

// match reports whether the text names the operation or is its path, and returns
// the values that stand in the path.
func match(op usecase.Operation, text string) (map[string]any, bool) {
	if text == op.Name {
		return nil, true
	}
	for _, path := range slices.Concat([]string{op.Path}, op.Aliases) {
		wanted, given := strings.Split(path, "/"), strings.Split(text, "/")
		if len(wanted) != len(given) {
			continue
		}
		values, matches := make(map[string]any), true
		for i := range wanted {
			name, isName := strings.CutPrefix(wanted[i], "{")
			switch name = strings.TrimSuffix(name, "}"); {
			case isName && wanted[i] == given[i]: // the value is among the parameters
			case isName && given[i] != "":
				value, err := url.PathUnescape(given[i])
				matches = matches && err == nil
				values[name] = value
			default:
				matches = matches && wanted[i] == given[i]
			}
		}
		if matches {
			return values, true
		}
	}
	return nil, false
}

// merge puts the fields together: those of the path win over given ones, and given
// ones over those of the query.
func merge(op usecase.Operation, path map[string]any, query string, given map[string]any) map[string]any {
	fields := make(map[string]any)
	parsed, _ := url.ParseQuery(query)
	for name, values := range parsed {
		fields[name] = spelled(op.Slot.Command(), name, values)
	}
	for _, more := range []map[string]any{given, path} {
		for name, value := range more {
			if value != nil {
				fields[name] = value
			}
		}
	}
	return fields
}

// spelled returns the values of a query as JSON has them in the field of the
// command: numbers and truth without quotes, lists as such.
func spelled(command reflect.Type, name string, values []string) any {
	for field := range command.Fields() {
		tag, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		kind := field.Type
		if kind.Kind() == reflect.Pointer {
			kind = kind.Elem()
		}
		switch {
		case tag != name:
		case kind.Kind() == reflect.Slice:
			return values
		case kind.Kind() != reflect.String && json.Valid([]byte(values[0])):
			return json.RawMessage(values[0])
		}
	}
	return values[0]
}

func (p *Performer) services() []string {
	names := make([]string, 0, len(p.tables))
	for name := range p.tables {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Check says what is wrong with the config of a service call before it runs, empty
// when nothing is: a service or operation that does not exist.
func (p *Performer) Check(config map[string]any) string {
	if strings.Contains(fmt.Sprint(config["service"], config["endpoint"], config["method"]), "{{") {
		return ""
	}
	if _, _, err := p.find(config); err != nil {
		return domain.FaultOf(err).Message
	}
	return ""
}
